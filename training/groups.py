"""Who is confused with whom: python3 groups.py [--data DIR] [--model ../public/models/mobilenet-160] [--json FILE] [--card]

False match rates within and across groups of people, from the labeled faces of faces-cut.npz and .csv (UTKFace: age, gender and ethnicity as
that set's authors labeled them, 17,000 faces; each counts as a different person, and the few duplicates do not matter at these rates).
There are no genuine pairs in it, so nothing is said about false refusals.

Most of these pictures end at the forehead. What they lack is filled in from other pictures, as in training (pictures.py, surround), which leaves them less
varied than whole photographs: strangers in them are closer than on LFW. So groups are compared at the distance that lets in one pair of adults in
1,000 of this very set, next to the rates at the model's own threshold, which is what its users get. Intervals are bootstraps over the faces.
"""
import argparse
import csv
import itertools
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

from distill import HERE, last
from export import as_read
from finetune import as_tensor, center
from pictures import surround, unpack

AGES = [(0, 9), (10, 17), (18, 29), (30, 44), (45, 59), (60, 120)]
RESAMPLES = 200


def age_band(age):
    return next(f'{a} … {b}' if b < 120 else f'{a} or older' for a, b in AGES if int(age) <= b)


def groups_of(age, gender, ethnicity):
    """Who belongs together -> rows of all adults, {'asian, female': rows of adults, …}, {'0 … 9': rows, …}; age, gender, ethnicity: [n], '' where unknown"""
    age = np.array([int(a) if a else -1 for a in age])
    known = lambda values: sorted(set(values) - {''})
    pairs = {f'{e}, {g}': np.flatnonzero((age >= 18) & (ethnicity == e) & (gender == g)) for e in known(ethnicity) for g in known(gender)}
    bands = {age_band(low): np.flatnonzero((age >= low) & (age <= high)) for low, high in AGES}
    return np.flatnonzero(age >= 18), pairs, bands


def embed(net, pictures, cut, donors, size=160):
    """pictures, donors: uint8 [n, 128, 128, 3]; cut: [n] rows that only repeat the edge -> [n, 128] unit vectors"""
    out = []
    with torch.no_grad():
        for i in range(0, len(pictures), 64):
            x = surround(as_tensor(pictures[i:i + 64]), torch.from_numpy(cut[i:i + 64]), as_tensor(donors[i:i + 64]))
            out.append(F.normalize(net((center(x, size) * 2 - 1).contiguous(memory_format=last))))
    return torch.cat(out).numpy()


def threshold_at(e, rate):
    """The distance within which the share `rate` of all pairs of e lies"""
    i, j = np.triu_indices(len(e), 1)
    return float(np.sqrt(np.quantile(np.maximum(2 - 2 * (e @ e.T)[i, j], 0), rate)))


def false_match_rate(a, b, threshold, rng=None):
    """-> FMR between two sets of faces (the same array twice: within one), its 95 % interval over resampled faces, how many pairs

    a, b: [n, 128], [m, 128] unit vectors
    """
    within = a is b
    hit = (2 - 2 * a @ b.T) <= threshold ** 2
    if within:
        np.fill_diagonal(hit, False)
    hit = hit.astype(np.float32)
    pairs = len(a) * (len(a) - 1) / 2 if within else len(a) * len(b)
    rate = hit.sum() / (2 * pairs if within else pairs)
    rng, rates = rng or np.random.default_rng(0), []
    for _ in range(RESAMPLES):
        u = np.bincount(rng.integers(0, len(a), len(a)), minlength=len(a)).astype(np.float32)
        v = u if within else np.bincount(rng.integers(0, len(b), len(b)), minlength=len(b)).astype(np.float32)
        total = (u.sum() ** 2 - (u ** 2).sum()) if within else u.sum() * v.sum()
        rates.append(float(u @ (hit @ v) / total))
    return float(rate), [float(np.quantile(rates, q)) for q in (0.025, 0.975)], int(pairs)


def tables(e, people, fmr, limit, rng, models_threshold):
    """-> the distance at which `fmr` of all pairs of adults match, {title: rows} at it and at the model's own; people: dicts with age, gender, ethnicity"""
    def pick(rows):
        return e[rng.permutation(rows)[:limit]]

    def row(label, a, b):
        rate, interval, pairs = false_match_rate(a, b, threshold)
        return {'group': label, 'faces': len(a), 'pairs': pairs, 'fmr': rate, 'interval': interval, 'fmrAtModelsThreshold': false_match_rate(a, b, models_threshold)[0]}

    age, gender, ethnicity = (np.array([p[k] for p in people]) for k in ('age', 'gender', 'ethnicity'))
    adults, pairs, bands = groups_of(age, gender, ethnicity)
    everyone = pick(adults)
    threshold = threshold_at(everyone, fmr)
    out = {'all': [row('all adults', everyone, everyone)], 'adults, strangers of the same ethnicity and gender': [], 'by age': [], 'adults, strangers of different ethnicities': []}
    for title, groups in (('adults, strangers of the same ethnicity and gender', pairs), ('by age', bands)):
        for name, rows in groups.items():
            x = pick(rows)
            if len(x) >= 100:
                out[title].append(row(name, x, x))
    ethnicities = {kind: pick(adults[ethnicity[adults] == kind]) for kind in sorted(set(ethnicity))}
    for x, y in itertools.combinations(ethnicities, 2):
        out['adults, strangers of different ethnicities'].append(row(f'{x} with {y}', ethnicities[x], ethnicities[y]))
    return threshold, out


