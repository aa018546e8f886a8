"""What training/checkpoints/ may hold: one light file for each network, of the very weights that ship."""
import glob
import json
import os
import sys
import unittest

import torch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path.insert(0, FOLDER)
import export
from networks import NETWORKS

CHECKPOINTS = os.path.join(FOLDER, 'checkpoints')


class Checkpoints(unittest.TestCase):
    def test_one_file_for_each_network(self):
        self.assertEqual(sorted(os.listdir(CHECKPOINTS)), sorted(f'{name}.pt' for name in NETWORKS))

    def test_weights_only_and_those_of_the_shipped_model(self):
        for path in glob.glob(os.path.join(CHECKPOINTS, '*.pt')):
            with self.subTest(os.path.basename(path)):
                held = torch.load(path, map_location='cpu', weights_only=True)
                self.assertEqual(set(held), {'student', 'net', 'steps'})
                large = [v for v in held['student'].values() if v.numel() > 4096]
                self.assertEqual({v.dtype for v in large}, {torch.float16})
                net, name = export.read_checkpoint(path)
                with open(os.path.join(FOLDER, f'../public/models/{name}/manifest.json')) as f:
                    golden = json.load(f)['embedder']['golden']['embedding']
                ours = export.embed(net, export.ripples(export.SIZE))
                # The shipped weights are the same ones, rounded to eight bits and fewer. Another run's are further off.
                self.assertGreater(sum(a * b for a, b in zip(ours, golden)), 0.995)


if __name__ == '__main__':
    unittest.main()
