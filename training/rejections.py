"""Who is falsely refused: python3 rejections.py --model ../public/models/mobilenet-160 --embedded out/embedded/mobilenet-160.npz --pairs pairs.csv

No set at hand has both labels of people and several pictures of each. So LFW's people (sets 1 to 5), of whom there are several pictures, get guessed labels:
gender and ethnicity by a linear classifier on embeddings, which learns from UTKFace's labels, averaged over a person's pictures. How often it is right is
measured on the half of UTKFace that it does not learn from, one picture each; `--guess` lets another model than the measured one guess. Rates are of all
genuine pairs of a group at the thresholds that promise 1 false match in 1,000 (LFW, all pairs of strangers), by plain and by normalized distances (the
model's cohort.bin); intervals are bootstraps over people. Read them as what they are: groups of guessed labels, of few people.
"""
import argparse
import json
import os

import numpy as np

from cohort import Lfw, means, read, squares
from distill import HERE
from groups import markdown, write_card

RATE = 1e-3
FEWEST = 15  # people with several pictures, below which nothing is said of a group
RESAMPLES = 2000


def classifier(x, labels, penalty=1.0):
    """Ridge regression on one-hot labels -> what gives scores [n, classes] to embeddings; the classes in order"""
    classes, index = np.unique(labels, return_inverse=True)
    bias = lambda v: np.hstack([v, np.ones((len(v), 1), v.dtype)])
    a, wanted = bias(x).astype(np.float64), np.eye(len(classes))[index] - np.bincount(index) / len(index)
    # Classes count alike, however many faces they have.
    weight = (len(index) / len(classes) / np.bincount(index))[index][:, None]
    w = np.linalg.solve(a.T @ (weight * a) + penalty * np.eye(a.shape[1]), a.T @ (weight * wanted))
    return lambda v: bias(v) @ w, classes


def guess(e, told, kind, people, rng):
    """Trains on half of UTKFace's adults -> each person's label, the share of the other half that is guessed right"""
    adults = np.array([s == 'utkface' and a != '' and int(a) >= 18 and label != 'other' for s, a, label in zip(told['source'], told['age'], told[kind])])
    rows = rng.permutation(np.flatnonzero(adults))
    learn, test = rows[::2], rows[1::2]
    score, classes = classifier(e[learn], told[kind][learn])
    right = float((classes[np.argmax(score(e[test]), 1)] == told[kind][test]).mean())
    own = score(e[people.rows])
    summed = np.zeros((people.person.max() + 1, len(classes)))
    np.add.at(summed, people.person, own)
    return classes[np.argmax(summed, 1)], right


def refusals(refused, person, members, rng):
    """refused, person: of genuine pairs; members: people -> share of their pairs that is refused, its interval over resampled people, pairs, people"""
    of = {p: refused[person == p] for p in np.unique(person[np.isin(person, members)])}
    hits, pairs = np.array([v.sum() for v in of.values()]), np.array([len(v) for v in of.values()])
    drawn = rng.integers(0, len(pairs), (RESAMPLES, len(pairs)))
    shares = hits[drawn].sum(1) / pairs[drawn].sum(1)
    return hits.sum() / pairs.sum(), np.quantile(shares, [0.025, 0.975]), int(pairs.sum()), len(pairs)


def cohort_of(model):
    """-> rows [n, values], k, weight, center of a model folder's cohort"""
    with open(os.path.join(model, 'manifest.json')) as f:
        c = json.load(f)['embedder']['cohort']
    rows = np.fromfile(os.path.join(model, c['path']), np.int8).reshape(c['count'], -1).astype(np.float32)
    return rows * c['scale'], c['k'], c['weight'], c['center']


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--data', default=os.path.join(HERE, 'data'))
    p.add_argument('--pairs', required=True, help="LFW's list of pairs, CSV")
    p.add_argument('--model', default=os.path.join(HERE, '../public/models/mobilenet-160'))
    p.add_argument('--embedded', required=True, help='what embedded.py wrote of it')
    p.add_argument('--guess', help='what embedded.py wrote of the model whose embeddings the labels are guessed from; default: the same')
    p.add_argument('--card', action='store_true', help="write the table into the model's MODEL_CARD.md")
    a = p.parse_args()
    e, told = read(a.embedded)
    seen, known = read(a.guess or a.embedded)
    at = np.flatnonzero(told['source'] == 'lfw')
    lfw = Lfw(e[at], os.path.join(a.data, 'lfw-dev-112.npz'), a.pairs)
    rng = np.random.default_rng(0)
    guessing = np.flatnonzero(known['source'] == 'lfw')
    people = Lfw(seen[guessing], os.path.join(a.data, 'lfw-dev-112.npz'), a.pairs)
    people.rows = guessing[people.rows]
    rows, k, weight, center = cohort_of(a.model)
    m = means(lfw.e, rows, k)
    genuine = np.nonzero(lfw.genuine)
    person = lfw.person[genuine[0]]
    refused = []
    for d in (squares(lfw.e, m, 0, 0), squares(lfw.e, m, weight, center)):
        threshold, _ = lfw.refused(d, RATE)
        refused.append(d[genuine] > threshold)
    table, right = [], {}
    groups = {'everybody': np.arange(lfw.person.max() + 1)}
    for kind in ('gender', 'ethnicity'):
        labels, right[kind] = guess(seen, known, kind, people, rng)
        groups.update({label: np.flatnonzero(labels == label) for label in np.unique(labels)})
    for name, members in groups.items():
        (before, interval, pairs, number), (after, later, _, _) = (refusals(r, person, members, np.random.default_rng(1)) for r in refused)
        if number < FEWEST:
            continue
        told_as = lambda share, ends: f'{100 * share:.1f} % ({100 * ends[0]:.1f} … {100 * ends[1]:.1f})'
        table.append((name, f'{number}', f'{pairs:,}', told_as(before, interval), told_as(after, later)))
    text = markdown(('guessed as', 'people', 'genuine pairs', 'refused, plain', 'refused, normalized'), table)
    text += f'\n\nGuessed right of UTKFace\'s adults, one picture each: gender {100 * right["gender"]:.0f} %, ethnicity {100 * right["ethnicity"]:.0f} %.'
    print(text)
    if a.card:
        write_card(os.path.join(a.model, 'MODEL_CARD.md'), text, 'rejections')


if __name__ == '__main__':
    main()
