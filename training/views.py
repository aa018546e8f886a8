"""Pictures for distill_cpu.py with the teacher's answers: python3 views.py --views 3 --out DIR

Teacher and distortions cost as much as the student's own step, so a machine without a GPU computes them once and learns from each picture
several times. Writes DIR/views-0000.npz and so on: x uint8 [n, 112, 112, 3], e float32 [n, 128] (unit vectors). May be stopped and started
again; distill_cpu.py may read the folder while this still writes to it. On two cores about 45 pictures/s (PyTorch must find a real BLAS:
`apt-get install libopenblas0-pthread`, or the teacher is five times as slow).
"""
import argparse
import glob
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from distill import HERE, last
from fastcpu import has_bfloat16
from pictures import augment, read_faces, surround
from teacher import Teacher

SHARD, BATCH = 2048, 128


def batches(faces, cut, odds, rng):
    """Endless float pictures [BATCH, 3, 112, 112] in 0..1, distorted at random; faces are drawn by their odds."""
    natural, odds = np.flatnonzero(cut == 0), odds.astype(np.float64) / odds.sum(dtype=np.float64)
    look = lambda rows: torch.from_numpy(faces[rows]).permute(0, 3, 1, 2).float() / 255
    while True:
        rows = rng.choice(len(faces), BATCH, p=odds)
        yield augment(surround(look(rows), torch.from_numpy(cut[rows]), look(rng.choice(natural, BATCH))), 112)


def shards(folder):
    return sorted(glob.glob(os.path.join(folder, 'views-[0-9][0-9][0-9][0-9].npz')))


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--views', type=float, default=3, help='views of each face, on average')
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs faces-*.npz')
    p.add_argument('--out', default='views')
    p.add_argument('--threads', type=int, default=os.cpu_count() or 1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    os.makedirs(a.out, exist_ok=True)
    faces, cut, odds = read_faces(a.data)
    teacher = Teacher().to(memory_format=last)
    done, total, began = len(shards(a.out)), -(-int(a.views * len(faces)) // SHARD), time.time()
    stream = batches(faces, cut, odds, np.random.default_rng())
    torch.manual_seed(int(time.time()))
    for number in range(done, total):
        x, e = np.zeros((SHARD, 112, 112, 3), np.uint8), np.zeros((SHARD, 128), np.float32)
        for at in range(0, SHARD, BATCH):
            bytes_ = (next(stream) * 255).round().clamp(0, 255)
            with torch.no_grad(), torch.autocast('cpu', dtype=torch.bfloat16, enabled=has_bfloat16()):
                e[at:at + BATCH] = F.normalize(teacher(bytes_.contiguous(memory_format=last)).float()).numpy()
            x[at:at + BATCH] = bytes_.permute(0, 2, 3, 1).numpy().astype(np.uint8)
        path = os.path.join(a.out, f'views-{number:04d}.npz')
        np.savez(path + '.new.npz', x=x, e=e)
        os.replace(path + '.new.npz', path)
        spent = time.time() - began
        print(f'{number + 1} of {total} shards, {(number + 1 - done) * SHARD / spent:.0f} pictures/s', flush=True)


if __name__ == '__main__':
    main()
