"""Packs of either size, and the faces kept aside: python3 -m unittest training/tests/test_packs.py"""
import contextlib
import csv
import io
import itertools
import os
import sys
import tempfile
import unittest
from unittest import mock

import cv2
import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import distill
import distill_cpu
import distort
import finetune
import gaps
import held
import packs
import renorm
from spread import spread


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
        odds = self.faces.odds.astype(np.float64) / self.faces.odds.sum()
        rows, crops, x, mixed = next(distill_cpu.feed(self.faces, [self.faces.soft], odds, 8, 1, lambda: 112, distort.Distorter(1, blends=0.5), 1))
        self.assertEqual((len(rows), crops.shape, x.shape, len(mixed)), (8, (8, 112, 112, 3), (8, 3, 112, 112), 8))
        self.assertTrue((rows >= 5).any() and (rows < 5).any())

    def test_gaps_tell_every_source_and_show_sharp_faces_sharp(self):
        aside = np.array([True] + [False] * 7)
        found = {name: (list(a), list(b)) for name, a, b in gaps.sources_of(self.faces, aside, 300, np.random.default_rng(0), least=1)}
        self.assertEqual({name: (sorted(a), b) for name, (a, b) in found.items()},
                         {'faces-a: set': ([1, 2], [0]), 'faces-b: unknown': ([3, 4], []), 'sharp-a: set': ([5, 6, 7], [])})
        crops = lambda rows, soft=False: gaps.crops_of(self.faces, np.array(rows), np.random.default_rng(0), np.array([3]), soft)
        self.assertEqual(crops([1, 2]).shape, (2, 3, 112, 112))
        self.assertEqual(crops([5, 6]).shape, (2, 3, 160, 160))
        self.assertEqual(crops([5, 6], soft=True).shape, (2, 3, 112, 112))

    def test_gaps_show_cut_off_faces_in_natural_surroundings_as_training_does(self):
        rows = np.array([4] * 12)
        plain = finetune.center(finetune.as_tensor(self.faces.soft[rows]), 112)
        changed = (gaps.crops_of(self.faces, rows, np.random.default_rng(0), np.array([3])) - plain).abs().amax((1, 2, 3)) > 0.05
        self.assertGreater(changed.float().mean(), 0.5)

    def test_gaps_compare_with_what_the_student_was_taught(self):
        # A student that answers with the target itself: the teacher's answer, moved away from a crowd.
        told, crowd = F.normalize(torch.tensor([[1.0, 0.2, 0]])), F.normalize(torch.tensor([[1.0, -1.5, 0]]))
        teacher, student = (lambda x, e=e: e.expand(len(x), 3) for e in (told, spread(told, crowd)))
        self.assertAlmostEqual(gaps.cosine(student, teacher, torch.zeros(2, 3, 112, 112), crowd=crowd), 1, 6)
        self.assertLess(gaps.cosine(student, teacher, torch.zeros(2, 3, 112, 112)), 0.99)

    def test_faces_kept_aside_are_shown_soft_and_the_sharp_ones_sharp_as_well(self):
        target = F.normalize(torch.randn(3, 4, generator=torch.Generator().manual_seed(0)))
        aside = held.Held(self.faces, np.array([0, 3, 6]), target, 32)
        self.assertEqual([(name, len(x), known.tolist()) for name, x, _, known in aside.sets],
                         [('faces kept aside', 3, [True, False, True]), ('sharp ones shown sharp', 1, [True])])
        self.assertTrue(torch.equal(aside.sets[1][2], target[2:]))
        close, told = aside(lambda x: target[:1].expand(len(x), 4))
        one = target @ target[0]
        self.assertAlmostEqual(close, (one.sum().item() + one[2].item()) / 4, 5)
        self.assertRegex(told, r'^faces kept aside: cosine .*, nearest 0.333; sharp ones shown sharp: cosine .*, nearest 1.000$')
        self.assertEqual(len(held.Held(self.faces, np.array([0, 3]), target[:2], 32).sets), 1)

    def test_the_better_of_the_average_and_the_last_weights_is_saved(self):
        average, student = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)
        of_weight = lambda net: (net.weight.item(), f'cosine {net.weight.item():.1f}')
        for last, name, told in ((0.25, 'the average of the weights (the last ones: cosine 0.2500)', 'cosine 0.5'),
                                 (0.75, 'the last weights (their average: cosine 0.5000)', 'cosine 0.8')):
            average.weight.data.fill_(0.5), student.weight.data.fill_(last)
            found = distill_cpu.closest(average, student, of_weight)
            self.assertEqual((found[:2], found[2].weight.item()), ((name, told), max(0.5, last)))

    def test_pictures_to_measure_batch_norms_with_are_of_all_faces_but_those_kept_aside(self):
        aside = np.array([False] * 5 + [True] * 3)
        with mock.patch.object(renorm, 'kept_aside', lambda labels: aside), mock.patch.object(packs.Faces, 'drawn', autospec=True, side_effect=packs.Faces.drawn) as drawn:
            crops = list(renorm.calm_crops(self.folder.name, 3, 10, 32))
        self.assertEqual([x.shape for x in crops], [(10, 3, 32, 32)] * 3)
        self.assertEqual({call.args[1] for call in drawn.call_args_list}, {0, 1, 2, 3, 4})

    def test_batch_norms_are_measured_of_the_network_that_the_checkpoint_names(self):
        before, after = (os.path.join(self.folder.name, name) for name in ('before.pt', 'after.pt'))
        distill.save(distill.fresh('inception-160'), 'inception-160', 5, before)
        with mock.patch.object(renorm, 'calm_crops', lambda folder: [torch.rand(4, 3, 64, 64)]), \
                mock.patch.object(sys, 'argv', ['renorm.py', before, '--data', self.folder.name, '--out', after]):
            renorm.main()
        self.assertEqual(torch.load(after, weights_only=True)['net'], 'inception-160')


