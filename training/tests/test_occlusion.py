"""Occlusion: what is drawn, what the network reads, and that its stored weights are those that TypeScript runs. Seconds on a CPU."""
import base64
import json
import os
import re
import sys
import unittest

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import occluded
import occlusion
import occlusion_net
from occluders import KINDS, clear_glasses


def made_up_faces(count, seed=5):
    """Ovals with eyes and a mouth on grounds of any color: uint8 [count, 128, 128, 3]"""
    rng = np.random.default_rng(seed)
    yy, xx = np.mgrid[0:128, 0:128]
    out = np.empty((count, 128, 128, 3), np.float32)
    for face in out:
        face[:] = rng.uniform(20, 230, 3)
        face[((xx - 64) / 34) ** 2 + ((yy - 80) / 46) ** 2 < 1] = rng.uniform(0.5, 1.2) * np.array([205, 160, 135])
        for x in (48, 80):
            face[((xx - x) / 7) ** 2 + ((yy - 60) / 3) ** 2 < 1] = (40, 30, 30)
        face[((xx - 64) / 12) ** 2 + ((yy - 96) / 4) ** 2 < 1] = (150, 60, 60)
        face += rng.normal(0, 4, face.shape)
    return out.clip(0, 255).astype(np.uint8)


class Drawing(unittest.TestCase):
    def test_every_kind_hides_something_and_stays_a_picture(self):
        faces = made_up_faces(2).astype(np.float32)
        for name, kind in {**KINDS, 'glasses': clear_glasses}.items():
            for seed in range(12):
                color, alpha = kind(np.random.default_rng(seed), *faces)
                with self.subTest(name, seed=seed):
                    self.assertEqual((color.shape, alpha.shape), ((128, 128, 3), (128, 128)))
                    self.assertTrue(np.isfinite(color).all() and alpha.min() >= 0 and 0.1 < alpha.max() <= 1.001)

    def test_shares_are_of_what_was_drawn(self):
        faces = made_up_faces(16)
        _, bare, _ = occluded.made(1, faces, faces, occluded.bare)
        _, glasses, _ = occluded.made(1, faces, faces, occluded.one_of(['glasses']))
        _, masked, _ = occluded.made(1, faces, faces, occluded.one_of(['mask']), 0)
        _, dark, _ = occluded.made(1, faces, faces, occluded.one_of(['sunglasses']), 0)
        self.assertEqual((bare.max(), glasses.max()), (0, 0))
        self.assertGreater(masked[:, 3].min(), 0.8)  # the mouth …
        self.assertLess(masked[:, :2].max(), 0.3)  # … and no eye
        self.assertGreater(dark[:, :2].mean(), 0.7)
        self.assertEqual(dark[:, 3].max(), 0)

    def test_the_same_seed_draws_the_same(self):
        faces = made_up_faces(8)
        a, b = (occluded.made(7, faces, faces) for _ in range(2))
        self.assertTrue((a[0] == b[0]).all() and (a[1] == b[1]).all())


class Reading(unittest.TestCase):
    def test_exposure_does_not_count(self):
        x = occlusion.drawn_face()[None]
        np.testing.assert_allclose(occlusion_net.features(x), occlusion_net.features(x * 0.6 - 0.3), atol=1e-4)

    def test_mirrored_pictures_have_mirrored_features(self):
        x = occlusion.drawn_face()[None]
        there = occlusion_net.features(x[:, :, ::-1])
        mirrored, shares = occlusion_net.mirrored(occlusion_net.features(x), np.array([[1, 2, 3, 4]]))
        np.testing.assert_allclose(mirrored, there, atol=1e-5)
        self.assertEqual(shares.tolist(), [[2, 1, 3, 4]])


class Learning(unittest.TestCase):
    def test_it_learns_what_is_drawn(self):
        faces = made_up_faces(320)
        x, y, _ = occluded.made(1, faces, faces)
        layers = occlusion_net.from_base64(occlusion_net.to_base64(occlusion_net.learn(x, y, 60, 1)))
        tx, ty, _ = occluded.made(2, made_up_faces(64, 6), faces)
        guess = occlusion_net.run(tx, layers)
        self.assertLess(np.abs(guess - ty).mean(), 0.75 * np.abs(y.mean(0) - ty).mean())

    def test_stored_weights_are_the_networks(self):
        torch.manual_seed(2)
        net = occlusion_net.OcclusionNet().eval()
        x = np.random.default_rng(1).normal(0, 1, (3, 20, 20, 7)).astype(np.float32)
        with torch.no_grad():
            wanted = torch.sigmoid(net(torch.from_numpy(x))).numpy()
        text = occlusion_net.to_base64(net)
        np.testing.assert_allclose(occlusion_net.estimate(x, occlusion_net.from_base64(text)), wanted, atol=0.01)
        with self.assertRaisesRegex(ValueError, 'bytes of weights'):
            occlusion_net.from_base64(base64.b64encode(base64.b64decode(text) + b'!').decode())

    def test_the_fixture_is_of_the_committed_weights(self):
        with open(occlusion.WEIGHTS) as file:
            text = re.search("'(.+)'", file.read()).group(1)
        with open(occlusion.FIXTURE) as file:
            fixture = json.load(file)
        layers = occlusion_net.from_base64(text)
        shares = occlusion_net.estimate(occlusion_net.features(occlusion.drawn_face()[None]), layers)[0]
        self.assertEqual(list(fixture), list(occlusion_net.REGIONS))
        np.testing.assert_allclose(list(fixture.values()), shares, atol=1e-4)
        limit = os.path.join(os.path.dirname(occlusion.WEIGHTS), 'qualityRules.ts')
        with open(limit) as file:
            self.assertIn(f'maxOcclusion: {occlusion.LIMIT},', file.read())


if __name__ == '__main__':
    unittest.main()
