"""Fine-tunes a network on your own labeled pictures: python3 finetune.py --faces DIR --init checkpoints/mobilenet-160.pt --out out

As in FaceNet: first a softmax over the people (which pulls everybody apart fast and cannot collapse), then triplet loss with semi-hard mining
(which shapes distances, and these are what a threshold looks at). DIR holds one folder per person with two or more aligned pictures
(`npm run align -- --images PHOTOS --out DIR`). A fifth of the people is held out; their verification accuracy is printed during training.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from ahead import ahead
from distill import fresh, last, load, optimizer, save, follow
from distort import Distorter
from fastcpu import fuse, has_bfloat16, keep_memory
from labeled import batches, read_people
from networks import NETWORKS
from pictures import FRAME, augment
from triplets import squared_distances, triplet_loss

MOST = 500  # pictures of people held out that are compared during training: all pairs of thousands take minutes each time
SOFTMAX_SCALE = 16.0  # logits are cosines times this: small enough to stay smooth, large enough to become confident


def as_tensor(pictures):
    """uint8 [n, h, w, 3] -> float [n, 3, h, w] in 0..1"""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255


def center(x, size):
    """The SDK's crop, taken from the wider picture: [n, 3, s, s] -> [n, 3, size, size]"""
    edge = round(x.shape[-1] * (1 - FRAME) / 2)
    x = x[:, :, edge:x.shape[-1] - edge, edge:x.shape[-1] - edge]
    return F.interpolate(x, size=(size, size), mode='bilinear', align_corners=False)


def split(labels, share, rng):
    """-> rows to learn from, rows of held-out people; at least two people on each side, or nobody held out"""
    people = rng.permutation(np.unique(labels))
    aside = people[:round(len(people) * share)]
    if len(aside) < 2 or len(people) - len(aside) < 2:
        aside = people[:0]
    mask = np.isin(labels, aside)
    return np.flatnonzero(~mask), np.flatnonzero(mask)


