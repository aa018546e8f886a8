"""All packs of a folder as one row of faces, sharp ones among them, and which of them no network may learn from.

Packs faces-*.npz hold pictures of 128×128 pixels, sharp-*.npz larger ones. A sharp face is shown as it is, or made soft; a soft one is never enlarged.
"""
import csv
import glob
import hashlib
import os

import cv2
import numpy as np

from pictures import unpack

SIDE = 128
# Of the sharp faces, how many are made soft when they are drawn, and down to which side.
SOFT, SMALLEST = 0.5, 64
# Kept aside: of the people whom the tables name, unless they have so many pictures that one would outweigh the rest, and of all other faces.
PEOPLE_ASIDE, LARGEST, OTHERS_ASIDE = 0.05, 50, 0.01


def pack_paths(folder):
    """The packs in the order of all rows: first those of soft faces"""
    return [path for kind in ('faces', 'sharp') for path in sorted(glob.glob(os.path.join(folder, f'{kind}-*.npz')))]


def read_labels(path, n):
    """A pack's table -> a dict for each of its n faces; empty ones where there is no table"""
    table = path[:-len('.npz')] + '.csv'
    if not os.path.exists(table):
        return [{}] * n
    with open(table) as f:
        rows = {int(row['index']): row for row in csv.DictReader(f)}
    return [rows.get(i, {}) for i in range(n)]


def softened(face, side=SIDE):
    """uint8 [n, n, 3] -> [side, side, 3]; a face that is not larger stays as it is"""
    return face if len(face) <= side else cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA)


class Faces:
    """soft: uint8 [n, 128, 128, 3], every face; cut, odds: float32 [n]; sharp: the larger pictures of the faces from row `first` on; labels: the
    tables' rows, each with its `pack`"""

    def __init__(self, folder):
        paths, cut, odds, self.labels, self.sharp, at = pack_paths(folder), [], [], [], [], 0
        # Filled pack by pack: two copies of everything would take as much memory as training does.
        self.soft = np.empty((sum(len(np.load(path)['cut']) for path in paths), SIDE, SIDE, 3), np.uint8)
        self.first = len(self.soft)
        for path in paths:
            x, z = unpack(path)
            if x.shape[1] > SIDE:
                self.first = min(self.first, at)
                self.sharp.extend(x)
                x = [softened(face) for face in x]
            self.soft[at:at + len(x)] = x
            at += len(x)
            cut.append(z['cut'])
            odds.append(z['odds'])
            name = os.path.basename(path)[:-len('.npz')]
            self.labels += [{**row, 'pack': name, 'row': i} for i, row in enumerate(read_labels(path, len(x)))]
        self.cut, self.odds = (np.concatenate(v).astype(np.float32) for v in (cut, odds))

    def __len__(self):
        return len(self.soft)

    def drawn(self, row, soft, rng):
        """A face to distort. soft: its soft picture, in whatever surroundings"""
        if row < self.first:
            return soft
        face = self.sharp[row - self.first]
        return softened(face, int(rng.integers(SMALLEST, SIDE + 1))) if rng.random() < SOFT else face


def read_faces(folder):
    """All packs -> uint8 RGB [n, 128, 128, 3], sharp ones made soft; rows cut off at the top [n]; odds of drawing each [n]"""
    faces = Faces(folder)
    return faces.soft, faces.cut, faces.odds


def kept_aside(labels, seed=3):
    """bool [n]: what no run learns from, so that it tells what a network makes of other faces than it learned: whole people where the tables name them.

    Every face, or person, is drawn by a hash of its own name: two networks keep the same aside. A pack that is added changes nothing for the others, but for
    a person whom it brings past LARGEST pictures: runs learn from that person from then on.
    """
    people = {}
    for row in labels:
        if row.get('person'):
            people[who(row)] = people.get(who(row), 0) + 1

    def aside(row):
        if row.get('person'):
            return people[who(row)] <= LARGEST and chance(f'{seed} {who(row)}') < PEOPLE_ASIDE
        return chance(f'{seed} {row["pack"]} {row["row"]}') < OTHERS_ASIDE

    return np.array([aside(row) for row in labels], bool)


def who(row):
    """Names are a source's own, whichever of its pictures are in which pack"""
    return f'{row["source"]}: {row["person"]}'


def chance(name):
    """The same number in 0..1 for the same name"""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], 'big') / 2 ** 64