class MadeUpTeacher(torch.nn.Module):
    """Answers with the colors of a few places; what it calls its maps are the picture, made smaller"""

    def forward(self, x, maps=None):
        if maps is not None:
            maps.update({side: F.adaptive_avg_pool2d(x, side) / 127.5 - 1 for side in (14, 7)})
        return F.normalize(F.pad(F.adaptive_avg_pool2d(x, 6).flatten(1) / 127.5 - 1, (0, 20)))


class WholeRun(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        write_pack(self.folder, 'faces-a', made_up(8, 128))
        write_pack(self.folder, 'sharp-a', made_up(4, 205, 1))
        answers = np.random.default_rng(0).normal(size=(12, 128))
        np.savez(os.path.join(self.folder, 'answers.npz'), e=answers / np.linalg.norm(answers, axis=1, keepdims=True))
        self.state, self.written = (os.path.join(self.folder, f'mobilenet-160.{end}') for end in ('state.pt', 'pt'))

    def run_for_a_moment(self, *options, tick=1.0):
        """A run of distill_cpu.py with faces that are made up, of a few steps on any machine: its clock moves on by `tick` seconds when it is looked at, which
        only the run itself does. -> what it says"""
        said, aside, clock, folder = io.StringIO(), np.arange(12) % 4 == 3, itertools.count(), self.folder
        arguments = ['distill_cpu.py', '--data', folder, '--answers', os.path.join(folder, 'answers.npz'), '--out', folder, '--batch', '4', '--copies', '1',
                     '--minutes', '0.2', '--seed', '1', *options]
        with mock.patch.object(distill_cpu, 'Teacher', MadeUpTeacher), mock.patch.object(distill_cpu, 'kept_aside', lambda labels: aside), \
                mock.patch.object(distill_cpu, 'FIT', 1), mock.patch.object(distill_cpu, 'time', mock.Mock(time=lambda: tick * next(clock))), \
                mock.patch.object(sys, 'argv', arguments), contextlib.redirect_stdout(said):
            distill_cpu.main()
        return said.getvalue()

    def steps(self, path):
        return torch.load(path, weights_only=True)['steps']

    def test_writes_a_network_and_a_state_that_the_next_run_goes_on_from(self):
        said = self.run_for_a_moment('--decay', '0.5')
        self.assertRegex(said, r'(the average of the weights|the last weights) .*faces kept aside: cosine .*; sharp ones shown sharp: cosine ')
        first, first_of_state = self.steps(self.written), self.steps(self.state)
        self.assertLess(first_of_state, first)
        self.run_for_a_moment('--decay', '0', '--resume', self.state)
        self.assertGreater(self.steps(self.written), first_of_state)
        self.assertEqual(self.steps(self.state), self.steps(self.written))  # the rate never fell: the state is that of the end

    def test_a_run_that_dies_leaves_the_state_of_ten_minutes_before(self):
        dies = mock.patch.object(distill_cpu, 'follow', side_effect=[*[None] * 4, RuntimeError('no memory')])
        with dies, self.assertRaisesRegex(RuntimeError, 'no memory'):
            self.run_for_a_moment('--minutes', '100', tick=100.0)
        self.assertTrue(0 < self.steps(self.state) < 5)

    def test_a_run_whose_rate_falls_all_the_time_writes_no_state(self):
        self.run_for_a_moment('--decay', '1')
        self.assertTrue(os.path.exists(self.written))
        self.assertFalse(os.path.exists(self.state))


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
        told = held.agreement(net, x, target, torch.tensor([False, False, True, True]))[1]
        self.assertEqual(told, 'cosine 0.9268 (people kept aside 0.8536), nearest 1.000')
        lost = held.agreement(net, torch.tensor([[2.0, 0], [0, 3], [1, 0.1]]).view(3, 2, 1, 1), torch.tensor([[1.0, 0], [0, 1], [0.5 ** 0.5, 0.5 ** 0.5]]),
                                     torch.zeros(3, dtype=torch.bool))[1]
        self.assertEqual(lost, 'cosine 0.9247, nearest 0.667')
        self.assertNotIn('people', held.agreement(net, x, target, torch.zeros(4, dtype=torch.bool))[1])


if __name__ == '__main__':
    unittest.main()
