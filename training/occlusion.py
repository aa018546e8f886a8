"""Trains the network that estimates how much of a face is hidden: python3 occlusion.py [--data DIR] [--aligned DIR] [--faces N] [--json FILE] [--check | --measure]

Things are drawn over the packs' faces (occluders.py), and a network of 12,000 weights learns which share of eyes, nose and mouth they hide. Its weights
become src/quality/occlusionWeights.ts, and its output for a picture that code draws becomes a fixture for the tests of both languages.

Some sources of pictures are held out, and so is a fifth of UTKFace, whose labels give false alarms by group of people. `--check` trains again without each
kind of thing in turn, which shows how well the network finds things that it has never seen. `--aligned DIR` counts how many other pictures would
be called covered (make them with `npm run align -- --images PICTURES --out DIR`). `--measure` trains nothing and measures the existing weights.
"""
import argparse
import csv
import glob
import json
import os
import time

import numpy as np
import torch

from occluded import bare, made, one_of
from occluders import KINDS
from occlusion_net import REGIONS, SIZE, estimate, features, from_base64, learn, run, to_base64
from occlusion_report import aligned, false_alarms, found, share_above
from pictures import unpack

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHTS = os.path.join(HERE, '../src/quality/occlusionWeights.ts')
FIXTURE = os.path.join(HERE, '../src/quality/fixtures/occlusion.json')
ASIDE = ('celebrity', 'film', 'lfw-unpaired')
LIMIT = 0.3  # QUALITY_LIMITS.maxOcclusion of src/quality/qualityRules.ts
EPOCHS = 20


def read(folder):
    """-> faces uint8 [n, 128, 128, 3], their rows of the CSVs"""
    pictures, people = [], []
    for path in sorted(glob.glob(os.path.join(folder, 'faces-*.npz'))):
        pictures.append(unpack(path)[0])
        with open(path[:-4] + '.csv') as file:
            people += csv.DictReader(file)
    return np.concatenate(pictures), people


def worn(guess):
    """Which bare pictures show real sunglasses, and for which that is unclear: bool [n] twice, from a first network's shares [n, 4]

    About one in a hundred of the packs' faces wears some. Taking these for bare would teach that sunglasses hide nothing.
    """
    eyes, calm = guess[:, :2].min(1), guess[:, 3] < 0.3
    return (eyes > 0.45) & calm, (eyes > 0.15) & (eyes <= 0.45) & calm


def learn_again(x, y, rows, guess, worn_x, epochs=EPOCHS, log=None):
    """The network, from drawings and from sunglasses as worn. rows: the face each is drawn over; guess: of the bare faces; worn_x: features of the worn"""
    shaded, unclear = worn(guess)
    y, keep = y.copy(), ~unclear[rows]
    y[shaded[rows], :2] = 1
    worn_y = np.repeat([[1, 1, 0, 0]], len(worn_x), 0)
    return learn(np.concatenate([x[keep], worn_x]), np.concatenate([y[keep], worn_y]), epochs, 1, log)


def drawn_face():
    """The picture of the fixture, as measureOcclusion.test.ts draws it: float32 [160, 160, 3] in −1 … 1"""
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float64)
    light = 0.3 * np.sin(x / 17) * np.cos(y / 23) - 0.2 * ((x // 5 + y // 7) % 2)
    dark = (y > 60) & (y < 88) & (x > 30) & (x < 80)
    return np.stack([np.where(dark, -0.9, light + 0.3), np.where(dark, -0.8, light), np.where(dark, -0.7, light - y / 400)], -1).astype(np.float32)


def write(text):
    fixture = estimate(features(drawn_face()[None]), from_base64(text))[0]
    with open(WEIGHTS, 'w') as file:
        file.write('// Written by `python3 training/occlusion.py`: the weights of `runOcclusionNetwork`, laid out as `to_base64` of training/occlusion_net.py says.\n')
        file.write(f"export const OCCLUSION_WEIGHTS =\n  '{text}';\n")
    with open(FIXTURE, 'w') as file:
        json.dump({name: round(float(v), 5) for name, v in zip(REGIONS, fixture)}, file, indent=2)
        file.write('\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', default=os.path.join(HERE, 'data'))
    parser.add_argument('--aligned', help='a folder of pictures written by npm run align')
    parser.add_argument('--faces', type=int, help='use only about this many faces for training and for each check, for a quick trial')
    parser.add_argument('--check', action='store_true', help='also train without each kind of thing')
    parser.add_argument('--measure', action='store_true', help='train nothing: measure the existing weights')
    parser.add_argument('--json', help='where to write the figures')
    args = parser.parse_args()
    log = lambda text: print(time.strftime('%H:%M:%S'), text, flush=True)

    torch.set_num_threads(1)  # the same sums on any number of processors
    pictures, people = read(args.data)
    held = np.array([p['source'] in ASIDE or (p['source'] == 'utkface' and i % 5 == 0) for i, p in enumerate(people)])
    strangers = held & np.array([p['source'] in ASIDE for p in people])
    donors = pictures[np.array([p['source'] not in ('utkface', 'mask-bare') for p in people]) & ~held]
    pick = lambda rows: np.flatnonzero(rows)[:: max(1, int(rows.sum() / args.faces))] if args.faces else np.flatnonzero(rows)
    learned, aside, kept = pictures[pick(~held)], pictures[pick(strangers)], pick(held)

    if args.measure:
        with open(WEIGHTS) as file:
            text = file.read().split("'")[1]
    else:
        x, y, drawn = made(1, learned, donors, log=log)
        first = from_base64(to_base64(learn(x, y, EPOCHS // 2, 1, log)))
        guess = run(made(2, learned, donors, bare, 0)[0], first)
        log('{} faces wear sunglasses, {} perhaps'.format(*(int(rows.sum()) for rows in worn(guess))))
        worn_x = made(3, np.repeat(learned[worn(guess)[0]], 4, 0), donors, bare)[0]
        rows = np.arange(len(x))
        text = to_base64(learn_again(x, y, rows, guess, worn_x, log=log))
        write(text)

    layers = from_base64(text)
    tx, ty, tdrawn = made(4, aside, donors, one_of(KINDS), 0.5)
    figures = {'limit': LIMIT, 'found': found(tx, ty, tdrawn, KINDS, layers, LIMIT)}
    for kind in KINDS if args.check and not args.measure else []:
        log(f'without {kind}')
        keep = np.array([kind not in what.split('+') for what in drawn])
        # Only a network that has seen drawn sunglasses recognizes real ones.
        seen = (guess * 0, worn_x[:0]) if kind == 'sunglasses' else (guess, worn_x)
        other = from_base64(to_base64(learn_again(x[keep], y[keep], rows[keep], *seen, EPOCHS // 2)))
        figures.setdefault('found, never seen', {}).update(found(tx, ty, tdrawn, [kind], other, LIMIT))
    figures['false alarms'] = false_alarms(run(made(5, pictures[kept], donors, bare, 0)[0], layers).mean(1), [people[i] for i in kept], LIMIT)
    figures['false alarms, glasses drawn'] = share_above(run(made(6, aside, donors, one_of(['glasses']), 0.5)[0], layers).mean(1), LIMIT)
    if args.aligned:
        guess = run(aligned(args.aligned), layers).mean(1)
        figures['aligned, above'] = {f'{limit:.2f}': share_above(guess, limit) for limit in np.arange(0.1, 0.55, 0.05)}
    print(json.dumps(figures, indent=2))
    if args.json:
        with open(args.json, 'w') as file:
            json.dump(figures, file, indent=2)


if __name__ == '__main__':
    main()
