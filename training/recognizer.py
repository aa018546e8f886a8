"""A model folder in PyTorch: any graph of convolutions, PReLUs and sums, such as `visavis import` and the recipes make."""
import base64
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

from export import restore


def constant(attr):
    """-> the value of a node's attribute, as TensorFlow's JSON has it"""
    (kind, value), = attr.items()
    if kind == 'list':
        return [constant({k: v}) for k, vs in value.items() for v in vs]
    return base64.b64decode(value).decode() if kind == 's' else int(value) if kind == 'i' else value


class Recognizer:
    """Crops in, embeddings out."""

    def __init__(self, folder):
        with open(os.path.join(folder, 'manifest.json')) as f:
            self.input = json.load(f)['input']
        with open(os.path.join(folder, 'model.json')) as f:
            model = json.load(f)
        manifest = model['weightsManifest'][0]
        with open(os.path.join(folder, manifest['paths'][0]), 'rb') as f:
            stored = restore(manifest['weights'], f.read())
        self.weights = {name: torch.from_numpy(np.array(value)) for name, value in stored.items()}
        self.nodes = model['modelTopology']['node']
        self.cache = {}

    def __call__(self, crops):
        """uint8 RGB [n, size, size, 3] -> unit vectors [n, values]"""
        return self.embed(torch.from_numpy(crops).permute(0, 3, 1, 2).float())

    @torch.no_grad()
    def embed(self, x):
        """float RGB [n, 3, size, size] in 0..255 -> unit vectors [n, values]"""
        if self.input.get('perImage'):
            deviation = x.std((1, 2, 3), correction=0, keepdim=True).clamp_min(x[0].numel() ** -0.5)
            x = (x - x.mean((1, 2, 3), keepdim=True)) / deviation
        x = (x * self.input['scale'] + self.input['offset']).contiguous(memory_format=torch.channels_last)
        left, values = {}, {}
        for node in self.nodes:
            for name in node.get('input', ()):
                left[name] = left.get(name, 0) + 1
        for node in self.nodes:
            if node['op'] != 'Const':
                values[node['name']] = self.compute(node, values, x)
            for name in node.get('input', ()):
                left[name] -= 1
                if left[name] == 0:
                    values.pop(name, None)
        return F.normalize(values.popitem()[1].float().flatten(1)).numpy()

    def compute(self, node, values, picture):
        op, names = node['op'], node.get('input', ())
        attr = {k: constant(v) for k, v in node.get('attr', {}).items() if k in ('strides', 'padding', 'fused_ops', 'keep_dims')}
        x = values.get(names[0]) if names else None
        w = [self.weights.get(name) for name in names]
        if op == 'Placeholder':
            return picture
        if op in ('Conv2D', '_FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative'):
            return self.convolve(node['name'], x, w, attr.get('fused_ops', ()), attr['strides'][1:3], attr['padding'],
                                 'epthwise' in op)
        if op in ('MatMul', '_FusedMatMul'):
            y = x @ w[1]
            return y + w[2] if len(w) > 2 else y
        if op in ('Add', 'AddV2'):
            return x + values[names[1]]
        if op == 'Pad':
            p = w[1].reshape(-1).tolist()
            return F.pad(x, (p[4], p[5], p[2], p[3]))
        if op == 'Mean':
            return x.mean((2, 3), keepdim=bool(attr.get('keep_dims')))
        if op == 'Relu':
            return F.relu(x)
        if op == 'Relu6':
            return F.relu6(x)
        if op == 'Prelu':
            return F.prelu(x, w[1].reshape(-1))
        if op in ('Identity', 'Reshape'):
            # A vector behind a convolution: one place only, so that the order of its values stays.
            assert op == 'Identity' or x.dim() == 2 or x.shape[2:] == (1, 1), f'{node["name"]} reshapes a picture'
            return x.flatten(1) if op == 'Reshape' else x
        raise ValueError(f'{op} ({node["name"]}) is not known here')

    def convolve(self, name, x, w, fused, strides, padding, depthwise):
        if name not in self.cache:
            k = w[1].permute(2, 3, 0, 1).reshape(-1, 1, *w[1].shape[:2]) if depthwise else w[1].permute(3, 2, 0, 1)
            self.cache[name] = k.contiguous(memory_format=torch.channels_last)
        k = self.cache[name]
        if padding == 'SAME':
            pad = [max((-(-n // s) - 1) * s + m - n, 0) for n, s, m in zip(x.shape[2:], strides, k.shape[2:])]
            x = F.pad(x, (pad[1] // 2, pad[1] - pad[1] // 2, pad[0] // 2, pad[0] - pad[0] // 2))
        rest = w[2:]
        bias = rest.pop(0) if 'BiasAdd' in fused else None
        x = F.conv2d(x, k, bias, strides, groups=x.shape[1] if depthwise else 1)
        for each in fused:
            if each == 'Relu':
                x = F.relu(x)
            elif each == 'Relu6':
                x = F.relu6(x)
            elif each == 'Prelu':
                x = F.prelu(x, rest[0].reshape(-1))
            elif each != 'BiasAdd':
                raise ValueError(f'{each} ({name}) is not known here')
        return x
