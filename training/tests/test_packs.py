"""Packs of either size, and the faces kept aside: python3 -m unittest training/tests/test_packs.py"""
import csv
import os
import queue
import sys
import tempfile
import threading
import unittest

import cv2
import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import distill_cpu
import distort
import gaps
import packs


def made_up(n, side, seed=0):
    rng = np.random.default_rng(seed)
    return [cv2.resize(rng.integers(0, 256, (4, 4, 3), dtype=np.uint8), (side, side)) for _ in range(n)]


def write_pack(folder, name, faces, cut=None, people=None):
    blobs = [cv2.imencode('.webp', f[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 100])[1].ravel() for f in faces]
    np.savez(os.path.join(folder, f'{name}.npz'), blob=np.concatenate(blobs), odds=np.ones(len(faces)),
             cut=np.zeros(len(faces)) if cut is None else cut, offset=np.cumsum([0] + [len(b) for b in blobs]))
    if people is not None:
        with open(os.path.join(folder, f'{name}.csv'), 'w') as f:
            table = csv.writer(f)
            table.writerow(['index', 'source', 'person'])
            table.writerows([i, 'set', person] for i, person in enumerate(people))


class Packs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.soft, self.sharp = made_up(5, 128), made_up(3, 205, 1)
        write_pack(self.folder.name, 'sharp-a', self.sharp, people=['', 'ann', ''])
        write_pack(self.folder.name, 'faces-b', self.soft[:2], cut=[0, 9])
        write_pack(self.folder.name, 'faces-a', self.soft[2:], cut=[1, 2, 3], people=['ann', '', 'bob'])
        self.faces = packs.Faces(self.folder.name)

    def test_packs_of_either_size_are_read_back_in_one_order(self):
        x, cut, odds = packs.read_faces(self.folder.name)
        small = [cv2.resize(f, (128, 128), interpolation=cv2.INTER_AREA) for f in self.sharp]
        self.assertLess(np.abs(x.astype(int) - np.stack([*self.soft[2:], *self.soft[:2], *small])).mean(), 6)
        self.assertEqual((cut.tolist(), odds.tolist()), ([1, 2, 3, 0, 9, 0, 0, 0], [1] * 8))
        self.assertEqual([(row['pack'], row['row'], row.get('person', '')) for row in self.faces.labels],
                         [('faces-a', 0, 'ann'), ('faces-a', 1, ''), ('faces-a', 2, 'bob'), ('faces-b', 0, ''), ('faces-b', 1, ''),
                          ('sharp-a', 0, ''), ('sharp-a', 1, 'ann'), ('sharp-a', 2, '')])

    def test_sharp_faces_are_also_made_soft_and_soft_ones_never_sharp(self):
        rng = np.random.default_rng(0)
        sides = lambda row: {len(self.faces.drawn(row, self.faces.soft[row], rng)) for _ in range(60)}
        self.assertEqual(sides(0), {128})
        of_sharp = sides(6)
        self.assertIn(205, of_sharp)
        self.assertTrue(all(64 <= side <= 128 for side in of_sharp - {205}))
        self.assertGreater(len(of_sharp), 10)

    def test_a_batch_mixes_both(self):
        batches, copies = queue.Queue(2), [self.faces.soft]
        odds = self.faces.odds.astype(np.float64) / self.faces.odds.sum()
        args = (self.faces, copies, odds, 8, 1, lambda: 112, distort.Distorter(1, blends=0.5), 1, batches)
        threading.Thread(target=distill_cpu.feed, args=args, daemon=True).start()
        rows, crops, x, mixed = batches.get(timeout=60)
        self.assertEqual((len(rows), crops.shape, x.shape, len(mixed)), (8, (8, 112, 112, 3), (8, 3, 112, 112), 8))
        self.assertTrue((rows >= 5).any() and (rows < 5).any())

    def test_gaps_tell_every_source_and_show_sharp_faces_sharp(self):
        aside = np.array([True] + [False] * 7)
        found = {name: (list(a), list(b)) for name, a, b in gaps.sources_of(self.faces, aside, 300, np.random.default_rng(0), least=1)}
        self.assertEqual({name: (sorted(a), b) for name, (a, b) in found.items()},
                         {'faces-a: set': ([1, 2], [0]), 'faces-b: unknown': ([3, 4], []), 'sharp-a: set': ([5, 6, 7], [])})
        self.assertEqual(gaps.crops_of(self.faces, np.array([1, 2])).shape, (2, 3, 112, 112))
        self.assertEqual(gaps.crops_of(self.faces, np.array([5, 6])).shape, (2, 3, 160, 160))
        self.assertEqual(gaps.crops_of(self.faces, np.array([5, 6]), soft=True).shape, (2, 3, 112, 112))


