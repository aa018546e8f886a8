"""How many genuine pairs a model refuses on pictures of celebrities, a second set beside LFW: harder, and soft (128 pixels for a crop wider
than the network's). Any model folder that recognizer.py can run."""
import argparse
import csv
import os

import cv2
import numpy as np

from pictures import FRAME, unpack
from recognizer import Recognizer


def crops(pictures, size):
    """The middle of each picture, as the network sees it: uint8 [n, size, size, 3]"""
    side = pictures.shape[1]
    keep = side * FRAME
    scale, shift = keep / size, (side - keep) / 2
    turn = np.float32([[scale, 0, shift + scale / 2 - 0.5], [0, scale, shift + scale / 2 - 0.5]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.stack([cv2.warpAffine(p, turn, (size, size), flags=how, borderMode=cv2.BORDER_REPLICATE) for p in pictures])


def refused(embeddings, people, rates):
    """All pairs of different pictures -> for each false match rate the share of genuine pairs that the threshold for it refuses"""
    a, b = np.triu_indices(len(people), 1)
    scores = (embeddings @ embeddings.T)[a, b]
    same = people[a] == people[b]
    genuine, impostor = np.sort(scores[same]), -np.sort(-scores[~same])
    return [np.searchsorted(genuine, impostor[int(rate * len(impostor))]) / len(genuine) for rate in rates], len(genuine), len(impostor)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--model', required=True, help='a model folder')
    p.add_argument('--data', required=True, help='folder with faces-whole-2.npz and .csv')
    p.add_argument('--source', default='celeba-200')
    a = p.parse_args()
    pictures, _ = unpack(os.path.join(a.data, 'faces-whole-2.npz'))
    with open(os.path.join(a.data, 'faces-whole-2.csv')) as f:
        rows = [r for r in csv.DictReader(f) if r['source'] == a.source and r['person']]
    net = Recognizer(a.model)
    faces = crops(pictures[[int(r['index']) for r in rows]], net.input['size'])
    embeddings = np.concatenate([net(faces[i:i + 64]) for i in range(0, len(faces), 64)])
    people = np.array([r['person'] for r in rows])
    rates, genuine, impostor = refused(embeddings, people, (1e-2, 1e-3, 1e-4))
    print(f'{len(faces)} pictures of {len(set(people))} people, {genuine} genuine and {impostor} impostor pairs: refused at 1e-2, 1e-3, 1e-4 '
          + ', '.join(f'{100 * r:.1f}' for r in rates) + ' %')


if __name__ == '__main__':
    main()
