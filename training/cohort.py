"""The cohort that a model's scores are normalized by. First embedded.py, with the same model; then: python3 cohort.py --model ../public/models/mobilenet-160 --pairs pairs.csv

A normalized score is the cosine of two faces minus `weight` times the sum of how alike each is, on average, to the `k` rows of a cohort that are most
like it (symmetric score normalization, known from speaker verification). In distances: normalized² = distance² + 2 weight (a + b - 2 center).
The rows are centroids of k-means (unit length, int8 with one scale), so nobody's embedding is shipped.

  --choose   figures to choose count, k and weight by: cohort from a random half of the faces, measured on the other half, and with the test's source
             left out
  --write    cohort.bin, of all faces, into the model's folder and `embedder.cohort` into its manifest (its operating points come from `npm run evaluate`)
  --card     false match rates by group, before and after, into the model's MODEL_CARD.md

--card measures the half of the faces that --choose measures, and both take the threshold from LFW: whoever chooses by the one reads the other a little too
kindly. Without --count, --k and --weight they are those of the cohort that the model's manifest has.

LFW's own people are never in the cohort: its thresholds are measured on people and pictures of a kind that the cohort does not know.
"""
import argparse
import csv
import hashlib
import json
import os

import numpy as np

from distill import HERE
from groups import RESAMPLES, age_band, groups_of, markdown, one_in, write_card

LFW = {'lfw', 'lfw-unpaired'}
COUNT, K, WEIGHT = 1024, 20, 0.9  # of a model that has no cohort yet


def read(path):
    """-> embeddings [n, values], {name: [n]}"""
    z = np.load(path)
    return z['e'], {name: z[name] for name in z.files if name != 'e'}


def cells(told):
    """What the faces are balanced by: the source, in UTKFace also age, gender and ethnicity"""
    return np.array([f'{s}/{age_band(a)}/{g}/{e}' if s == 'utkface' and a else s
                     for s, a, g, e in zip(told['source'], told['age'], told['gender'], told['ethnicity'])])


