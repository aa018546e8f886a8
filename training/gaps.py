"""Where the student falls short: python3 gaps.py CHECKPOINT.pt [--answers answers.npz] [--pictures 2000]

Mean cosine between student and teacher by source of the picture, of the faces that were learned from and of those kept aside, and by distortion; sharp
faces also as they are once they are made soft. Cut-off faces get a natural background first, as in training. A student that learned targets moved
apart (spread.py) has to be compared with these: --answers names those that it was trained with. Low rows are the next thing to train on: this is
how the cut-off foreheads were found (pictures.py, `surround`).
"""
import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F

from distill import HERE, Check, last
from distort import surrounded, whole
from export import read_checkpoint
from finetune import as_tensor, center
from packs import Faces, kept_aside
from spread import spread
from teacher import Teacher


def blur(x, low):
    return F.interpolate(F.interpolate(x, size=(low, low), mode='area'), size=x.shape[-2:], mode='bilinear', align_corners=False)


def moved(x, turn=0.0, scale=1.0, dx=0.0, dy=0.0):
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    m = torch.tensor([[[c, -s, dx], [s, c, dy]]], dtype=x.dtype).expand(len(x), 2, 3)
    return F.grid_sample(x, F.affine_grid(m, x.shape, align_corners=False), padding_mode='border', align_corners=False)


def cover(x, top, bottom):
    y = x.clone()
    h = x.shape[-2]
    y[:, :, int(top * h):int(bottom * h)] = 0.5
    return y


DISTORTIONS = {
    'as it is': lambda x: x,
    'mirrored': lambda x: x.flip(3),
    'blurred to 40 pixels': lambda x: blur(x, 40),
    'blurred to 28 pixels': lambda x: blur(x, 28),
    'sharpened': lambda x: (x + 1.0 * (x - F.avg_pool2d(x, 3, 1, 1))).clamp(0, 1),
    'noise 0.05': lambda x: (x + 0.05 * torch.randn_like(x)).clamp(0, 1),
    'dark': lambda x: x * 0.35,
    'overexposed': lambda x: (x * 1.7).clamp(0, 1),
    'low contrast': lambda x: x * 0.4 + 0.3,
    'lit from the left': lambda x: (x * torch.linspace(1.5, 0.4, x.shape[-1]).view(1, 1, 1, -1)).clamp(0, 1),
    'warm light': lambda x: (x * torch.tensor([1.2, 1.0, 0.7]).view(1, 3, 1, 1)).clamp(0, 1),
    'gray': lambda x: x.mean(1, keepdim=True).expand_as(x),
    'turned by 10°': lambda x: moved(x, turn=0.175),
    'larger by 10 %': lambda x: moved(x, scale=0.9),
    'smaller by 10 %': lambda x: moved(x, scale=1.1),
    'shifted by 5 %': lambda x: moved(x, dx=0.1),
    'mouth covered': lambda x: cover(x, 0.7, 1.0),
    'eyes covered': lambda x: cover(x, 0.25, 0.42),
    'forehead covered': lambda x: cover(x, 0.0, 0.2),
}


@torch.no_grad()
def cosine(student, teacher, x, size=160, crowd=None):
    """Mean cosine on crops x [n, 3, h, w] in 0..1; the teacher sees 112 pixels. crowd: the answers from which targets are moved apart, or None"""
    out = []
    for part in x.split(64):
        small = F.interpolate(part, size=(112, 112), mode='area' if part.shape[-1] > 112 else 'bilinear')
        large = F.interpolate(part, size=(size, size), mode='bilinear', align_corners=False)
        target = F.normalize(teacher((small * 255).contiguous(memory_format=last)))
        target = target if crowd is None else spread(target, crowd)
        out.append((F.normalize(student((large * 2 - 1).contiguous(memory_format=last))) * target).sum(1))
    return torch.cat(out).mean().item()


def sources_of(faces, aside, pictures, rng, least=50):
    """Yields (name, rows that were learned from, rows kept aside) of each pack and source with `least` faces; at most so many pictures of each"""
    names = np.array([f'{row["pack"]}: {row.get("source", "unknown")}' for row in faces.labels])
    for name in np.unique(names):
        of = names == name
        if of.sum() >= least:
            yield name, *(rng.permutation(np.flatnonzero(of & some))[:pictures] for some in (~aside, aside))


def crops_of(faces, rows, rng, natural, soft=False):
    """-> crops [n, 3, size, size]; a sharp face's have as many pixels as the student sees, a soft one gets the background of one of the faces `natural`"""
    if soft or len(rows) == 0 or rows[0] < faces.first:
        return center(as_tensor(surrounded(faces.soft, faces.cut, rng, rows, natural)), 112)
    return center(as_tensor(np.stack([faces.sharp[i - faces.first] for i in rows])), 160)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('checkpoint')
    p.add_argument('--data', default=os.path.join(HERE, 'data'))
    p.add_argument('--answers', help='written by answers.py from the same packs: those that the student was trained with')
    p.add_argument('--pictures', type=int, default=300, help='per row')
    a = p.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(0)
    student, teacher, rng = read_checkpoint(a.checkpoint)[0].to(memory_format=last), Teacher().to(memory_format=last), np.random.default_rng(0)
    faces = Faces(a.data)
    apart = kept_aside(faces.labels)
    natural, crowd = whole(faces.cut, apart), None
    if a.answers:
        answer = F.normalize(torch.from_numpy(np.load(a.answers)['e'].astype(np.float32)))
        if len(answer) != len(faces):
            p.error(f'{a.answers} has {len(answer)} answers for {len(faces)} faces; make it again with answers.py')
        crowd = answer[~torch.from_numpy(apart)]
    tell = lambda x: f'{cosine(student, teacher, x, crowd=crowd):.3f}' if len(x) else '–'
    print('| source | cosine to the teacher | kept aside |\n| --- | --- | --- |')
    first = None
    for name, learned, aside in sources_of(faces, apart, a.pictures, rng):
        for soft in (False, True):
            if soft and learned[0] < faces.first:
                continue
            x, y = (crops_of(faces, rows, rng, natural, soft) for rows in (learned, aside))
            first = x if first is None else first
            print(f'| {name}{", made soft" if soft else ""} | {tell(x)} | {tell(y)} ({len(aside)}) |', flush=True)
    check = Check('cpu', 160, path=os.path.join(a.data, 'lfw-dev-112.npz'))
    base, of = first, 'the first source'
    if check.pictures is not None:
        base, of = as_tensor(check.pictures[rng.permutation(len(check.pictures))[:a.pictures]]), 'LFW'
        print(f'| LFW | – | {tell(base)} ({len(base)}) |')
    print(f'\n| distortion of {of} | cosine to the teacher |\n| --- | --- |')
    for name, distort in DISTORTIONS.items():
        print(f'| {name} | {cosine(student, teacher, distort(base), crowd=crowd):.3f} |', flush=True)


if __name__ == '__main__':
    main()
