"""Rounding to few levels on made-up layers and pictures."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import cv2
import numpy as np
import torch
import torch.nn.functional as F

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path.insert(0, FOLDER)
import distill
import export
import quantize
from networks import Head, Inception, SameConv, SamePool, conv_bn

torch.set_num_threads(2)


def related(n, channels, seed=0):
    """Inputs of which each is mostly a mixture of few things, like a layer's: [n, channels, 1, 1]"""
    rng = torch.Generator().manual_seed(seed)
    few = torch.randn(n, channels // 4, generator=rng) @ torch.randn(channels // 4, channels, generator=rng)
    return (few + 0.3 * torch.randn(n, channels, generator=rng) + 1)[:, :, None, None]


def output(x, weight, bias):
    return x[:, :, 0, 0].double() @ weight.double().t() + bias


def write_pack(folder, faces=12):
    rng = np.random.default_rng(0)
    blobs = []
    for _ in range(faces):
        face = cv2.resize(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8), (128, 128), interpolation=cv2.INTER_CUBIC)
        blobs.append(cv2.imencode('.webp', face, [cv2.IMWRITE_WEBP_QUALITY, 90])[1].ravel())
    np.savez(os.path.join(folder, 'faces-a.npz'), blob=np.concatenate(blobs), cut=np.arange(faces) % 2 * 9, odds=np.ones(faces),
             offset=np.cumsum([0] + [len(b) for b in blobs]))


class Rounding(unittest.TestCase):
    def setUp(self):
        rng = torch.Generator().manual_seed(1)
        self.weight, self.bias = torch.randn(24, 64, generator=rng, dtype=torch.float64) * 0.1, torch.randn(24, generator=rng, dtype=torch.float64)
        self.x, self.other = related(4000, 64).split(2000)

    def fit(self, price, matters=torch.ones(24, dtype=torch.float64), exact=None, rough=None):
        exact, rough = (self.x if t is None else t for t in (exact, rough))
        return quantize.fit(self.weight, self.bias, exact, rough, matters, price)

    def loss(self, weight, bias, x=None, of=None):
        x = self.other if x is None else x
        return float(((output(x, weight, bias) - output(self.other if of is None else of, self.weight, self.bias)) ** 2).mean())

    def test_pushing_errors_on_loses_less_than_rounding_to_the_nearest_at_no_more_bits(self):
        count, step, bias = self.fit(2e-3)
        nearest = (self.weight / step).round()
        self.assertLess(self.loss(count * step, bias), 0.4 * self.loss(nearest * step, self.bias))
        self.assertLessEqual(quantize.Levels(count.numpy(), step).bits, quantize.Levels(nearest.numpy(), step).bits)

    def test_a_higher_price_buys_fewer_bits(self):
        bits, losses = [], []
        for price in (1e-4, 1e-3, 1e-2):
            count, step, bias = self.fit(price)
            bits.append(quantize.Levels(count.numpy(), step).bits)
            losses.append(self.loss(count * step, bias))
        self.assertEqual((sorted(bits, reverse=True), sorted(losses)), (bits, losses))

    def test_what_hardly_matters_gets_fewer_bits(self):
        matters = torch.cat([torch.full((12,), 0.1), torch.full((12,), 1.9)]).double()
        count, step, _ = self.fit(5e-3, matters)
        self.assertLess(quantize.Levels(count[:12].numpy(), step).bits, quantize.Levels(count[12:].numpy(), step).bits)

    def test_spoiled_inputs_are_mended(self):
        spoil = lambda x: x * torch.linspace(0.8, 1.1, 64).view(1, -1, 1, 1) + 0.2
        count, step, bias = self.fit(1e-5, rough=spoil(self.x))
        mended = self.loss(count * step, bias, spoil(self.other), self.other)
        self.assertLess(mended, 0.02 * self.loss(self.weight, self.bias, spoil(self.other), self.other))

    def test_levels_fit_a_byte_and_keep_zero(self):
        count, step, _ = self.fit(1e-12)
        self.assertLessEqual(count.abs().max(), quantize.TOP)
        stored, q = quantize.Levels(count.numpy().astype(np.int16), step).as_bytes()
        back = stored * q['scale'] + q['min']
        self.assertTrue((back[count.numpy() == 0] == 0).all())
        np.testing.assert_allclose(back, count.numpy() * step, atol=1e-9)

    def test_short_mantissas(self):
        w = np.random.default_rng(0).normal(0, 1, 1000).astype(np.float32)
        short = quantize.shortened(w)
        self.assertLess(np.abs(short / w - 1).max(), 2.0 ** -(quantize.MANTISSA + 1) * 1.01)
        np.testing.assert_array_equal(short.astype(np.float16).view(np.uint16) % (1 << (10 - quantize.MANTISSA)), 0)


class Parallel(torch.nn.Module):
    """A small network like inception-160"""

    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Sequential(conv_bn(3, 12, 3, 2, act=torch.nn.ReLU), SamePool(2))
        self.body = torch.nn.Sequential(Inception(12, 8, 6, 12, 4, 8, 6))
        self.head = Head(self.body[0].out, 32)

    def forward(self, x):
        return self.head(self.body(self.stem(x)))


