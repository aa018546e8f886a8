"""python3 -m unittest discover training/tests: every part of the recipe on made-up pictures, on a CPU, in under a minute."""
import contextlib
import copy
import io
import itertools
import os
import pickle
import sys
import tempfile
import unittest
from unittest import mock

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import answers
import average
import distill
import distill_cpu
import distort
import export
import fastcpu
import finetune
import gaps
import groups
import hints
import labeled
import muon
import pace
import pictures
import renorm
import schedule
import triplets
from ahead import ahead
from networks import NETWORKS, SameConv, SamePool, conv_bn
from spread import spread

torch.set_num_threads(2)


def made_up_people(folder, people=4, each=4, side=64):
    """Each person a pattern of their own, each picture of it lit differently."""
    rng = np.random.default_rng(3)
    for person in range(people):
        os.makedirs(os.path.join(folder, f'person{person}'))
        face = cv2.resize(rng.integers(0, 256, (5, 5, 3), dtype=np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
        for k in range(each):
            cv2.imwrite(os.path.join(folder, f'person{person}', f'{k}.png'), np.clip(face * rng.uniform(0.7, 1.1), 0, 255).astype(np.uint8))


class Networks(unittest.TestCase):
    def test_same_padding_is_tensorflows(self):
        # TensorFlow pads 5 pixels at stride 2 by (1, 1) and 4 pixels by (0, 1).
        x = torch.arange(4.0).view(1, 1, 1, 4).expand(1, 1, 4, 4)
        conv = SameConv(1, 1, 3, 2, bias=False)
        conv.weight.data.fill_(0)
        conv.weight.data[0, 0, 0, 0] = 1  # looks at the window's first pixel
        self.assertEqual(conv(x)[0, 0, 0].tolist(), [0, 2])
        self.assertEqual(conv(F.pad(x, (0, 1, 0, 1)))[0, 0, 1].tolist(), [0, 1, 3])

    def test_embeddings_have_128_values_at_any_size(self):
        for net in NETWORKS.values():
            self.assertEqual(net().eval()(torch.zeros(1, 3, 96, 96)).shape, (1, 128))

    def test_parameters(self):
        count = {name: sum(q.numel() for q in net().parameters()) for name, net in NETWORKS.items()}
        self.assertAlmostEqual(count['mobilenet-160'] / 1e6, 3.36, 1)
        self.assertAlmostEqual(count['inception-160'] / 1e6, 7.5, 0)


class FusedBatchNorm(unittest.TestCase):
    def test_values_and_gradients_are_pytorchs(self):
        torch.manual_seed(1)
        layers = lambda: nn.Sequential(conv_bn(16, 32, 1), conv_bn(32, 32, 3, groups=32), conv_bn(32, 32, 1, act=nn.ReLU)).train()
        plain, fused = layers(), fastcpu.fuse(layers())
        fused.load_state_dict(plain.state_dict())
        x = (torch.randn(8, 16, 20, 20) * 3 + 1).contiguous(memory_format=torch.channels_last)
        outs = []
        for net in (plain, fused):
            y = net(x)
            (y * torch.linspace(0, 1, 20)).sum().backward()
            outs.append(y)
        self.assertLess((outs[0] - outs[1]).abs().max(), 1e-4)
        for (name, p), q in zip(plain.named_parameters(), fused.parameters()):
            self.assertLess((p.grad - q.grad).norm() / p.grad.norm(), 1e-3, name)
        for (name, p), q in zip(plain.state_dict().items(), fused.state_dict().values()):
            self.assertLess((p.float() - q.float()).abs().max(), 1e-4, name)
        self.assertEqual(fused.eval()(x).shape, (8, 32, 20, 20))


class StridedDepthwise(unittest.TestCase):
    def test_values_and_gradients_are_pytorchs(self):
        for size in (20, 21, 14, 7):
            torch.manual_seed(size)
            plain, fast = (nn.Sequential(SameConv(8, 8, 3, 2, bias=False, groups=8)).train() for _ in range(2))
            fast.load_state_dict(plain.state_dict())
            self.assertIsNot(type(fastcpu.fuse(fast)[0]), SameConv)
            picture = torch.randn(2, 8, size, size)
            seen = []
            for net in (plain, fast):
                x = picture.clone().requires_grad_()
                y = net(x)
                (y * torch.arange(y.numel()).view(y.shape)).sum().backward()
                seen.append((y, x.grad, net[0].weight.grad))
            for of_plain, of_fast in zip(*seen):
                self.assertLess((of_plain - of_fast).norm() / of_plain.norm(), 1e-5)


class FastPrelu(unittest.TestCase):
    def test_values_are_pytorchs(self):
        torch.manual_seed(1)
        plain, fast = nn.PReLU(24), nn.PReLU(24)
        plain.weight.data.uniform_(-1, 1)
        fast.load_state_dict(plain.state_dict())
        fast = fastcpu.fuse(nn.Sequential(fast))
        with torch.no_grad():
            for dtype, within in ((torch.float32, 1e-6), (torch.bfloat16, 0.02)):
                x = torch.randn(3, 24, 5, 7).to(dtype)
                self.assertLess((plain(x.float()) - fast(x)).abs().max(), within)
        x = torch.randn(3, 24, 5, 7, requires_grad=True)
        fast(x).sum().backward()
        self.assertIsNotNone(x.grad)


class Paces(unittest.TestCase):
    def test_goes_on_with_whichever_number_of_threads_is_faster(self):
        before = torch.get_num_threads()
        try:
            for cost, wanted in (({1: 1.0, 4: 2.0}, 1), ({1: 2.0, 4: 1.0}, 4)):
                now, seen = [0.0], []
                paced = pace.Pace(4, clock=lambda: now[0])
                for _ in range(200):
                    paced.next()
                    seen.append(torch.get_num_threads())
                    now[0] += cost[seen[-1]]
                self.assertGreater(seen.count(wanted), 160)
                self.assertGreater(seen[100:].count(5 - wanted), 3)  # the other one is still tried: other work comes and goes
        finally:
            torch.set_num_threads(before)


class FusedPool(unittest.TestCase):
    def test_values_and_gradients_are_pytorchs(self):
        torch.manual_seed(1)
        for dtype in (torch.float32, torch.bfloat16):
            for stride, side in ((2, 20), (1, 7), (2, 7)):
                # Distinct values: where several are the greatest, anyone may get the gradient.
                x = (torch.randperm(2 * 5 * side * side) / 10000 + 0.1).view(2, 5, side, side).to(dtype).contiguous(memory_format=torch.channels_last)
                out = []
                for pool in (SamePool(stride), fastcpu.fuse(nn.Sequential(SamePool(stride)))):
                    leaf = x.clone().requires_grad_()
                    y = pool(leaf)
                    (y.float() * torch.linspace(0, 1, y.shape[-1])).sum().backward()
                    out.append((y, leaf.grad))
                (y, gradient), (fused, fused_gradient) = out
                self.assertTrue(torch.equal(y, fused))
                if dtype == torch.float32:
                    self.assertLess((gradient - fused_gradient).abs().max(), 1e-5)
                else:
                    self.assertAlmostEqual(gradient.sum().item(), fused_gradient.sum().item(), delta=0.01 * gradient.sum().item())


class Hints(unittest.TestCase):
    def test_maps_of_both_networks_lie_on_one_another(self):
        x = torch.zeros(2, 3, 112, 112)
        with torch.no_grad():
            maps = [hints.Maps(NETWORKS[name]().eval())(x)[1] for name in ('mobilenet-160', 'inception-160')]
        sizes = lambda of: {s: tuple(m.shape[2:]) for s, m in of.items()}
        self.assertEqual(sizes(maps[0]), {8: (14, 14), 16: (7, 7), 32: (4, 4)})
        self.assertEqual(sizes(maps[0]), sizes(maps[1]))
        self.assertEqual([maps[1][s].shape[1] for s in (8, 16, 32)], [320, 640, 1024])

    def test_measure_the_distance_in_parts_of_the_guides_variance(self):
        torch.manual_seed(3)
        guide = {s: torch.randn(40, c, 5, 5) + 9 for s, c in ((8, 6), (16, 6), (32, 8))}
        of = hints.Hints({8: 6, 16: 6, 32: 8}, {8: 6, 16: 6, 32: 8})
        for bring in of.bring.values():
            bring.weight.data.copy_(torch.eye(len(bring.weight))[:, :, None, None])
            bring.bias.data.zero_()
        self.assertAlmostEqual(of(guide, guide).item(), 0, 6)
        means = {s: torch.full_like(m, 9) for s, m in guide.items()}
        self.assertAlmostEqual(of(means, guide).item(), 1, 1)

    def test_begin_with_the_best_convolutions(self):
        torch.manual_seed(3)
        mix = torch.randn(5, 6)
        student = {16: torch.randn(40, 6, 5, 5)}
        guide = {16: torch.einsum('oi,nihw->nohw', mix, student[16]).repeat_interleave(2, 2).repeat_interleave(2, 3) + 2}  # twice as large
        of = hints.Hints({16: 6}, {16: 5})
        self.assertGreater(of(student, guide).item(), 0.5)
        of.fit([({16: student[16][i:i + 10]}, {16: guide[16][i:i + 10]}) for i in range(0, 40, 10)])
        self.assertLess(of(student, guide).item(), 1e-4)


class Triplets(unittest.TestCase):
    def test_semi_hard_is_what_brute_force_finds(self):
        torch.manual_seed(0)
        for seed in range(20):
            e = F.normalize(torch.randn(12, 4))
            people = torch.randint(0, 4, (12,))
            d, margin = triplets.squared_distances(e), 0.2 + seed * 0.05
            expected = []
            for a in range(12):
                for p in range(12):
                    if a == p or people[a] != people[p]:
                        continue
                    band = [n for n in range(12) if people[n] != people[a] and d[a, p] < d[a, n] < d[a, p] + margin]
                    if band:
                        expected.append((a, p, min(band, key=lambda n: d[a, n])))
            found = triplets.semi_hard(d, people, margin)
            self.assertEqual([tuple(int(v) for v in t) for t in zip(*found)], expected)
            loss, used = triplets.triplet_loss(e, people, margin)
            self.assertEqual(used, len(expected))
            if expected:
                self.assertAlmostEqual(loss.item(), np.mean([float(d[a, p] - d[a, n]) + margin for a, p, n in expected]), 5)

    def test_no_triplets_is_no_loss_and_no_nan(self):
        e = F.normalize(torch.randn(4, 8)).requires_grad_()
        loss, used = triplets.triplet_loss(e, torch.arange(4))
        loss.backward()
        self.assertEqual((loss.item(), used, e.grad.abs().max().item()), (0, 0, 0))


class LabeledPictures(unittest.TestCase):
    def test_reads_people_and_leaves_out_single_pictures(self):
        with tempfile.TemporaryDirectory() as folder:
            made_up_people(folder, people=3, each=2)
            os.remove(os.path.join(folder, 'person1', '0.png'))
            x, labels, names = labeled.read_people(folder, 32)
            self.assertEqual((x.shape, labels.tolist(), names), ((4, 32, 32, 3), [0, 0, 1, 1], ['person0', 'person2']))

    def test_says_what_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            made_up_people(folder, people=1)
            with self.assertRaisesRegex(ValueError, 'at least two people'):
                labeled.read_people(folder)
            made_up_people(os.path.join(folder, 'more'), people=2)
            with open(os.path.join(folder, 'person0', 'x.png'), 'w') as f:
                f.write('no picture')
            with self.assertRaisesRegex(ValueError, 'x.png is not a readable picture'):
                labeled.read_people(folder)

    def test_batches_hold_each_chosen_person_equally(self):
        labels = np.array([0] * 9 + [1] * 2 + [2] * 5 + [3] * 3)
        stream = labeled.batches(labels, 3, 4, np.random.default_rng(0))
        for _ in range(20):
            rows = next(stream)
            people, counts = np.unique(labels[rows], return_counts=True)
            self.assertEqual((len(people), counts.tolist()), (3, [4, 4, 4]))
            self.assertEqual(len(np.unique(rows[labels[rows] == 0])), np.sum(labels[rows] == 0))


class FineTuning(unittest.TestCase):
    def test_learns_people_apart_by_softmax_and_by_triplets(self):
        torch.manual_seed(0)
        with tempfile.TemporaryDirectory() as folder:
            made_up_people(folder)
            x, labels, names = labeled.read_people(folder, 64)
        x = finetune.center(finetune.as_tensor(x), 32) * 2 - 1
        for warm_up, kind in ((1.0, 'softmax'), (0.0, 'triplet')):
            net = distill.fresh('mobilenet-160').train()
            tuner = finetune.Tuner(net, len(names), 1e-3)
            gap = []
            for i in range(12):
                said, loss, _ = tuner.step(x, torch.from_numpy(labels), 0.0 if warm_up else 0.1, warm_up, 0.5)
                self.assertEqual(said, kind)
                self.assertTrue(np.isfinite(loss))
                with torch.no_grad():
                    d = triplets.squared_distances(F.normalize(net(x)))
                same = torch.from_numpy(labels[:, None] == labels[None])
                gap.append((d[~same].mean() - d[same].mean()).item())
            self.assertGreater(gap[-1], gap[0])

    def test_people_kept_aside_are_not_learned_from(self):
        labels = np.repeat(np.arange(10), 3)
        learn, aside = finetune.split(labels, 0.2, np.random.default_rng(0))
        self.assertEqual(len(np.unique(labels[aside])), 2)
        self.assertFalse(set(labels[learn]) & set(labels[aside]))
        self.assertEqual(len(finetune.split(np.repeat([0, 1], 2), 0.5, np.random.default_rng(0))[1]), 0)

    def test_so_many_pictures_are_compared_that_the_pairs_fit_into_memory(self):
        labels = np.repeat(np.arange(400), 5)
        rows = np.flatnonzero(labels % 2)
        found = finetune.some(rows, labels, 500, np.random.default_rng(0))
        self.assertEqual(len(found), 500)
        self.assertTrue((labels[found] % 2 == 1).all())
        self.assertEqual(np.unique(labels[found], return_counts=True)[1].tolist(), [5] * 100)
        self.assertEqual(finetune.some(rows[:30], labels, 500, np.random.default_rng(0)).tolist(), rows[:30].tolist())
        of_two = finetune.some(rows, labels, 3, np.random.default_rng(0))  # two people, so that there are strangers, and two pictures of each
        self.assertEqual(np.unique(labels[of_two], return_counts=True)[1].tolist(), [2, 2])

    def test_nobody_with_very_many_pictures_makes_the_pairs_too_many(self):
        for pictures_of, expected in (([900, 3, 3, 3], [250, 3, 3, 3]), ([900, 900, 900], [250, 250])):
            labels = np.repeat(np.arange(len(pictures_of)), pictures_of)
            for seed in range(4):
                found = finetune.some(np.arange(len(labels)), labels, 500, np.random.default_rng(seed))
                self.assertEqual(np.unique(labels[found], return_counts=True)[1].tolist(), expected)
                self.assertTrue((np.diff(found) > 0).all())
        self.assertGreater(finetune.some(np.arange(900), np.zeros(900), 500, np.random.default_rng(0)).max(), 600)  # not the first ones

    def test_distances_are_those_between_the_embeddings(self):
        labels = np.repeat(np.arange(4), 3)
        x = np.random.default_rng(1).integers(0, 256, (12, 32, 32, 3), dtype=np.uint8)
        net = lambda t: F.adaptive_avg_pool2d(t, 3).flatten(1)
        accuracy, threshold = finetune.verification(net, x, labels, 16)
        e = F.normalize(net(finetune.center(finetune.as_tensor(x), 16) * 2 - 1))
        d, pair = torch.cdist(e, e).numpy(), np.triu_indices(12, 1)
        same = (labels[:, None] == labels)[pair]
        rates = lambda at: ((d[pair] <= at)[same].mean() + (d[pair] > at)[~same].mean()) / 2
        self.assertAlmostEqual(accuracy, max(rates(at) for at in d[pair] + 1e-5), 5)
        self.assertAlmostEqual(accuracy, rates(threshold + 1e-5), 5)

    def test_pictures_are_distorted_and_stay_of_one_person(self):
        black_and_white = np.repeat(np.array([0, 255], np.uint8), 6).reshape(12, 1, 1, 1).repeat(64, 1).repeat(64, 2).repeat(3, 3)
        x = finetune.distorted(black_and_white, 32, 'cpu', distort.Distorter(0))
        self.assertEqual((x.shape, x.dtype), ((12, 3, 32, 32), torch.float32))
        self.assertGreater(x[6:].mean((1, 2, 3)).min(), x[:6].mean((1, 2, 3)).max() + 0.3)

    def test_gpus_that_only_emulate_bfloat16_compute_in_float32(self):
        for capability, has in (((7, 5), False), ((8, 0), True), ((9, 0), True)):
            with mock.patch.object(torch.cuda, 'get_device_capability', lambda: capability):
                self.assertEqual(fastcpu.has_bfloat16('cuda'), has)

    def test_a_run_learns_and_writes_a_network(self):
        said, clock = io.StringIO(), itertools.count()
        with tempfile.TemporaryDirectory() as folder:
            made_up_people(os.path.join(folder, 'faces'), people=10, each=2)
            arguments = ['finetune.py', '--faces', os.path.join(folder, 'faces'), '--size', '32', '--minutes', '0.1', '--people', '4', '--each', '2', '--out', folder]
            with mock.patch.object(finetune, 'time', mock.Mock(time=lambda: float(next(clock)))), mock.patch.object(sys, 'argv', arguments), \
                    contextlib.redirect_stdout(said):
                finetune.main()
            steps = torch.load(os.path.join(folder, 'mobilenet-160.pt'), weights_only=True)['steps']
        self.assertGreater(steps, 1)
        self.assertRegex(said.getvalue(), rf'{steps} steps; 2 of 2 people kept aside: accuracy ')

    def test_verification_of_a_perfect_network_is_1(self):
        colors = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
        x = np.repeat(colors, 2, 0)[:, None, None].repeat(32, 1).repeat(32, 2)
        mean = lambda t: t.mean((2, 3))
        self.assertEqual(finetune.verification(mean, x, np.repeat(np.arange(3), 2), 16)[0], 1)


class Pictures(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        np.random.seed(0)
        self.faces = torch.rand(6, 3, 128, 128)

    def test_augment_keeps_shape_and_range(self):
        for blend in (True, False):
            y = pictures.augment(self.faces, 64, blend)
            self.assertEqual(y.shape, (6, 3, 64, 64))
            self.assertTrue(0 <= y.min() and y.max() <= 1)

    def test_without_blends_no_picture_holds_another(self):
        black_and_white = torch.stack([torch.zeros(3, 128, 128), torch.ones(3, 128, 128)] * 3)
        y = pictures.augment(black_and_white, 32, blend=False)
        self.assertLess(y[0::2].mean(), 0.35)
        self.assertGreater(y[1::2].mean(), 0.35)

    def test_surround_covers_the_repeated_edge_and_keeps_the_face(self):
        x, donors = torch.full((40, 3, 128, 128), 0.5), torch.rand(40, 3, 128, 128)
        y = pictures.surround(x, torch.full((40,), 30.0), donors)
        changed = (y - x).abs().mean((1, 2, 3)) > 1e-4
        self.assertGreater(changed.float().mean(), 0.6)
        self.assertLess((y - x)[:, :, 75:90, 58:70].abs().max(), 0.05)

    def test_the_teacher_is_asked_about_the_middle_of_each_face(self):
        # A face that is white in the middle, black around it and gray at its left; the teacher answers with the brightness it is shown, left and right.
        faces = np.zeros((3, 128, 128, 3), np.uint8)
        faces[:, 16:112, 16:112] = 255
        faces[1] //= 2
        faces[2, :, :64] //= 2
        teacher = lambda x: torch.stack([x[..., :56].mean((1, 2, 3)), x[..., 56:].mean((1, 2, 3)), torch.full((len(x),), 200.0)], 1)
        left, right, one = np.concatenate(list(answers.answers(teacher, faces, np.zeros(3, np.float32), np.arange(3), np.random.default_rng(0)))).T
        self.assertGreater(left[0] / one[0], 0.85 * 255 / 200)  # the black edge is mostly cropped away
        self.assertAlmostEqual(left[1] / one[1] / left[0] * one[0], 127 / 255, 2)
        self.assertAlmostEqual(left[2], right[2], 5)  # mirrored as well

    def test_the_teacher_sees_the_background_only_of_faces_that_may_give_theirs(self):
        # Black faces that are cut off; one picture with a bright background may give it, another may not.
        faces = np.zeros((40, 128, 128, 3), np.uint8)
        faces[38, ..., 0], faces[39, ..., 1] = 255, 255
        faces[38:, 45:120, 35:95] = 0
        cut = np.where(np.arange(40) < 38, 30, 0).astype(np.float32)
        seen = []
        teacher = lambda x: seen.append(x.float().amax((2, 3))) or x.float().mean((2, 3)) + 1
        torch.manual_seed(0)
        list(answers.answers(teacher, faces, cut, np.array([38]), np.random.default_rng(0)))
        brightest = torch.stack(seen).amax(0)[:38].amax(0)
        self.assertGreater(brightest[0].item(), 100)
        self.assertEqual(brightest[1].item(), 0)

    def test_persons_are_what_other_pictures_of_them_say(self):
        rng = np.random.default_rng(1)
        unit = lambda v: (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)
        center = unit(rng.normal(size=(4, 64)))
        of = np.array([0, 0, 0, 1, 1, 2, 3, 3])
        e = unit(center[of] + 0.08 * rng.normal(size=(8, 64)))
        e[7] = e[6]  # one picture twice says nothing new
        person, trust = answers.persons(e, block=3)
        self.assertEqual((trust > 0).tolist(), [True] * 5 + [False] * 3)
        self.assertTrue((trust[:3] > trust[3]).all())
        self.assertTrue((person[5:] == 0).all())
        self.assertTrue(np.allclose(person[3], e[4], atol=1e-6))
        self.assertTrue(np.allclose(np.linalg.norm(person[:5], axis=1), 1))

    def test_nobody_is_taught_by_a_picture_that_is_kept_aside(self):
        e = np.eye(6, dtype=np.float32)[[0, 0, 0, 1, 1, 2]] + 0.3 * np.eye(6, dtype=np.float32)
        e /= np.linalg.norm(e, axis=1, keepdims=True)
        self.assertEqual((answers.persons(e)[1] > 0).tolist(), [True] * 5 + [False])
        person, trust = answers.known_persons(e, np.array([False, False, True, False, True, False]))
        self.assertEqual((trust > 0).tolist(), [True, True, False, False, False, False])
        self.assertTrue(np.allclose(person[[0, 1]], e[[1, 0]], atol=1e-6))
        self.assertFalse(person[2:].any())

    def test_a_crowd_that_lies_close_is_not_one_person(self):
        # Two hundred people round one direction, and somebody with three pictures elsewhere.
        rng = np.random.default_rng(2)
        unit = lambda v: (v / np.linalg.norm(v, axis=-1, keepdims=True)).astype(np.float32)
        middle, away = unit(rng.normal(size=32)), unit(rng.normal(size=(200, 32)))
        crowd = unit(middle + 1.1 * away)
        one = unit(unit(rng.normal(size=32)) + 0.4 * unit(rng.normal(size=(3, 32))))
        e = np.concatenate([crowd, one])
        cosine = crowd @ crowd.T
        self.assertGreater(((cosine > answers.SAME_PERSON).sum(1) - 1).mean(), 10)
        _, trust = answers.persons(e)
        self.assertLess((trust[:200] > 0).mean(), 0.35)
        self.assertTrue((trust[200:] == 0.5).all())

    def test_a_crowd_is_spread_and_the_lonely_stay(self):
        rng = np.random.default_rng(3)
        unit = lambda v: torch.tensor(v / np.linalg.norm(v, axis=-1, keepdims=True)).float()
        middle, away = unit(rng.normal(size=32)), unit(rng.normal(size=(200, 32)))
        crowd, others = F.normalize(middle + away), unit(rng.normal(size=(200, 32)))
        bank = torch.cat([crowd[:100], others[:100]])
        strangers = lambda e: (e @ e.t()).fill_diagonal_(0).mean()
        new_in_crowd, new_alone = spread(crowd[100:], bank), spread(others[100:], bank)  # nobody of them is in the bank
        self.assertLess(strangers(new_in_crowd), 0.6 * strangers(crowd[100:]))
        self.assertLess((new_alone * others[100:]).sum(1).arccos().mean(), (new_in_crowd * crowd[100:]).sum(1).arccos().mean())
        # Two pictures of one person stay together, whether the bank holds the person or not.
        twice = F.normalize(crowd[:50] + 0.25 * unit(rng.normal(size=(50, 32))))
        for known in (bank, bank[50:]):
            one, two = spread(crowd[:50], known), spread(twice, known)
            self.assertGreater((one * two).sum(1).mean(), 0.9)

    def test_distorted_faces_stay_faces(self):
        rng = np.random.default_rng(5)
        face = cv2.resize(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8), (128, 128), interpolation=cv2.INTER_CUBIC)
        crops, x, mixed = distort.Distorter(1)([face] * 60, [], 64)
        self.assertEqual((x.shape, x.dtype, crops.shape, crops.dtype), ((60, 3, 64, 64), torch.float32, (60, 64, 64, 3), np.uint8))
        self.assertTrue(-1 <= x.min() and x.max() <= 1)
        self.assertTrue(x.is_contiguous(memory_format=torch.channels_last))
        self.assertFalse(mixed.any())
        # Nearer to this face, or to its mirror image, than to another one; both the crops and what the camera makes of them.
        plain = lambda f: torch.from_numpy(cv2.resize(f[14:114, 14:114], (64, 64)) / 127.5 - 1).permute(2, 0, 1).float()
        for seen in (x, torch.from_numpy(crops).permute(0, 3, 1, 2) / 127.5 - 1):
            near = lambda f: torch.stack([F.cosine_similarity(seen.flatten(1), t.flatten()[None]) for t in (plain(f), plain(f).flip(2))]).amax(0)
            self.assertGreater((near(face) > near(255 - face)).float().mean(), 0.95)
            self.assertGreater((seen[0] - seen[1]).abs().mean(), 0.01)

    def test_blends_show_both_faces(self):
        white, black = np.full((128, 128, 3), 255, np.uint8), np.zeros((128, 128, 3), np.uint8)
        crops, _, mixed = distort.Distorter(2, blends=0.5)([white] * 100, [black] * 100, 32)
        self.assertTrue(30 < mixed.sum() < 70)
        self.assertTrue((crops[~mixed] == 255).all())
        self.assertTrue((crops[mixed].mean((1, 2, 3)) < 250).mean() > 0.9)
        self.assertTrue((crops[mixed].mean((1, 2, 3)) > 60).all())

    def test_bent_faces_are_bent_and_belong_to_nobody(self):
        at = np.arange(128, dtype=np.uint8)
        face = np.stack(np.broadcast_arrays(at[None, :], at[:, None], np.uint8(0)), -1)  # each pixel says where it comes from
        crops, _, nobody = distort.Distorter(9, bends=0.5)([face] * 100, [], 64)
        self.assertTrue(30 < nobody.sum() < 70)
        # How far, in pixels of the picture, what is seen in the middle lies from where a crop alone would show it
        inside = crops[:, 12:52, 12:52, :2].reshape(100, -1, 2).astype(float)
        down, across = np.divmod(np.arange(40 * 40), 40)
        straight = np.stack([down, across, np.ones(40 * 40)], 1)
        moved = np.array([np.linalg.norm(seen - straight @ np.linalg.lstsq(straight, seen, rcond=None)[0], axis=1).mean() for seen in inside])
        self.assertLess(moved[~nobody].max(), 0.6)
        self.assertGreater((moved[nobody] > 0.6).mean(), 0.9)
        self.assertLess(moved.max(), 12)

    def test_no_face_is_bent_so_little_that_it_stays_the_same_persons(self):
        rng = np.random.default_rng(0)
        straight = np.stack(np.meshgrid(np.arange(64.0), np.arange(64.0)), -1)
        moved = [np.linalg.norm(distort.bend(64, rng) - straight, axis=2).mean() / 64 for _ in range(200)]
        self.assertGreater(min(moved), 0.007)

    def test_large_and_small_faces_are_moved_by_the_same_share(self):
        reach = {}
        for side in (64, 205):
            at = np.broadcast_to(np.linspace(0, 255, side, dtype=np.float32)[None, :, None], (side, side, 3)).copy()  # each pixel says how far right it is
            rng = np.random.default_rng(3)
            # The mean over the crop is what lies in its middle, whichever way it is turned.
            middle = np.array([distort.crop(at, 64, rng, 1).mean() for _ in range(300)])
            reach[side] = np.abs(middle - 127.5).max() / 255
        for side in reach:
            self.assertAlmostEqual(reach[side], 3.5 / 128, delta=0.002)

    def test_takes_are_of_one_crop_and_differ(self):
        face = cv2.resize(np.random.default_rng(5).integers(0, 256, (6, 6, 3), dtype=np.uint8), (128, 128), interpolation=cv2.INTER_CUBIC)
        crops, x, mixed = distort.Distorter(6)([face] * 20, [], 64, takes=2)
        self.assertEqual((len(crops), len(x), len(mixed)), (20, 40, 20))
        plain = torch.from_numpy(crops).permute(0, 3, 1, 2) / 127.5 - 1
        likeness = F.cosine_similarity(x.flatten(1)[:, None], plain.flatten(1)[None], dim=2)
        self.assertGreater((likeness.argmax(1) == torch.arange(20).repeat(2)).float().mean(), 0.9)
        self.assertGreater((x[:20] - x[20:]).abs().mean(), 0.01)

    def test_calm_pictures_stay_near_to_the_crop(self):
        face = cv2.resize(np.random.default_rng(7).integers(0, 256, (12, 12, 3), dtype=np.uint8), (128, 128), interpolation=cv2.INTER_CUBIC)

        def likeness(calm):
            crops, x, _ = distort.Distorter(8, calm=calm)([face] * 40, [], 64)
            return F.cosine_similarity(x.flatten(1), (torch.from_numpy(crops).permute(0, 3, 1, 2) / 127.5 - 1).flatten(1))

        self.assertGreater(likeness(1.0).min(), likeness(0.0).min() + 0.1)
        self.assertGreater(likeness(1.0).mean(), likeness(0.0).mean() + 0.02)

    def test_the_same_seed_distorts_alike(self):
        faces = [np.full((128, 128, 3), 90, np.uint8)] * 4
        self.assertTrue(torch.equal(distort.Distorter(4)(faces, [], 32)[1], distort.Distorter(4)(faces, [], 32)[1]))

    def test_surrounded_changes_cut_faces_only(self):
        faces = np.random.default_rng(0).integers(0, 256, (30, 128, 128, 3), dtype=np.uint8)
        cut = np.array([0] * 10 + [30] * 20, np.float32)
        torch.manual_seed(0)
        y = distort.surrounded(faces, cut, np.random.default_rng(1))
        self.assertTrue((y[:10] == faces[:10]).all())
        self.assertGreater((y[10:] != faces[10:]).any((1, 2, 3)).mean(), 0.6)
        # The same random numbers make the same pictures, whatever else torch has drawn meanwhile.
        self.assertTrue((distort.surrounded(faces, cut, np.random.default_rng(1)) == y).all())
        self.assertFalse((distort.surrounded(faces, cut, np.random.default_rng(2)) == y).all())

    def test_only_faces_that_are_learned_from_lend_their_surroundings(self):
        # Two whole faces, of which the one that is kept aside is white; the gray ones are cut off.
        faces = np.concatenate([np.zeros((1, 128, 128, 3), np.uint8), np.full((1, 128, 128, 3), 255, np.uint8), np.full((20, 128, 128, 3), 90, np.uint8)])
        faces[:2, 60:100, 40:90] = 90
        cut, kept = np.array([0, 0] + [30] * 20, np.float32), np.arange(22) == 1
        self.assertEqual(distort.whole(cut, kept).tolist(), [0])
        rows = np.arange(21, 4, -1)
        found = distort.surrounded(faces, cut, np.random.default_rng(1), rows, distort.whole(cut, kept))
        self.assertEqual(len(found), len(rows))
        self.assertLessEqual(found.max(), 100)
        self.assertGreater(distort.surrounded(faces, cut, np.random.default_rng(1), rows).max(), 150)

    def test_every_distortion_keeps_shape(self):
        x = torch.rand(2, 3, 112, 112)
        for name, distort in gaps.DISTORTIONS.items():
            self.assertEqual(distort(x).shape, x.shape, name)


class Distillation(unittest.TestCase):
    def test_student_moves_toward_the_teacher(self):
        torch.manual_seed(0)
        net = distill.fresh('mobilenet-160').train()
        x, target = torch.rand(16, 3, 32, 32) * 2 - 1, F.normalize(torch.randn(16, 128))
        opt = distill.optimizer(net.parameters(), 2e-3)
        cosines = [distill.step(net, opt, net(x), target)[0] for _ in range(12)]
        self.assertGreater(cosines[-1], cosines[0] + 0.2)

    def test_targets_lie_between_the_picture_and_the_person(self):
        x, y, z = torch.eye(3)
        live, answer, person = x[None].repeat(3, 1), y[None].repeat(3, 1), z[None].repeat(3, 1)
        t = distill_cpu.targets(live, answer, person, torch.tensor([0, 0.5, 0.5]), torch.tensor([False, False, True]))
        self.assertTrue(torch.allclose(t.norm(dim=1), torch.ones(3)))
        self.assertTrue(torch.allclose(t[0] / t[0, 0], torch.tensor([1, 0.5, 0])))  # nobody else: twice as much of this crop as of the whole picture
        self.assertAlmostEqual(t[1, 2].item(), 0.5 ** 0.5, 5)
        self.assertTrue(torch.allclose(t[2], x))  # a face that nobody has

    def test_a_step_on_a_cpu_with_hints(self):
        for half in (False, True):
            torch.manual_seed(2)
            student = distill.fresh('mobilenet-160').train()
            look = hints.Maps(student)
            guide = {16: torch.randn(8, 12, 4, 4), 32: torch.randn(8, 20, 2, 2)}
            of, x = hints.Hints({16: 512, 32: 1024}, {16: 12, 32: 20}), torch.randn(8, 3, 64, 64)
            opt, far = torch.optim.AdamW([*student.parameters(), *of.parameters()], lr=1e-3), []
            for _ in range(8):
                with torch.autocast('cpu', dtype=torch.bfloat16, enabled=half):
                    maps = look(x)[1]
                self.assertEqual(maps[32].dtype, torch.bfloat16 if half else torch.float32)
                loss = of(maps, guide)
                opt.zero_grad()
                loss.backward()
                opt.step()
                far.append(loss.item())
            self.assertLess(far[-1], 0.8 * far[0])

    def test_muon_gives_all_directions_nearly_the_same_weight(self):
        torch.manual_seed(5)
        for shape in ((6, 40), (40, 6)):
            g = torch.linalg.qr(torch.randn(40, 6))[0] * torch.tensor([1, 0.5, 0.3, 0.2, 0.15, 0.1])
            g = g if shape == (40, 6) else g.t()
            (left, _, right), (a, size, b) = (torch.linalg.svd(m, full_matrices=False) for m in (g, muon.orthogonal(g)))
            self.assertEqual(muon.orthogonal(g).shape, shape)
            self.assertGreater(size.min() / size.max(), 0.5)  # where g itself has 0.1
            self.assertTrue(torch.allclose(left @ right, a @ b, atol=1e-4))  # the same directions

    def test_muon_steps_are_as_long_as_the_learning_rate_says_and_go_downhill(self):
        torch.manual_seed(5)
        weight = torch.nn.Parameter(torch.randn(16, 8, 3, 3))
        wanted, opt, far = torch.randn(16, 8, 3, 3), muon.Muon([weight], 0.05, 0.0), []
        for _ in range(80):
            before = weight.detach().clone()
            loss = ((weight - wanted) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            far.append(loss.item())
            # 16 singular values of about 1 in a matrix of 16 × 72, times the root of its longer side
            self.assertLess(abs((weight - before).pow(2).mean().sqrt().item() / (0.05 * muon.SIZE) - 1), 0.35)
        self.assertLess(far[-1], 0.8 * far[0])

    def test_every_weight_has_one_optimizer(self):
        student, of = distill.fresh('inception-160'), hints.Hints({16: 4}, {16: 2})
        every = [*student.parameters(), *of.parameters()]
        for use_muon, count in ((False, 1), (True, 2)):
            found = distill_cpu.optimizers_of(student, of, 1e-3, use_muon)
            self.assertEqual(len(found), count)
            self.assertEqual(sorted(id(q) for o in found for g in o.param_groups for q in g['params']), sorted(map(id, every)))

    def test_average_of_weights(self):
        a, b = ({'w': torch.full((3,), v), 'count': torch.tensor(7)} for v in (1.0, 4.0))
        self.assertEqual(average.mean([a, b], [1, 1])['w'].tolist(), [2.5] * 3)
        self.assertEqual(average.mean([a, b], [1, 2])['w'].tolist(), [3] * 3)
        self.assertEqual(average.mean([a, b], [1, 2])['count'], 7)

    def test_the_statistics_of_batch_norms_are_those_of_the_weights(self):
        torch.manual_seed(1)
        net = nn.Sequential(conv_bn(3, 8, 1), conv_bn(8, 8, 3, groups=8)).eval()
        with torch.no_grad():
            net[0][1].running_mean.fill_(9), net[1][1].running_var.fill_(9)
        batches = [torch.randn(16, 3, 12, 12) for _ in range(5)]
        self.assertIs(renorm.measured(net, iter(batches)), net)
        self.assertFalse(net.training)
        self.assertEqual(net[0][1].momentum, 0.1)
        seen = [net[0][0](x) for x in batches]
        self.assertTrue(torch.allclose(net[0][1].running_mean, torch.stack([y.mean((0, 2, 3)) for y in seen]).mean(0), atol=1e-5))
        self.assertTrue(torch.allclose(net[0][1].running_var, torch.stack([y.var((0, 2, 3)) for y in seen]).mean(0), rtol=1e-4))
        self.assertLess(net[1][1].running_var.max(), 5)

    def test_a_checkpoint_that_would_run_a_program_is_refused(self):
        class Trap:
            def __reduce__(self):
                return print, ('the program ran',)

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.pt')
            torch.save({'student': Trap(), 'net': 'mobilenet-160', 'steps': 1}, path)
            for read in (lambda: distill.load(NETWORKS['mobilenet-160'](), path), lambda: export.read_checkpoint(path),
                         lambda: schedule.read_state(path, 'mobilenet-160', 1)):
                with self.assertRaises(pickle.UnpicklingError):
                    read()

    def test_a_trained_network_begins_with_smaller_steps(self):
        self.assertEqual((distill.highest_rate(None, None), distill.highest_rate(None, 'a.pt'), distill.highest_rate(2e-4, 'a.pt')), (3e-3, 1e-3, 2e-4))

    def test_what_stops_the_thread_that_makes_batches_is_told(self):
        def three():
            yield from (1, 2)
            raise ValueError('no more faces')

        batches = ahead(three())
        self.assertEqual([next(batches), next(batches)], [1, 2])
        with self.assertRaisesRegex(ValueError, 'no more faces'):
            next(batches)

    def test_checkpoint_comes_back(self):
        net = distill.fresh('mobilenet-160')
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.pt')
            distill.save(net, 'mobilenet-160', 7, path)
            again = distill.load(NETWORKS['mobilenet-160'](), path)
        for a, b in zip(net.parameters(), again.parameters()):
            self.assertLess((a - b).abs().max(), 2e-3)

    def test_average_follows(self):
        a, b = nn.Linear(2, 2), nn.Linear(2, 2)
        before = a.weight.clone()
        distill.follow(a, b, 0.75)
        self.assertTrue(torch.allclose(a.weight, 0.75 * before + 0.25 * b.weight))


class Schedule(unittest.TestCase):
    def test_the_rate_rises_stays_and_falls(self):
        self.assertAlmostEqual(schedule.rate(0, 29, 0.4), 0.5)
        self.assertEqual([schedule.rate(share, 100, 0.4) for share in (0, 0.3, 0.6)], [1, 1, 1])
        self.assertAlmostEqual(schedule.rate(0.8, 100, 0.4), 0.5)
        self.assertAlmostEqual(schedule.rate(1, 100, 0.4), 0)
        self.assertAlmostEqual(schedule.rate(0.5, 100, 1), 0.5)
        self.assertEqual(schedule.rate(1, 100, 0), 1)

    def test_the_average_reaches_back_over_a_share_of_the_run(self):
        self.assertAlmostEqual(schedule.kept(3000, 4000), 1 - 1 / 160)
        self.assertEqual(schedule.kept(50000, 60000), 0.998)
        self.assertEqual(schedule.kept(1, 4000), 2 / 11)
        self.assertEqual(schedule.kept(5, 10), 0)  # so short a run has nothing to average

    def training(self, use_muon):
        """A small run: what `schedule` keeps of it, and a function that takes a step"""
        student = nn.Sequential(conv_bn(3, 4, 3), conv_bn(4, 6, 3)).train()
        student.append(nn.Flatten()), student.append(nn.Linear(6 * 64, 5))
        average, of = copy.deepcopy(student).eval(), hints.Hints({16: 6}, {16: 2})
        optimizers = distill_cpu.optimizers_of(student, of, 1e-3, use_muon)

        def step(x):
            maps = student[:2](x)
            loss = (student[2:](maps) ** 2).mean() + of({16: maps}, {16: x[:, :2]})
            for opt in optimizers:
                opt.zero_grad()
            loss.backward()
            for opt in optimizers:
                opt.step()
            distill.follow(average, student, 0.5)

        return (student, average, of, optimizers), step

    def test_a_run_goes_on_as_if_it_had_not_ended(self):
        for use_muon in (False, True):
            torch.manual_seed(4)
            pictures_of_steps = torch.randn(6, 8, 3, 8, 8)
            (parts, step), (again, step_again) = self.training(use_muon), self.training(use_muon)
            for x in pictures_of_steps[:3]:
                step(x)
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'net.state.pt')
                schedule.keep_state(path, 'net', 3, *parts)
                self.assertEqual(schedule.go_on(schedule.read_state(path, 'net', 1 + use_muon), *again), 3)
                self.assertEqual(os.listdir(folder), ['net.state.pt'])
                for net, count in (('other', 1 + use_muon), ('net', 2 - use_muon)):
                    with self.assertRaisesRegex(ValueError, 'is of net with' + ('' if use_muon else 'out')):
                        schedule.read_state(path, net, count)
                distill.save(parts[0], 'net', 3, path)
                with self.assertRaisesRegex(ValueError, 'pass it as --init'):
                    schedule.read_state(path, 'net', 1)
            for x in pictures_of_steps[3:]:
                step(x), step_again(x)
            for one, other in zip(parts[:3], again[:3]):
                for (name, a), b in zip(one.state_dict().items(), other.state_dict().values()):
                    self.assertTrue(torch.equal(a, b), name)


class Groups(unittest.TestCase):
    def test_rates_are_what_counting_gives(self):
        rng = np.random.default_rng(0)
        unit = lambda n: (lambda v: (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32))(rng.normal(size=(n, 3)))
        a, b = unit(30), unit(20)
        far = lambda x, y: np.linalg.norm(x[:, None] - y[None], axis=2)
        within = far(a, a)[np.triu_indices(30, 1)] <= 1.0
        rate, (low, high), pairs = groups.false_match_rate(a, a, 1.0)
        self.assertEqual((pairs, round(rate, 6)), (435, round(within.mean(), 6)))
        self.assertTrue(low < rate < high)
        rate, _, pairs = groups.false_match_rate(a, b, 1.0)
        self.assertEqual((pairs, round(rate, 6)), (600, round((far(a, b) <= 1.0).mean(), 6)))

    def test_groups_are_compared_where_all_adults_have_the_rate(self):
        rng = np.random.default_rng(1)
        e = rng.normal(size=(600, 16))
        e = (e / np.linalg.norm(e, axis=1, keepdims=True)).astype(np.float32)
        people = [{'age': str(20 + i % 50), 'gender': 'fm'[i % 2], 'ethnicity': 'ab'[i // 300]} for i in range(600)]
        threshold, out = groups.tables(e, people, 0.01, 3000, rng, 1.2)
        self.assertAlmostEqual(out['all'][0]['fmr'], 0.01, 4)
        self.assertAlmostEqual(threshold, groups.threshold_at(e, 0.01), 3)
        self.assertAlmostEqual(out['all'][0]['fmrAtModelsThreshold'], groups.false_match_rate(e, e, 1.2)[0], 6)
        self.assertEqual([r['group'] for r in out['adults, strangers of the same ethnicity and gender']], ['a, f', 'a, m', 'b, f', 'b, m'])
        self.assertEqual([r['group'] for r in out['adults, strangers of different ethnicities']], ['a with b'])

    def test_the_model_card_gets_the_tables(self):
        row = lambda group, fmr: {'group': group, 'faces': 1234, 'pairs': 9, 'fmr': fmr, 'interval': [fmr / 2, fmr * 2], 'fmrAtModelsThreshold': fmr * 4}
        out = {'all': [row('all adults', 1e-3)], 'by age': [row('0 … 9', 0.2), row('10 … 17', 0.0068)]}
        told = groups.report(1.05, out, 1.1, 1e-3)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'MODEL_CARD.md')
            with open(path, 'w', encoding='utf8') as f:
                f.write('before\n<!-- groups:begin -->old<!-- groups:end -->\nafter\n')
            for _ in range(2):
                groups.write_card(path, told)
            with open(path, encoding='utf8') as f:
                card = f.read()
        self.assertTrue(card.startswith('before\n<!-- groups:begin -->\n\nAt distance 1.050, 1 in 1,000 pairs'))
        self.assertIn('1 in 250 pairs', card)
        self.assertIn('**By age**\n\n| group   | faces | false match', card)
        self.assertIn('| 0 … 9   | 1,234 | 20 % (10 … 40)          | 200.0            | 1 in 1   |', card)
        self.assertIn('| 10 … 17 | 1,234 | 0.68 % (0.34 … 1.36)    | 6.8              | 1 in 37  |', card)
        self.assertTrue(card.endswith('|\n\n<!-- groups:end -->\nafter\n'))

    def test_age_bands_cover_everybody(self):
        self.assertEqual([groups.age_band(v) for v in ('1', '17', '18', '116')], ['0 … 9', '10 … 17', '18 … 29', '60 or older'])


if __name__ == '__main__':
    unittest.main()