def some(rows, labels, most, rng):
    """Of `rows`, those of as many people, drawn at random, as have `most` pictures together; of two at least, and of each no more than half of `most`"""
    people = rng.permutation(np.unique(labels[rows]))
    drawn = [rng.permutation(rows[labels[rows] == person])[:max(2, most // 2)] for person in people]
    count = np.searchsorted(np.cumsum([len(own) for own in drawn]), most, side='right')
    return np.sort(np.concatenate(drawn[:max(2, count)]))


def distorted(pictures, size, device, distort):
    """uint8 [n, h, w, 3] -> what a camera might make of them, float [n, 3, size, size] in -1..1, channels last. None is blended: labels have to stay true.
    distort: a Distorter, which is faster on CPUs"""
    if device == 'cpu':
        return distort(list(pictures), [], size)[1]
    return (augment(as_tensor(pictures).to(device), size, blend=False) * 2 - 1).contiguous(memory_format=last)


@torch.no_grad()
def verification(net, pictures, labels, size, device='cpu'):
    """Best accuracy over all pairs, with equal weight for genuine and impostor pairs, and the distance at which it is reached."""
    e = torch.cat([F.normalize(net((center(as_tensor(pictures[i:i + 64]), size).to(device) * 2 - 1).contiguous(memory_format=last)))
                   for i in range(0, len(pictures), 64)])
    i, j = np.triu_indices(len(e), 1)
    d, same = squared_distances(e).sqrt().cpu().numpy()[i, j], labels[i] == labels[j]
    order = np.argsort(d)
    d, same = d[order], same[order]
    accepted = np.cumsum(same) / same.sum()
    refused = 1 - np.cumsum(~same) / (~same).sum()
    best = int(np.argmax(accepted + refused))
    return (accepted[best] + refused[best]) / 2, float(d[best])


class Tuner:
    """A student, its softmax over the people, and one optimizer for both."""

    def __init__(self, student, people, lr, half=False):
        """half: compute in bfloat16"""
        self.student, self.lr, self.half = student, lr, half
        self.centers = nn.Parameter(torch.randn(people, 128, device=next(student.parameters()).device) * 0.1)
        self.opt = optimizer(student.parameters(), lr)
        self.opt.add_param_group({'params': [self.centers], 'weight_decay': 0.0})

    def step(self, x, labels, share, warm_up, margin):
        """One update at `share` (0..1) of the way; -> name of the loss, its value, triplets used"""
        for group in self.opt.param_groups:
            group['lr'] = self.lr * 0.5 * (1 + math.cos(math.pi * share)) + 1e-6
        with torch.autocast(x.device.type, dtype=torch.bfloat16, enabled=self.half):
            e = self.student(x)
        e = F.normalize(e.float())
        if share < warm_up:
            kind, used = 'softmax', 0
            loss = F.cross_entropy(SOFTMAX_SCALE * e @ F.normalize(self.centers).t(), labels)
        else:
            kind, (loss, used) = 'triplet', triplet_loss(e, labels, margin)
        self.opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.student.parameters(), 5.0)
        self.opt.step()
        return kind, loss.item(), used


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--faces', required=True, help='folder of people, each a folder of aligned pictures')
    p.add_argument('--net', default='mobilenet-160', choices=NETWORKS)
    p.add_argument('--init', help='a .pt to start from; without it the network starts from scratch, which takes many thousands of people')
    p.add_argument('--minutes', type=float, default=30)
    p.add_argument('--warm-up', type=float, default=0.3, help='share of the time spent on softmax')
    p.add_argument('--people', type=int, default=24, help='people in a batch')
    p.add_argument('--each', type=int, default=4, help='pictures of each person in a batch')
    p.add_argument('--margin', type=float, default=0.2, help="FaceNet's α, of squared distances")
    p.add_argument('--lr', type=float, default=3e-4)
    p.add_argument('--aside', type=float, default=0.2, help='share of the people held out for validation')
    p.add_argument('--size', type=int, default=160)
    p.add_argument('--out', default='out')
    a = p.parse_args()
    device = 'cuda' if torch.cuda.is_available() else 'cpu'
    torch.set_num_threads(os.cpu_count() or 1)
    try:
        pictures, labels, names = read_people(a.faces)
    except (ValueError, OSError) as error:
        p.error(str(error))
    rng = np.random.default_rng(0)
    learn, aside = split(labels, a.aside, rng)
    shown = some(aside, labels, MOST, rng) if len(aside) else aside
    student = (load(NETWORKS[a.net](), a.init) if a.init else fresh(a.net)).to(device, memory_format=last)
    average = copy.deepcopy(student).eval()
    if device == 'cpu':
        fuse(student)
    student.train()
    tuner = Tuner(student, len(names), a.lr, has_bfloat16(device))
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, f'{a.net}.pt')

    def report():
        if len(shown) == 0:
            return 'too few people to keep some aside'
        accuracy, threshold = verification(average, pictures[shown], labels[shown], a.size, device)
        return f'{len(np.unique(labels[shown]))} of {len(np.unique(labels[aside]))} people kept aside: accuracy {accuracy:.4f} at distance {threshold:.3f}'

    print(f'{len(names)} people, {len(labels)} pictures; {report()}', flush=True)
    distort = Distorter(0)
    stream = ahead((learn[of], distorted(pictures[learn[of]], a.size, device, distort)) for of in batches(labels[learn], a.people, a.each, rng))
    began = spoke = time.time()
    it, sums = 0, []
    while (share := (time.time() - began) / 60 / a.minutes) < 1:
        rows, x = next(stream)
        kind, loss, used = tuner.step(x, torch.from_numpy(labels[rows]).to(device), share, a.warm_up, a.margin)
        sums.append((loss, used))
        it += 1
        follow(average, student, min(0.999, (1 + it) / (10 + it)))
        if time.time() - spoke > 60:
            spoke = time.time()
            mean = np.mean(sums[-100:], 0)
            print(f'{(spoke - began) / 60:.1f} min, step {it}, {kind} loss {mean[0]:.4f}, {mean[1]:.0f} triplets; {report()}', flush=True)
            save(average, a.net, it, path)
            # --minutes are of training: comparing takes none of them.
            began, spoke = began + time.time() - spoke, time.time()
    save(average, a.net, it, path)
    print(f'{it} steps; {report()}; written to {path}', flush=True)


if __name__ == '__main__':
    keep_memory()
    main()