class Aside(unittest.TestCase):
    def labels(self, *more):
        people = [{'pack': f'faces-{i % 3}', 'row': i, 'source': 's', 'person': f'p{i % 200}'} for i in range(2000)]
        others = [{'pack': 'faces-3', 'row': i, 'source': 't', 'person': ''} for i in range(8000)]
        return [*people, *others, *more]

    def test_whole_people_are_kept_aside_in_whichever_pack(self):
        labels = self.labels()
        aside = packs.kept_aside(labels)
        kept = {row['person'] for row, held in zip(labels, aside) if held and row['person']}
        learned = {row['person'] for row, held in zip(labels, aside) if not held and row['person']}
        self.assertFalse(kept & learned)
        self.assertTrue(3 <= len(kept) <= 20, len(kept))
        self.assertTrue(50 <= aside[2000:].sum() <= 120, aside[2000:].sum())

    def test_the_same_are_kept_aside_whatever_packs_there_are(self):
        more = [{'pack': 'faces-0-new', 'row': i, 'source': 'new', 'person': ''} for i in range(500)]
        before = packs.kept_aside(self.labels())
        self.assertTrue((packs.kept_aside(self.labels(*more))[:10000] == before).all())
        self.assertTrue((packs.kept_aside([*more, *self.labels()])[500:] == before).all())
        self.assertFalse((packs.kept_aside(self.labels(), seed=4) == before).all())

    def test_a_new_pack_lets_nobody_go_but_whom_it_brings_past_the_limit(self):
        labels = self.labels()
        before = packs.kept_aside(labels)
        kept = sorted({row['person'] for row, held in zip(labels, before) if held and row['person']})
        new = lambda person, n: [{'pack': 'faces-0-new', 'row': i, 'source': 's', 'person': person} for i in range(n)]
        room = packs.LARGEST - 10
        after = packs.kept_aside(self.labels(*new(kept[0], room), *new('p-new', 1)))
        self.assertTrue((after[:10000] == before).all())
        self.assertTrue(after[10000:10000 + room].all())
        after = packs.kept_aside(self.labels(*new(kept[0], room + 1)))
        gone = np.array([row['person'] == kept[0] for row in labels])
        self.assertFalse(after[10000:].any() or after[:10000][gone].any())
        self.assertTrue((after[:10000] == before)[~gone].all())

    def test_nobody_with_very_many_pictures(self):
        many = [{'pack': 'a', 'row': i, 'source': str(i % 400), 'person': 'x'} for i in range(400 * 51)]
        self.assertFalse(packs.kept_aside(many).any())
        self.assertTrue(packs.kept_aside(many[:400 * 50]).any())

    def test_how_close_a_student_comes_is_told_for_people_kept_aside(self):
        target = torch.eye(4)
        net = lambda x: x.flatten(1)
        x = torch.stack([target[0], target[1], target[2] + target[3], target[3]]).view(4, 1, 2, 2)
        told = distill_cpu.agreement(net, x, target, torch.tensor([False, False, True, True]))
        self.assertEqual(told, 'faces kept aside: cosine 0.9268 (people kept aside 0.8536), nearest 1.000')
        lost = distill_cpu.agreement(net, torch.tensor([[2.0, 0], [0, 3], [1, 0.1]]).view(3, 2, 1, 1), torch.tensor([[1.0, 0], [0, 1], [0.5 ** 0.5, 0.5 ** 0.5]]),
                                     torch.zeros(3, dtype=torch.bool))
        self.assertEqual(lost, 'faces kept aside: cosine 0.9247, nearest 0.667')
        self.assertNotIn('people', distill_cpu.agreement(net, x, target, torch.zeros(4, dtype=torch.bool)))


if __name__ == '__main__':
    unittest.main()