class Windows(unittest.TestCase):
    def test_what_a_larger_convolution_sees(self):
        # Convolving with every window's value in turn has to give the same products as the windows themselves.
        torch.manual_seed(3)
        for stride in (1, 2):
            conv, a, b = SameConv(2, 5, 3, stride, bias=False), torch.rand(7, 2, 8, 8) + 1, torch.rand(7, 2, 8, 8)
            total, mean_a, mean_b = quantize.covariance_of_windows(conv, a, b)
            weight = conv.weight.flatten(1).double()
            with torch.no_grad():
                y, z = (conv(t).transpose(0, 1).flatten(1).double() for t in (a, b))
            self.assertLess((weight @ mean_a - y.mean(1)).abs().max(), 1e-5)
            expected = (y - y.mean(1, keepdim=True)) @ (z - z.mean(1, keepdim=True)).t() / y.shape[1]
            self.assertLess((weight @ total @ weight.t() - expected).abs().max(), 1e-5)


class WholeNetwork(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.manual_seed(0)
        cls.net = distill.fresh('mobilenet-160').train()
        with torch.no_grad():
            for _ in range(3):
                cls.net(torch.rand(8, 3, 64, 64) * 2 - 1)
        cls.net.eval()

    def test_gradients_say_what_an_error_costs(self):
        # Errors so small that only the first derivative counts, in the head, whose derivative is known: half the mean square / |z|².
        x = torch.rand(64, 3, 32, 32) * 2 - 1
        found = quantize.sensitivity(self.net, x)
        with torch.no_grad():
            z = self.net(x)
        expected = ((1 - F.normalize(z) ** 2) / (z ** 2).sum(1, keepdim=True)).mean(0).double()
        self.assertAlmostEqual(float(found['bottleneck'].mean() / expected.mean()), 1, delta=0.05)
        self.assertEqual({len(v) for name, v in found.items() if name == 'conv26'}, {1024})

    def test_modules_of_parallel_branches(self):
        torch.manual_seed(1)
        net = Parallel().train()
        x = (F.interpolate(torch.rand(96, 3, 8, 8), size=(32, 32), mode='bilinear') * 2 - 1).contiguous(memory_format=quantize.last)
        with torch.no_grad():
            for _ in range(20):
                net(x[:64])
        net.eval()
        levels, small = quantize.compact(net, x[:64], 1e-9)
        self.assertEqual(set(small), {*(f'conv{n}/bias' for n in range(7)), 'bottleneck/bias', 'conv0/weights'})  # conv0 sees the picture
        self.assertEqual(levels['conv3/weights'].count.shape, (3, 3, 6, 12))
        rough = export.as_stored(net, {**{name: (few.count * few.step).astype(np.float32) for name, few in levels.items()}, **small}).eval()
        exact, found = quantize.embeddings(net, x[64:]), quantize.embeddings(rough, x[64:])
        self.assertLess((exact - found).pow(2).sum(), 0.05 * (exact - exact.mean(0)).pow(2).sum())

    def test_export(self):
        with tempfile.TemporaryDirectory() as folder:
            write_pack(folder)
            torch.save({'student': self.net.state_dict(), 'net': 'mobilenet-160', 'steps': 1}, os.path.join(folder, 'net.pt'))
            script = [sys.executable, os.path.join(FOLDER, 'export.py'), os.path.join(folder, 'net.pt'), os.path.join(folder, 'out')]
            refused = subprocess.run([*script, '--weights', 'compact'], capture_output=True, text=True)
            self.assertIn('needs --calibrate', refused.stderr)
            done = subprocess.run([*script, '--weights', 'compact', '--calibrate', folder, '--price', '1e-11'], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('on 3 other crops', done.stdout)
            read = export.as_read(os.path.join(folder, 'out'))
            with open(os.path.join(folder, 'out', 'model.json')) as f:
                specs = {w['name']: w for w in json.load(f)['weightsManifest'][0]['weights']}
            with open(os.path.join(folder, 'out', 'manifest.json')) as f:
                golden = json.load(f)['embedder']['golden']['embedding']
            np.testing.assert_allclose(golden, export.embed(read, export.ripples(160)), atol=1e-5)
            self.assertEqual({specs[k]['quantization']['dtype'] for k in ('conv2/weights', 'conv26/weights', 'bottleneck/weights')}, {'uint8'})
            self.assertEqual({specs[k]['quantization']['dtype'] for k in ('conv0/weights', 'conv1_depthwise/weights', 'conv2/bias')}, {'float16'})
            x = quantize.crops(folder, 12)
            self.assertTrue(torch.equal(x, quantize.crops(folder, 12)))
            # An untrained network gives all pictures nearly the same embedding: what counts is the error beside their differences.
            exact, rough = quantize.embeddings(self.net, x), quantize.embeddings(read, x)
            self.assertLess((exact - rough).pow(2).sum(), 0.2 * (exact - exact.mean(0)).pow(2).sum())
            levels = np.unique(read.body[-1][0].weight.data.numpy())
            self.assertLess(len(levels), 64)
            self.assertIn(0, levels)


if __name__ == '__main__':
    unittest.main()
