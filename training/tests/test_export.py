"""The written graph, run by a few lines of PyTorch, against the network it came from."""
import base64
import hashlib
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

torch.set_num_threads(2)


def trained(name):
    """A network whose batch norms have seen something, so that folding them wrongly shows."""
    torch.manual_seed(0)
    net = distill.fresh(name)
    for m in net.modules():
        if isinstance(m, (torch.nn.BatchNorm2d, torch.nn.BatchNorm1d)):
            m.weight.data.uniform_(0.5, 1.5), m.bias.data.normal_(0, 0.2)
    net.train()
    with torch.no_grad():
        for _ in range(4):
            net(torch.rand(8, 3, 64, 64) * 2 - 1)
    return net.eval()


def run_graph(folder, x):
    """Runs model.json + weights.bin as TensorFlow.js would. x: [n, 160, 160, 3] -> [n, 128]"""
    with open(os.path.join(folder, 'model.json')) as f:
        model = json.load(f)
    with open(os.path.join(folder, 'weights.bin'), 'rb') as f:
        values = export.restore(model['weightsManifest'][0]['weights'], f.read())
    strings = lambda attr: [base64.b64decode(s).decode() for s in attr['list']['s']]
    for node in model['modelTopology']['node']:
        at = [values[name] for name in node.get('input', [])]
        if node['op'] == 'Placeholder':
            values['input'] = x
        elif node['op'] == 'Mean':
            values[node['name']] = at[0].mean(tuple(int(v) for v in at[1]))
        elif node['op'] == 'Identity':
            return at[0]
        elif node['op'] == 'ConcatV2':
            values[node['name']] = np.concatenate(at[:-1], int(at[-1]))
        elif node['op'] == 'MaxPool':
            stride, size = int(node['attr']['strides']['list']['i'][1]), at[0].shape[1]
            total = max((-(-size // stride) - 1) * stride + 3 - size, 0)
            padded = F.pad(torch.from_numpy(at[0]).permute(0, 3, 1, 2), (total // 2, total - total // 2) * 2, value=-np.inf)
            values[node['name']] = F.max_pool2d(padded, 3, stride).permute(0, 2, 3, 1).numpy()
        elif node['op'] != 'Const':
            if node['op'] == '_FusedMatMul':
                y = at[0] @ at[1]
            else:
                stride, size = int(node['attr']['strides']['list']['i'][1]), at[0].shape[1]
                k = at[1].shape[0]
                total = max((-(-size // stride) - 1) * stride + k - size, 0)
                pad = (total // 2, total - total // 2) * 2
                depthwise = node['op'].startswith('FusedDepthwise')
                w = torch.from_numpy(at[1].copy()).permute(*((2, 3, 0, 1) if depthwise else (3, 2, 0, 1)))
                y = F.conv2d(F.pad(torch.from_numpy(at[0]).permute(0, 3, 1, 2), pad), w, None, stride, 0, 1, len(w) if depthwise else 1)
                y = y.permute(0, 2, 3, 1).numpy()
            y = y + at[2]
            activation = strings(node['attr']['fused_ops'])
            values[node['name']] = y.clip(0, 6) if 'Relu6' in activation else y.clip(0) if 'Relu' in activation else y
    raise AssertionError('the graph has no output')


class Exported:
    """What holds for every network."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.net = trained(cls.network)
        cls.checkpoint = os.path.join(cls.folder.name, 'net.pt')
        torch.save({'student': cls.net.state_dict(), 'net': cls.network, 'steps': 1}, cls.checkpoint)
        cls.x = np.random.default_rng(0).uniform(-1, 1, (1, 160, 160, 3)).astype(np.float32)
        with torch.no_grad():
            cls.expected = F.normalize(cls.net(torch.from_numpy(cls.x).permute(0, 3, 1, 2))).numpy()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def write(self, out, *options, check=True):
        out = os.path.join(self.folder.name, out)
        done = subprocess.run([sys.executable, os.path.join(FOLDER, 'export.py'), self.checkpoint, out, *options], capture_output=True, text=True)
        if check:
            self.assertEqual(done.returncode, 0, done.stderr)
        return out, done

    def test_every_form_gives_the_networks_embedding(self):
        sizes = {}
        for form, cosine in (('float32', 0.999999), ('float16', 0.99999), ('mixed8', 0.995)):
            out, _ = self.write(form, '--weights', form)
            y = run_graph(out, self.x)
            y /= np.linalg.norm(y, axis=1, keepdims=True)
            self.assertGreater((y * self.expected).sum(1).min(), cosine, form)
            sizes[form] = os.path.getsize(os.path.join(out, 'weights.bin'))
            # The reader for other scripts and the golden embedding see the weights as stored, too.
            with torch.no_grad():
                read = F.normalize(export.as_read(out)(torch.from_numpy(self.x).permute(0, 3, 1, 2))).numpy()
            self.assertLess(np.abs(read - y).max(), 1e-4, form)
            with open(os.path.join(out, 'manifest.json')) as f:
                golden = json.load(f)['embedder']['golden']['embedding']
            drawn = run_graph(out, export.ripples(160)[None].astype(np.float32) / 127.5 - 1)[0]
            self.assertGreater(np.dot(drawn / np.linalg.norm(drawn), golden), 0.99999, form)
        self.assertLess(sizes['mixed8'], 0.6 * sizes['float16'])
        self.assertLess(sizes['float16'], 0.51 * sizes['float32'])


class ExportMobileNet(Exported, unittest.TestCase):
    network = 'mobilenet-160'

    def test_manifest_pins_every_file(self):
        out, _ = self.write('pinned')
        with open(os.path.join(out, 'manifest.json')) as f:
            manifest = json.load(f)
        for file in manifest['files']:
            with open(os.path.join(out, file['path']), 'rb') as f:
                data = f.read()
            self.assertEqual((len(data), hashlib.sha256(data).hexdigest()), (file['bytes'], file['sha256']))

    def test_changed_weights_need_a_new_version_and_lose_their_thresholds(self):
        out, _ = self.write('versions')
        path = os.path.join(out, 'manifest.json')
        with open(path) as f:
            manifest = json.load(f)
        manifest['embedder']['operatingPoints'] = [{'fmr': 0.01}]
        manifest['embedder']['fused'] = [{'templateFrames': 3}]
        manifest['embedder']['golden']['int8'] = {'minCosine': 0.999}
        with open(path, 'w') as f:
            json.dump(manifest, f)
        def read():
            with open(path) as f:
                embedder = json.load(f)['embedder']
                return embedder['operatingPoints'], embedder.get('fused'), embedder['golden'].get('int8')

        self.write('versions')
        self.assertEqual(read(), ([{'fmr': 0.01}], [{'templateFrames': 3}], {'minCosine': 0.999}))
        _, refused = self.write('versions', '--weights', 'mixed8', check=False)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn('raise --version', refused.stderr)
        self.write('versions', '--weights', 'mixed8', '--version', '1.0.1')
        self.assertEqual(read(), ([], None, None))
        # The same weights keep their version, and nothing is written where an older one is asked for.
        self.write('versions', '--weights', 'mixed8')
        _, refused = self.write('versions', '--version', '1.0.0', check=False)
        self.assertIn('raise --version above 1.0.1', refused.stderr)
        with open(path) as f:
            self.assertEqual(json.load(f)['version'], '1.0.1')

    def test_versions_only_rise_and_only_with_the_weights(self):
        self.assertEqual([export.version_of(None, None, False), export.version_of('2.1.0', None, False)], ['1.0.0', '2.1.0'])
        self.assertEqual([export.version_of(None, '1.6.0', True), export.version_of('1.6.0', '1.6.0', True)], ['1.6.0', '1.6.0'])
        self.assertEqual(export.version_of('1.10.0', '1.9.0', False), '1.10.0')
        for asked, old, same, wrong in ((None, '1.0.0', False, 'raise'), ('1.9.0', '1.10.0', False, 'raise'), ('1.6.0', '1.6.0', False, 'raise'),
                                        ('1.7.0', '1.6.0', True, 'the weights are the same'), ('2', '1.6.0', False, 'expected a version')):
            with self.assertRaisesRegex(ValueError, wrong):
                export.version_of(asked, old, same)

    def test_the_golden_embeddings_of_a_variant_do_not_overwrite_the_networks(self):
        crops = os.path.join(self.folder.name, 'crops')
        os.makedirs(crops)
        cv2.imwrite(os.path.join(crops, 'a.png'), export.ripples(160))
        self.write('variant', '--id', 'variant-160', '--golden', crops)
        self.assertEqual(sorted(os.listdir(crops)), ['a.png', 'variant-160.json'])

    def test_levels_keep_zero_and_cut_outliers_only_where_that_loses_less(self):
        rng = np.random.default_rng(0)
        w = rng.normal(0, 1, 100000).astype(np.float32)
        low, step = export.levels(w)
        self.assertAlmostEqual(low / step, round(low / step), 6)
        naive = (w.max() - w.min()) / 255
        loss = lambda low, step: float(((export.as_levels(w, low, step) * step + low - w) ** 2).mean())
        self.assertLessEqual(loss(low, step), loss(float(w.min()), naive) + 1e-9)


class ExportInception(Exported, unittest.TestCase):
    """Branches, pools and concatenations."""

    network = 'inception-160'


if __name__ == '__main__':
    unittest.main()
