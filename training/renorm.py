"""A checkpoint with the statistics of its batch norms measured anew: python3 renorm.py CHECKPOINT --data DIR --out OUT.pt

They are a running average over a run's last steps: of weights that have changed meanwhile, and of pictures distorted as for training. The mean of several
networks' statistics is not even that of any network. So they are measured with the weights as they are, on faces as the SDK crops them.
"""
import argparse
import os

import numpy as np
import torch
import torch.nn as nn

from distill import HERE, last, save
from distort import Distorter, surrounded, whole
from export import read_checkpoint
from packs import Faces, kept_aside, pack_paths

BATCHES, BATCH = 100, 64


def calm_crops(folder, batches=BATCHES, n=BATCH, size=160, seed=0):
    """Yields pictures [n, 3, size, size] in -1..1 of the packs' faces, drawn by their odds and hardly distorted; none of those that are kept aside"""
    faces, rng, distort = Faces(folder), np.random.default_rng(seed), Distorter([seed, 1], calm=1)
    apart = kept_aside(faces.labels)
    odds, natural = (faces.odds * ~apart).astype(np.float64), whole(faces.cut, apart)
    for _ in range(batches):
        rows = rng.choice(len(faces), n, p=odds / odds.sum())
        soft = surrounded(faces.soft, faces.cut, rng, rows, natural)
        yield distort([faces.drawn(*of, rng) for of in zip(rows, soft)], [], size)[1]


@torch.no_grad()
def measured(net, batches):
    """Sets the statistics of net's batch norms to their plain mean over the batches; -> net, in evaluation mode. Not for nets that `fuse` has changed."""
    norms = [m for m in net.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    before = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # PyTorch's word for a plain mean
    net.train()
    for x in batches:
        net(x.contiguous(memory_format=last))
    for norm, momentum in zip(norms, before):
        norm.momentum = momentum
    return net.eval()


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('checkpoint')
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs')
    p.add_argument('--out', required=True)
    a = p.parse_args()
    if not pack_paths(a.data):
        p.error(f'no packs in {a.data}: --data names their folder')
    torch.set_num_threads(os.cpu_count() or 1)
    net, name = read_checkpoint(a.checkpoint)
    save(measured(net.to(memory_format=last), calm_crops(a.data)), name, 0, a.out)


if __name__ == '__main__':
    main()
