"""What more can be had of the same networks: python3 combined.py --pairs pairs.csv MODEL … [--embedded out/embedded]

All pairs of LFW sets 1 to 5, refused at 1 false match in 1,000 and 10,000 by plain and by normalized distances: each model alone; with the mean of a crop and
its mirror image on the enrolled side, and on both; and every two models together by the mean of their distances. Every figure has a threshold of its own,
from the same pairs of strangers. MODELs are folders with a cohort. The crops are those of the training pack (112 pixels), so figures are a little above
those of the SDK, which crops from the whole picture; what counts is the difference. Mirrored crops are embedded here, the others are read from --embedded.
"""
import argparse
import itertools
import json
import os

import numpy as np
import torch

from cohort import Lfw, cohort_of, means, read
from distill import HERE
from embedded import embedder
from finetune import as_tensor
from groups import markdown
from pictures import unpack

RESAMPLES = 300


def mirrored(model, pictures):
    of = embedder(model)
    return np.concatenate([of(as_tensor(pictures[i:i + 64]).flip(3)) for i in range(0, len(pictures), 64)])


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def distances(a, b, cohort):
    """-> plain and normalized distances of all a with all b"""
    rows, k, weight, center = cohort
    plain = np.maximum(2 - 2 * (a @ b.T), 0)
    moved = plain + 2 * weight * (means(a, rows, k)[:, None] + means(b, rows, k)[None, :] - 2 * center)
    return np.sqrt(plain), np.sqrt(np.maximum(moved, 0))


class Pairs:
    """All pairs of LFW; with enrolled and compared pictures treated otherwise, each pair counts in both directions"""

    def __init__(self, lfw):
        same = lfw.person[:, None] == lfw.person[None, :]
        other = ~np.eye(len(same), dtype=bool)
        self.genuine, self.strangers = same & other, ~same
        self.person = lfw.person[np.nonzero(self.genuine)[0]]

    def refused(self, d, rate):
        """-> which genuine pairs are refused"""
        scores = d[self.strangers]
        index = int(rate * len(scores))
        return d[self.genuine] > np.partition(scores, index)[index]

    def interval(self, before, after, rng):
        """95 % interval of how much less is refused, relative; thresholds kept, people drawn anew"""
        count = self.person.max() + 1
        sums = [np.bincount(self.person, weights=r, minlength=count) for r in (before, after)]
        drawn = rng.integers(0, count, (RESAMPLES, count))
        return np.quantile(1 - sums[1][drawn].sum(1) / np.maximum(sums[0][drawn].sum(1), 1), [0.025, 0.975])


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('models', nargs='+')
    p.add_argument('--data', default=os.path.join(HERE, 'data'))
    p.add_argument('--pairs', required=True, help="LFW's list of pairs, CSV")
    p.add_argument('--embedded', default=os.path.join(HERE, 'out/embedded'), help='folder of what embedded.py wrote')
    p.add_argument('--threads', type=int, default=os.cpu_count() or 1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    pack = os.path.join(a.data, 'lfw-dev-112.npz')
    pictures, _ = unpack(pack)
    rows, alone, pairs = [], {}, None

    def say(name, d, against=None):
        """d, against: plain and normalized distances"""
        cells = [name]
        for i, rate in itertools.product((0, 1), (1e-3, 1e-4)):
            r = pairs.refused(d[i], rate)
            text = f'{100 * r.mean():.2f} %'
            if against is not None:
                before = pairs.refused(against[i], rate)
                low, high = pairs.interval(before, r, np.random.default_rng(0))
                text += f', {-100 * (1 - r.mean() / before.mean()):+.0f} % ({-100 * high:+.0f} … {-100 * low:+.0f})'
            cells.append(text)
        rows.append(cells)
        print(' | '.join(cells), flush=True)

    for model in a.models:
        with open(os.path.join(model, 'manifest.json')) as f:
            name = json.load(f)['id']
        e, told = read(os.path.join(a.embedded, f'{name}.npz'))
        lfw = Lfw(e[told['source'] == 'lfw'], pack, a.pairs)
        pairs, cohort = pairs or Pairs(lfw), cohort_of(model)
        both = unit(lfw.e + mirrored(model, pictures)[lfw.rows])
        alone[name] = distances(lfw.e, lfw.e, cohort)
        say(name, alone[name])
        say(f'{name}, mirrored too when enrolled', distances(both, lfw.e, cohort), alone[name])
        say(f'{name}, mirrored too on both sides', distances(both, both, cohort), alone[name])
    for one, other in itertools.combinations(alone, 2):
        best = min(alone[one], alone[other], key=lambda d: pairs.refused(d[0], 1e-3).mean())
        say(f'{one} and {other}', [(x + y) / 2 for x, y in zip(alone[one], alone[other])], best)
    print('\n' + markdown(('', 'plain, 1 in 1,000', '1 in 10,000', 'normalized, 1 in 1,000', '1 in 10,000'), rows))


if __name__ == '__main__':
    main()
