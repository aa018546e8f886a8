"""A head start from a trained network of another shape: python3 warmstart.py --net inception-160 --guide mobilenet-160.pt --minutes 60 --out DIR

From the first step the student has the guide's last map of each resolution (strides 8, 16 and 32) to learn from beside its embeddings: hints,
Romero et al. 2015, "FitNets". Where the last maps have as many channels, the guide's own head is taken over and the last map is learnt as it is.
The guide is no better a teacher than it is a recogniser: go on with distill.py or distill_cpu.py --init as soon as the student comes near it.

The first part trains on small pictures, the rest at 160. Writes <net>.pt into --out every ten minutes. CPU or GPU.
"""
import argparse
import copy
import math
import os
import queue
import threading
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from distill import HERE, Check, follow, fresh, last, load, optimizer, save, similarity
from fastcpu import fuse, keep_memory
from hints import STRIDES, Hints, Maps
from networks import NETWORKS
from pictures import augment, read_faces, surround


def pictures(data, batch, size_now, batches):
    """Puts endless float batches [batch, 3, size, size] in -1..1 into the queue; size_now() says how large."""
    faces, cut, odds = read_faces(data)
    rng, natural, odds = np.random.default_rng(), np.flatnonzero(cut == 0), odds.astype(np.float64) / odds.sum(dtype=np.float64)
    look = lambda rows: torch.from_numpy(faces[rows]).permute(0, 3, 1, 2).float() / 255
    while True:
        rows = rng.choice(len(faces), batch, p=odds)
        x = augment(surround(look(rows), torch.from_numpy(cut[rows]), look(rng.choice(natural, batch))), size_now())
        batches.put((x * 2 - 1).contiguous(memory_format=last))


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--net', default='inception-160', choices=NETWORKS)
    p.add_argument('--guide', required=True, help='the trained .pt to learn from; it names its own network')
    p.add_argument('--init', help='a .pt of --net written by an earlier run')
    p.add_argument('--minutes', type=float, default=60)
    p.add_argument('--batch', type=int, default=64)
    p.add_argument('--lr', type=float, default=3e-3)
    p.add_argument('--hints', type=float, default=1, help='weight of the maps beside the embeddings; 0 learns from embeddings alone')
    p.add_argument('--small', type=float, default=0.6, help='part of the time spent on pictures of 96 and 112')
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs faces-*.npz')
    p.add_argument('--out', default='out')
    a = p.parse_args()
    dev = 'cuda' if torch.cuda.is_available() else 'cpu'
    torch.set_num_threads(os.cpu_count() or 1)
    os.makedirs(a.out, exist_ok=True)
    checkpoint = os.path.join(a.out, f'{a.net}.pt')

    guide = load(NETWORKS[torch.load(a.guide, map_location='cpu')['net']](), a.guide).eval().requires_grad_(False)
    student = load(NETWORKS[a.net](), a.init) if a.init else fresh(a.net)
    if not a.init and guide.head.dense.weight.shape == student.head.dense.weight.shape:
        student.head.load_state_dict(guide.head.state_dict())
    guide, student = (net.to(dev, memory_format=last) for net in (guide, student))
    average = copy.deepcopy(student).eval()
    if dev == 'cpu':
        fuse(student)
    of_guide, of_student = Maps(guide), Maps(student)
    with torch.no_grad():
        x = torch.zeros(2, 3, 160, 160, device=dev)
        channels = [{s: m.shape[1] for s, m in maps(x)[1].items()} for maps in (of_student, of_guide)]
    as_is = [s for s in STRIDES[-1:] if channels[0][s] == channels[1][s]]
    hints = Hints(*channels, as_is).to(dev, memory_format=last)
    opt = optimizer(nn.ModuleList([student, hints]), a.lr)
    check = Check(dev, 160, half=dev == 'cuda')

    began = saved = time.time()
    frac = lambda: (time.time() - began) / 60 / a.minutes
    size_now = lambda: int(np.random.choice([96, 112])) if frac() < a.small else 160
    batches = queue.Queue(3)
    threading.Thread(target=pictures, args=(a.data, a.batch, size_now, batches), daemon=True).start()
    it, sums = 0, []
    student.train()
    while (done := frac()) < 1:
        for g in opt.param_groups:
            g['lr'] = a.lr * min(1, (it + 1) / 200) * 0.5 * (1 + math.cos(math.pi * done)) + 1e-6
        x = batches.get().to(dev)
        with torch.autocast(dev, dtype=torch.bfloat16, enabled=dev == 'cuda'):
            with torch.no_grad():
                target, guide_maps = of_guide(x)
            e, maps = of_student(x)
        loss, cosine, relation = similarity(e, F.normalize(target.float()))
        far = hints(maps, guide_maps) if a.hints else torch.zeros((), device=dev)
        opt.zero_grad(set_to_none=True)
        (loss + a.hints * far).backward()
        nn.utils.clip_grad_norm_(student.parameters(), 5.0)
        opt.step()
        sums.append((cosine.item(), relation.item(), far.item()))
        it += 1
        follow(average, student, min(0.998, (1 + it) / (10 + it)))
        if it % 100 == 0:
            c, r, h = np.mean(sums[-100:], 0)
            print(f'{(time.time() - began) / 60:.1f} min, step {it}, {it * a.batch / (time.time() - began):.0f} pictures/s, '
                  f'cosine {c:.4f}, relation {r:.5f}, maps {h:.3f}', flush=True)
        if time.time() - saved > 600:
            saved = time.time()
            save(average, a.net, it, checkpoint)
            print('   ' + check(average, every=4), flush=True)
    save(average, a.net, it, checkpoint)
    print('student  ' + check(average), flush=True)


if __name__ == '__main__':
    keep_memory()
    main()