def whole_faces(folder, count, rng):
    """uint8 [count, 128, 128, 3]: pictures that do not end inside the crop, to take backgrounds from"""
    pictures, pack = unpack(os.path.join(folder, 'faces-whole.npz'))
    return pictures[rng.choice(np.flatnonzero(pack['cut'] == 0), count)]


def percent(share):
    """For people to read: 0.0123 -> 1.23, 0.123 -> 12"""
    return f'{100 * share:.2f}' if share < 0.0995 else f'{100 * share:.0f}'


def one_in(share):
    return f'1 in {1 / share:,.0f}' if share else 'none'


def markdown(head, rows):
    """A table of strings"""
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    line = lambda cells: '| ' + ' | '.join(c.ljust(w) for c, w in zip(cells, widths)) + ' |'
    return '\n'.join(map(line, [head, ['-' * w for w in widths], *rows]))


def report(threshold, out, models_threshold, fmr):
    """The result of tables() as Markdown"""
    base, own = out['all'][0]['fmr'], out['all'][0]['fmrAtModelsThreshold']
    lines = [f"At distance {threshold:.3f}, {one_in(fmr)} pairs of adults of all kinds match; \"times\" is relative to that rate. The last column is the model's own threshold",
             f'for {one_in(fmr)} ({models_threshold:.3f}, from whole photographs), at which {one_in(own)} pairs of these adults match.']
    for title, rows in out.items():
        if title == 'all':
            continue
        told = [(r['group'], f'{r["faces"]:,}', f'{percent(r["fmr"])} % ({percent(r["interval"][0])} … {percent(r["interval"][1])})', f'{r["fmr"] / base:.1f}',
                 one_in(r['fmrAtModelsThreshold'])) for r in rows]
        head = ('group', 'faces', 'false match rate (95 %)', 'times all adults', f'at {models_threshold:.3f}')
        lines += ['', f'**{title[0].upper()}{title[1:]}**', '', markdown(head, told)]
    return '\n'.join(lines)


def write_card(path, told, name='groups'):
    """Puts `told` between the card's markers of that name."""
    with open(path, encoding='utf8') as f:
        card = f.read()
    begin, end = f'<!-- {name}:begin -->', f'<!-- {name}:end -->'
    before, after = card.index(begin) + len(begin), card.index(end)
    with open(path, 'w', encoding='utf8') as f:
        f.write(f'{card[:before]}\n\n{told}\n\n{card[after:]}')


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder with faces-cut.npz and faces-cut.csv')
    p.add_argument('--model', default=os.path.join(HERE, '../public/models/mobilenet-160'))
    p.add_argument('--fmr', type=float, default=1e-3, help='the false match rate, over all pairs of adults, at which groups are compared')
    p.add_argument('--limit', type=int, default=3000, help='faces per group')
    p.add_argument('--json', help='also write the tables here')
    p.add_argument('--card', action='store_true', help="write them into the model's MODEL_CARD.md")
    a = p.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    with open(os.path.join(a.model, 'manifest.json')) as f:
        manifest = json.load(f)
    point = next((o for o in manifest['embedder']['operatingPoints'] if o['fmr'] == a.fmr), None)
    if point is None:
        p.error(f'{a.model} has no operating point at {a.fmr}: measure them with `npm run evaluate`')
    with open(os.path.join(a.data, 'faces-cut.csv')) as f:
        labels = [row for row in csv.DictReader(f) if row['age'] and row['gender'] and row['ethnicity']]
    rows = [int(row['index']) for row in labels]
    pictures, pack = unpack(os.path.join(a.data, 'faces-cut.npz'))
    rng = np.random.default_rng(0)
    torch.manual_seed(0)
    donors = whole_faces(a.data, len(rows), rng)
    e = embed(as_read(a.model).to(memory_format=last), pictures[rows], pack['cut'][rows].astype(np.float32), donors)
    threshold, out = tables(e, labels, a.fmr, a.limit, rng, point['threshold'])
    told = report(threshold, out, point['threshold'], a.fmr)
    print(f'{manifest["id"]} {manifest["version"]}\n\n{told}')
    if a.card:
        write_card(os.path.join(a.model, 'MODEL_CARD.md'), told)
    if a.json:
        with open(a.json, 'w') as f:
            json.dump({'model': manifest['id'], 'version': manifest['version'], 'threshold': threshold, 'modelsThreshold': point['threshold'], **out}, f, indent=1)


if __name__ == '__main__':
    main()
