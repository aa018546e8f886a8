"""The mean of the weights of several runs: python3 average.py A.pt B.pt … --out MEAN.pt [--parts 0.3 0.7]

Runs that started from the same weights often end around one better point, and their mean is closer to it than any of them (Wortsman et al.
2022, "Model soups"). The mean of runs with different starts is worthless. The mean of their batch norms' statistics is not that of the new network, so
these are measured anew on the packs (renorm.py).
"""
import argparse
import os

import torch

from distill import HERE, load, save
from networks import NETWORKS
from packs import pack_paths
from renorm import calm_crops, measured


def mean(states, parts):
    """State dictionaries of one network, and the share of each -> their weighted mean"""
    total = sum(parts)
    return {k: sum(s[k] * (part / total) for s, part in zip(states, parts)) if v.dtype.is_floating_point else v for k, v in states[0].items()}


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('checkpoints', nargs='+')
    p.add_argument('--parts', nargs='+', type=float, help='the share of each; default: equal shares')
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs')
    p.add_argument('--out', required=True)
    a = p.parse_args()
    parts = a.parts or [1] * len(a.checkpoints)
    kinds = {torch.load(path, map_location='cpu', weights_only=True)['net'] for path in a.checkpoints}
    if len(kinds) != 1 or len(parts) != len(a.checkpoints):
        p.error('the checkpoints must be of one network, and --parts must have a number for each')
    if not pack_paths(a.data):
        p.error(f'no packs in {a.data}: --data names the folder of those on which the batch norms are measured anew')
    net, = kinds
    student = NETWORKS[net]()
    student.load_state_dict(mean([load(NETWORKS[net](), path).state_dict() for path in a.checkpoints], parts))
    torch.set_num_threads(os.cpu_count() or 1)
    save(measured(student, calm_crops(a.data)), net, 0, a.out)


if __name__ == '__main__':
    main()