def balance(kinds, rows, rng, most=250):
    """Draws at most `most` of the `rows` of each kind; UTKFace has 60 kinds of its own"""
    return np.concatenate([rng.permutation(own)[:most // 4 if kind.startswith('utkface') else most]
                           for kind in sorted(set(kinds[rows])) for own in [rows[kinds[rows] == kind]]])


def centroids(x, count, rng, rounds=12):
    """Spherical k-means -> [count, values] unit vectors"""
    c = x[rng.choice(len(x), count, replace=False)]
    for _ in range(rounds):
        near = np.argmax(x @ c.T, 1)
        sums = np.zeros_like(c)
        np.add.at(sums, near, x)
        empty = np.bincount(near, minlength=count) == 0
        sums[empty] = x[rng.choice(len(x), empty.sum(), replace=False)]
        c = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return c


def to_int8(c):
    """-> int8 rows, what a value is multiplied by"""
    scale = float(np.float32(np.abs(c).max() / 127))
    return np.round(c / scale).astype(np.int8), scale


def means(e, c, k):
    """How alike each of e [n, values] is to the k rows of c that are most like it -> [n]"""
    out = []
    for i in range(0, len(e), 2048):
        s = e[i:i + 2048] @ c.T
        out.append(np.partition(s, -k, 1)[:, -k:].mean(1))
    return np.concatenate(out)


def squares(e, m, weight, center, f=None, n=None):
    """Squared normalized distances of all pairs of e, or of e with f; m, n: their means"""
    f, n = (e, m) if f is None else (f, n)
    return 2 - 2 * (e @ f.T) + 2 * weight * (m[:, None] + n[None, :] - 2 * center)


def cohort_of(model):
    """-> rows [n, values], k, weight, center of a model folder's cohort"""
    with open(os.path.join(model, 'manifest.json')) as f:
        c = json.load(f)['embedder']['cohort']
    rows = np.fromfile(os.path.join(model, c['path']), np.int8).reshape(c['count'], -1).astype(np.float32)
    return rows * c['scale'], c['k'], c['weight'], c['center']


class Lfw:
    """All pairs of LFW sets 1 to 5, from the list of pairs"""

    def __init__(self, e, pack, pairs):
        z = np.load(pack)
        with open(pairs) as f:
            listed = list(csv.DictReader(f))
        names = {}
        for row, a, b in zip(listed, z['a'], z['b']):
            names[int(a)], names[int(b)] = row['a'], row['b']
        self.rows = np.array(sorted(names))
        people = [os.path.basename(names[i]).rsplit('_', 1)[0] for i in self.rows]
        _, self.person = np.unique(people, return_inverse=True)
        self.e = e[self.rows]
        self.upper = np.triu(np.ones((len(self.e), len(self.e)), bool), 1)
        same = self.person[:, None] == self.person[None, :]
        self.genuine, self.strangers = same & self.upper, ~same & self.upper

    def refused(self, d, fmr):
        """-> squared threshold, share of genuine pairs refused"""
        t = np.quantile(d[self.strangers], fmr)
        return t, float((d[self.genuine] > t).mean())


def within(e, m, weight, center, threshold, same_at=None, rng=None):
    """Pairs of strangers within a squared threshold -> {faces, pairs, matches, rate, interval}; pairs with a cosine of `same_at` and more are taken for one person

    interval: 95 %, over faces that `rng` resamples; None without it, and where no pair matches, of which resampling can tell nothing
    """
    cos = e @ e.T
    use = np.triu(np.ones(cos.shape, bool), 1)
    if same_at is not None:
        use &= cos < same_at
    hit = use & (2 - 2 * cos + 2 * weight * (m[:, None] + m[None, :] - 2 * center) <= threshold)
    pairs, matches, interval = int(use.sum()), int(hit.sum()), None
    if rng and matches:
        hit, use, rates = hit.astype(np.float32), use.astype(np.float32), []
        for _ in range(RESAMPLES):
            u = np.bincount(rng.integers(0, len(e), len(e)), minlength=len(e)).astype(np.float32)
            rates.append(float(u @ (hit @ u)) / float(u @ (use @ u)))
        interval = [float(np.quantile(rates, q)) for q in (0.025, 0.975)]
    return {'faces': len(e), 'pairs': pairs, 'matches': matches, 'rate': matches / max(pairs, 1), 'interval': interval}


def utkface_groups(told, rows):
    """{name: rows} of UTKFace: all adults, each group of adults, each age; without those of whom there is no pair"""
    adults, pairs, bands = groups_of(*(told[k][rows] for k in ('age', 'gender', 'ethnicity')))
    return {name: rows[own] for name, own in {'all adults': adults, **pairs, **bands}.items() if len(own) > 1}


def trial(e, told, lfw, cohort_rows, test_rows, kinds, rng, count, k, weight, reference=None, intervals=False):
    """One cohort of `count` centroids of `cohort_rows`, measured -> dict; reference: made before with the same rows

    Its `groups` are what within() tells of each group of `test_rows`, with `intervals` if asked for."""
    c = reference if reference is not None else centroids(e[balance(kinds, cohort_rows, rng)], count, rng)
    rows8, scale = to_int8(c)
    c8 = rows8.astype(np.float32) * scale
    center = float(np.round(means(e[cohort_rows[:4000]], c8, k).mean(), 3))
    m = means(e, c8, k)
    d = squares(lfw.e, m[lfw.all], weight, center)
    t, r3 = lfw.refused(d, 1e-3)
    t4, r4 = lfw.refused(d, 1e-4)
    out = {'count': count, 'k': k, 'weight': weight, 'center': center, 'refused 1e-3': r3, 'refused 1e-4': r4, 'threshold': float(np.sqrt(t))}
    groups = {name: within(e[own], m[own], weight, center, t, rng=np.random.default_rng(0) if intervals else None)
              for name, own in utkface_groups(told, test_rows).items()}
    rate = lambda name: groups[name]['rate']
    worst = max((name for name in groups if ',' in name), key=rate)
    out.update({'adults': rate('all adults'), 'worst group': worst, 'worst': rate(worst), 'children': rate('0 … 9'), 'groups': groups})
    return out, c, m, t


def line(out):
    return (f'{out["count"]:5d} k {out["k"]:3d} w {out["weight"]:.2f}  refused {100 * out["refused 1e-3"]:5.2f} / {100 * out["refused 1e-4"]:5.2f} %  '
            f'adults {one_in(out["adults"])}, worst {out["worst group"]} {1000 * out["worst"]:.1f} x, children {1000 * out["children"]:.1f} x')


def times(group):
    """How many times as often as promised, at LFW's threshold for 1 in 1,000, with its interval"""
    low, high = group['interval'] or (None, None)
    return f'{1000 * group["rate"]:.1f}' + ('' if low is None else f' ({1000 * low:.1f} … {1000 * high:.1f})')


def report(before, after):
    """False match rates by group at LFW's threshold for 1 in 1,000, as Markdown"""
    cells = lambda group: (one_in(group['rate']), f'{group["matches"]:,}', times(group))
    return markdown(('group', 'faces', 'pairs', 'plain distances', 'matches', 'times promised (95 %)', 'normalized', 'matches', 'times promised (95 %)'),
                    [(name, f'{group["faces"]:,}', f'{group["pairs"]:,}', *cells(before['groups'][name]), *cells(group)) for name, group in after['groups'].items()])


def how_measured(faces, count, k, weight):
    """What has to be known of the table of report(), for a card; faces: how many of UTKFace's were measured"""
    return '\n'.join([
        f'{faces:,} faces, a random half of those of UTKFace that `embedded.py` drew; the cohort here is {count:,} rows of the other half and of other sources, the one that ships',
        'of all of them. "Times promised" is relative to 1 in 1,000; intervals are bootstraps over the faces, and a group in which few pairs match has wide ones, or none.',
        f"{count:,} rows, k {k} and weight {weight:g} were chosen by what they do to this half of the faces and to LFW's pairs, not on others kept apart: the normalized rates are",
        'a little too kind.'])


def one_line(group):
    return f'{one_in(group["rate"])} ({group["matches"]:,} of {group["pairs"]:,})'


def in_manifest(model):
    """-> the manifest's id, its cohort's count, k and weight, or None where it has none"""
    with open(os.path.join(model, 'manifest.json')) as f:
        manifest = json.load(f)
    cohort = manifest['embedder'].get('cohort')
    return manifest['id'], cohort and (cohort['count'], cohort['k'], cohort['weight'])


def write(model, rows8, scale, k, weight, center):
    """cohort.bin and the manifest's words about it; operating points measured with other rows are dropped"""
    path = os.path.join(model, 'manifest.json')
    with open(path) as f:
        manifest = json.load(f)
    data = rows8.tobytes()
    with open(os.path.join(model, 'cohort.bin'), 'wb') as f:
        f.write(data)
    manifest['files'] = [f for f in manifest['files'] if f['path'] != 'cohort.bin']
    manifest['files'].append({'path': 'cohort.bin', 'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()})
    manifest['embedder']['cohort'] = {'path': 'cohort.bin', 'count': len(rows8), 'scale': scale, 'k': k, 'weight': weight, 'center': center,
                                      'operatingPoints': [], 'measurement': None, 'fused': []}
    with open(path, 'w') as f:
        json.dump(manifest, f, indent=2, ensure_ascii=False)
        f.write('\n')


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--data', default=os.path.join(HERE, 'data'))
    p.add_argument('--pairs', required=True, help="LFW's list of pairs, CSV with the columns fold, a, b and same, as `npm run evaluate` reads it")
    p.add_argument('--model', default=os.path.join(HERE, '../public/models/mobilenet-160'))
    p.add_argument('--embedded', help="what embedded.py wrote of this model; default: the model's file in out/embedded")
    p.add_argument('--choose', action='store_true')
    p.add_argument('--counts', type=int, nargs='+', default=[512, 1024], help='with --choose: numbers of rows')
    p.add_argument('--write', action='store_true')
    p.add_argument('--card', action='store_true')
    p.add_argument('--count', type=int, help="default: as the model's manifest has it")
    p.add_argument('--k', type=int, help='the same')
    p.add_argument('--weight', type=float, help='the same')
    a = p.parse_args()
    model_id, shipped = in_manifest(a.model)
    count, k, weight = (default if asked is None else asked for asked, default in zip((a.count, a.k, a.weight), shipped or (COUNT, K, WEIGHT)))
    if a.card and not a.write and (count, k, weight) != shipped:
        p.error(f'--card tells of the cohort that the manifest has, count, k and weight {shipped}; to have another one, add --write')
    e, told = read(a.embedded or os.path.join(HERE, f'out/embedded/{model_id}.npz'))
    rng, kinds = np.random.default_rng(0), cells(told)
    at = np.flatnonzero(told['source'] == 'lfw')
    lfw = Lfw(e[at], os.path.join(a.data, 'lfw-dev-112.npz'), a.pairs)
    lfw.all = at[lfw.rows]
    others = np.flatnonzero([s not in LFW for s in told['source']])
    utk = others[told['source'][others] == 'utkface']
    half = np.zeros(len(e), bool)
    half[rng.permutation(others)[::2]] = True
    test = utk[~half[utk]]
    run = lambda rows, *rest, test=test, **more: trial(e, told, lfw, rows, test, kinds, np.random.default_rng(1), *rest, **more)
    none = run(others, 64, 1, 0.0, intervals=True)[0]
    print('plain      ', line(none))
    mixed, foreign = others[half[others]], others[told['source'][others] != 'utkface']
    if a.choose:
        for n in a.counts:
            for name, rows in (('mixed', mixed), ('other sources', foreign)):
                c = None
                for near in (5, 10, 20):
                    for share in (0.5, 0.75, 1.0):
                        out, c, _, _ = run(rows, n, near, share, reference=c)
                        print(f'{name:14s}', line(out), flush=True)
    held, _, _, _ = run(mixed, count, k, weight, intervals=True)
    told_of = f'{report(none, held)}\n\n{how_measured(len(test), count, k, weight)}'
    print(f'other half     {line(held)}\n\n{told_of}\n')
    if a.card:
        write_card(os.path.join(a.model, 'MODEL_CARD.md'), told_of, 'cohort')
    if a.write:
        c = centroids(e[balance(kinds, others, np.random.default_rng(1))], count, np.random.default_rng(1))
        rows8, scale = to_int8(c)
        center = float(np.round(means(e[others[:4000]], rows8.astype(np.float32) * scale, k).mean(), 3))
        write(a.model, rows8, scale, k, weight, center)
        return
    strange, _, _, _ = run(foreign, count, k, weight, test=utk)
    print('other sources', line(strange))
    for source in ('mebeauty', 'parliament', 'facial-age', 'generated', 'human-faces', 'gender-web', 'celeba-half', 'congress', 'players'):
        own = others[told['source'][others] == source]
        if len(own) < 2:
            continue
        out, _, m, t = run(others[told['source'][others] != source], count, k, weight)
        raw, normalized = within(e[own], m[own], 0, 0, none['threshold'] ** 2, 0.75), within(e[own], m[own], weight, out['center'], t, 0.75)
        print(f'{source:14s} left out: {len(own):,} faces, {one_line(raw)} -> {one_line(normalized)}', flush=True)


if __name__ == '__main__':
    main()
