"""Writes a trained checkpoint as a TensorFlow.js graph model with its manifest, without TensorFlow.

    python3 export.py CHECKPOINT.pt OUT [--weights float32|float16|mixed8|compact] [--version 1.0.0]

Batch norms are folded; convolution, bias and ReLU6 become one fused node each. mixed8 stores the large tensors (at least LARGE values: nine
tenths of all weights) as uint8, one scale per tensor, and the small, sensitive rest as float16. compact stores as many bytes, but with so few
levels that they compress to less than half (quantize.py); it needs faces to calibrate with.

OUT/manifest.json gets the SHA-256 and length of every file and a golden embedding: what PyTorch computes from the weights as stored for
a picture that code can draw (src/shared/goldenPattern.ts draws the same one). That embedding, what `npm run golden` adds to it, the cohort and the
operating points belong to the weights: they are kept if OUT already holds the same weights, and dropped (to be made again: README.md) if the
weights have changed.

With --golden FOLDER the embeddings of the aligned crops FOLDER/*.png are written to FOLDER/<id>.json, for the tests; <id> is --id's, if there is one.
"""
import argparse
import base64
import copy
import glob
import hashlib
import json
import os
import re

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from networks import NETWORKS, Inception, Relu6, SameConv, SamePool, fold, named_blocks

SIZE = 160
LARGE = {'MobileNet': 200_000, 'InceptionNN3': 50_000}  # size of a large tensor, in values; such tensors hold nine tenths of a network's weights
# What the SDK demands of its device at every start. `npm run parity` finds gaps of 1e-11 between backends; a gap of 1e-4 is a distance of 0.014.
MIN_COSINE = 0.9999
MEASURED = ('operatingPoints', 'measurement', 'fused', 'cohort')  # what `npm run evaluate` and cohort.py write
LICENSE = 'Weights: non-commercial research use (teacher and training pictures are licensed for research only); see MODEL_CARD.md'


def text(s):
    return {'s': base64.b64encode(s.encode()).decode()}


class Graph:
    """Nodes of a TensorFlow.js graph, its constants, and where each constant came from in the network."""

    def __init__(self, large):
        self.nodes, self.weights, self.large = [], [], large

    def const(self, name, value, kind):
        dtype = 'DT_INT32' if value.dtype == np.int32 else 'DT_FLOAT'
        dims = [{'size': str(d)} for d in value.shape]
        self.nodes.append({'name': name, 'op': 'Const', 'attr': {
            'dtype': {'type': dtype}, 'value': {'tensor': {'dtype': dtype, 'tensorShape': {'dim': dims}}}}})
        self.weights.append((name, value, kind))
        return name

    def fused(self, op, name, x, w, b, stride, activation, kind):
        activation = [text(f)['s'] for f in ['BiasAdd'] + ([activation] if activation else [])]
        attr = {'T': {'type': 'DT_FLOAT'}, 'fused_ops': {'list': {'s': activation}}, 'num_args': {'i': '1'}, 'epsilon': {'f': 0.0}}
        if op != '_FusedMatMul':
            four = lambda v: {'list': {'i': ['1', str(v), str(v), '1']}}
            attr.update(strides=four(stride), dilations=four(1), padding=text('SAME'), data_format=text('NHWC'),
                        explicit_paddings={'list': {}})
        else:
            attr.update(transpose_a={'b': False}, transpose_b={'b': False})
        inputs = [x, self.const(name + '/weights', w, kind), self.const(name + '/bias', b, 'float16')]
        self.nodes.append({'name': name, 'op': op, 'input': inputs, 'attr': attr})
        return name

    def conv(self, x, name, block):
        """A conv_bn of networks.py as one node"""
        conv, norm, *_ = block
        w, b = fold(conv.weight, norm)
        w = w.transpose(2, 3, 1, 0)
        activation = next((n for n in map(activation_of, block) if n), None)
        if conv.groups > 1:
            return self.fused('FusedDepthwiseConv2dNative', name, x, w.transpose(0, 1, 3, 2), b, conv.stride[0], activation, 'float16')
        return self.fused('_FusedConv2D', name, x, w, b, conv.stride[0], activation, 'uint8' if w.size >= self.large else 'float16')

    def max_pool(self, x, name, stride):
        """3×3, SAME. Everything that is pooled in these networks is at least 0, so SAME's padding is the same as padding with zeros."""
        four = lambda v: {'list': {'i': ['1', str(v), str(v), '1']}}
        self.nodes.append({'name': name, 'op': 'MaxPool', 'input': [x], 'attr': {
            'T': {'type': 'DT_FLOAT'}, 'ksize': four(3), 'strides': four(stride), 'padding': text('SAME'), 'data_format': text('NHWC'),
            'explicit_paddings': {'list': {}}}})
        return name

    def concat(self, parts, name):
        axis = self.const(name + '/axis', np.array(3, np.int32), 'int32')
        self.nodes.append({'name': name, 'op': 'ConcatV2', 'input': [*parts, axis], 'attr': {
            'N': {'i': str(len(parts))}, 'T': {'type': 'DT_FLOAT'}, 'Tidx': {'type': 'DT_INT32'}}})
        return name


def activation_of(module):
    return {Relu6: 'Relu6', nn.ReLU: 'Relu'}.get(type(module))


def add_inception(g, x, name, module, names):
    """A module of parallel branches, concatenated along the channels"""
    parts = []
    for branch in module.branches:
        y = x
        for block in [branch] if isinstance(branch[0], SameConv) else branch:
            y = g.conv(y, names[block], block)
        parts.append(y)
    y = g.max_pool(x, name + '/pool', module.pooled.stride)
    parts.append(g.conv(y, names[module.pool], module.pool) if module.pool else y)
    return g.concat(parts, name)


def build(net):
    """A network of networks.py in evaluation mode -> its graph: input [-1, 160, 160, 3] -> embedding [-1, 128]"""
    g = Graph(LARGE[type(net).__name__])
    names = {block: name for name, block in named_blocks(net)}
    g.nodes.append({'name': 'input', 'op': 'Placeholder', 'attr': {'dtype': {'type': 'DT_FLOAT'}, 'shape': {
        'shape': {'dim': [{'size': str(d)} for d in (-1, SIZE, SIZE, 3)]}}}})
    x = 'input'
    for n, module in enumerate([*getattr(net, 'stem', []), *net.body]):
        if isinstance(module, SamePool):
            x = g.max_pool(x, f'pool{n}', module.stride)
        elif isinstance(module, Inception):
            x = add_inception(g, x, f'inception{n}', module, names)
        else:
            x = g.conv(x, names[module], module)
    axes = g.const('pool/axes', np.array([1, 2], np.int32), 'int32')
    g.nodes.append({'name': 'pool', 'op': 'Mean', 'input': [x, axes], 'attr': {
        'T': {'type': 'DT_FLOAT'}, 'Tidx': {'type': 'DT_INT32'}, 'keep_dims': {'b': False}}})
    w, b = fold(net.head.dense.weight, net.head.norm)
    x = g.fused('_FusedMatMul', 'bottleneck', 'pool', w.T, b, 1, None, 'float16')
    g.nodes.append({'name': 'embedding', 'op': 'Identity', 'input': [x], 'attr': {'T': {'type': 'DT_FLOAT'}}})
    return g


def levels(value):
    """-> (lowest value, step) of the 256 levels that lose least of `value` (mean square): outliers may be clipped; 0 stays exactly 0"""
    best = None
    for keep in np.linspace(1, 0.5, 26):
        step = float(value.max() - value.min()) * keep / 255
        low = round(float(value.min()) * keep / step) * step
        loss = float(((as_levels(value, low, step) * step + low - value) ** 2).mean())
        if best is None or loss < best[0]:
            best = loss, low, step
    return best[1:]


def as_levels(value, low, step):
    return np.clip(np.round((value - low) / step), 0, 255).astype(np.uint8)


def store(value, kind, mode):
    """-> stored array, its `quantization` entry or None"""
    kind = 'int32' if value.dtype == np.int32 else kind if mode == 'mixed8' else 'float16' if mode == 'compact' else mode
    if kind == 'uint8':
        low, step = levels(value)
        return as_levels(value, low, step), {'dtype': 'uint8', 'min': low, 'scale': step, 'original_dtype': 'float32'}
    if kind == 'float16':
        return value.astype(np.float16), {'dtype': 'float16', 'original_dtype': 'float32'}
    return value, None


def restore(specs, blob):
    """The values a reader gets from a weights file: {name: float32 or int32 array}"""
    values, at = {}, 0
    for spec in specs:
        q = spec.get('quantization')
        dtype = np.dtype(q['dtype'] if q else spec['dtype'])
        count = int(np.prod(spec['shape']))
        stored = np.frombuffer(blob, dtype, count, at).reshape(spec['shape'])
        at += count * dtype.itemsize
        values[spec['name']] = (stored * q['scale'] + q['min']).astype(np.float32) if q and 'scale' in q else \
            stored if stored.dtype == np.int32 else stored.astype(np.float32)
    if at != len(blob):
        raise ValueError(f'expected {at} bytes of weights, got {len(blob)}')
    return values


def as_stored(net, values):
    """The network with the weights that a reader of the files gets: folded, rounded, its batch norms reduced to the bias."""
    net = copy.deepcopy(net)

    def plain(norm, bias):
        norm.weight.data.fill_(1), norm.running_mean.fill_(0), norm.running_var.fill_(1 - norm.eps)
        norm.bias.data.copy_(torch.from_numpy(bias))

    for name, (conv, norm, *_) in named_blocks(net):
        w = values[name + '/weights']
        conv.weight.data.copy_(torch.from_numpy(w.transpose(2, 3, 0, 1) if conv.groups > 1 else w.transpose(3, 2, 0, 1)))
        plain(norm, values[name + '/bias'])
    net.head.dense.weight.data.copy_(torch.from_numpy(values['bottleneck/weights'].T))
    plain(net.head.norm, values['bottleneck/bias'])
    return net


def as_read(folder):
    """The network as stored in a model folder, in evaluation mode."""
    with open(os.path.join(folder, 'model.json')) as f:
        model = json.load(f)
    manifest, net = model['weightsManifest'][0], NETWORKS[model['userDefinedMetadata']['network']]()
    with open(os.path.join(folder, manifest['paths'][0]), 'rb') as f:
        return as_stored(net, restore(manifest['weights'], f.read())).eval()


def ripples(size):
    """The drawn input of the golden embedding, uint8 [size, size, 3]; src/shared/goldenPattern.ts"""
    y, x, c = np.meshgrid(np.arange(size), np.arange(size), np.arange(3), indexing='ij')
    phase = ((x * x + 3 * y * y + 40 * (c + 1) * (x + y)) >> 6) % 510
    return np.where(phase <= 255, phase, 510 - phase).astype(np.uint8)


@torch.no_grad()
def embed(net, picture):
    """uint8 RGB [size, size, 3] -> unit vector, as a list rounded to 7 digits"""
    x = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 127.5 - 1
    return [round(v, 7) for v in F.normalize(net(x))[0].tolist()]


def read_checkpoint(path):
    """-> network in evaluation mode, its id"""
    saved = torch.load(path, map_location='cpu', weights_only=True)
    name = saved.get('net', 'mobilenet-160')
    net = NETWORKS[name]()
    net.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in saved['student'].items()})
    return net.eval(), name


def previous(out, files):
    """-> the manifest in `out` or None, whether it describes the same `files`"""
    try:
        with open(os.path.join(out, 'manifest.json')) as f:
            old = json.load(f)
    except FileNotFoundError:
        return None, False
    return old, [f['sha256'] for f in old['files'][:len(files)]] == [f['sha256'] for f in files]


def parsed(version):
    """'1.2.0' -> (1, 2, 0), which compare as versions do; ValueError for anything else"""
    if not re.fullmatch(r'\d+\.\d+\.\d+', version):
        raise ValueError(f'expected a version like 1.2.0, got {version}')
    return tuple(int(part) for part in version.split('.'))


def version_of(asked, old, same):
    """The version to write. asked: by --version, or None; old: the version in the folder, or None; same: whether that is of the same weights

    Templates hold the version, and are refused under another one: so the same weights keep theirs, and changed ones get a higher one. ValueError otherwise.
    """
    if old is None:
        return asked or '1.0.0'
    if same:
        if asked not in (None, old):
            raise ValueError(f'the weights are the same as in version {old}, and keep it: leave --version out')
        return old
    if asked is None or parsed(asked) <= parsed(old):
        raise ValueError(f'the weights changed: raise --version above {old}, so that templates of the old ones are refused')
    return asked


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('checkpoint')
    p.add_argument('out')
    p.add_argument('--weights', default='float16', choices=['float32', 'float16', 'mixed8', 'compact'])
    p.add_argument('--calibrate', metavar='DIR', help='for compact: folder of the packs')
    p.add_argument('--crops', type=int, default=768, help='for compact: how many crops to calibrate with')
    p.add_argument('--price', type=float, default=4e-10, help='for compact: how much of 1 - cosine to the exact embedding a bit may cost')
    p.add_argument('--version', help='raise it whenever the weights change, so that templates of other versions are refused; default: 1.0.0 in a new folder, and '
                   "the folder's own for the same weights")
    p.add_argument('--id', help='the folder name of a variant; default: the network the checkpoint names')
    p.add_argument('--golden', help='folder of aligned crops to write the golden embeddings of')
    a = p.parse_args()
    try:
        parsed(a.version or '1.0.0')
    except ValueError as error:
        p.error(str(error))
    net, name = read_checkpoint(a.checkpoint)
    g, blob, specs, levels_of, small, held_out = build(net), b'', [], {}, {}, None
    if a.weights == 'compact':
        if not a.calibrate:
            p.error('--weights compact needs --calibrate: the folder of the packs to calibrate with')
        import quantize
        x = quantize.crops(a.calibrate, a.crops + quantize.HELD_OUT)
        used = len(x) * a.crops // (a.crops + quantize.HELD_OUT)
        (levels_of, small), held_out = quantize.compact(net, x[:used], a.price, print), x[used:]
    for key, value, kind in g.weights:
        stored, quantization = levels_of[key].as_bytes() if key in levels_of else store(small.get(key, value), kind, a.weights)
        specs.append({'name': key, 'shape': list(value.shape), 'dtype': 'int32' if value.dtype == np.int32 else 'float32',
                      **({'quantization': quantization} if quantization else {})})
        blob += np.ascontiguousarray(stored).tobytes()
    shape = lambda *d: {'dim': [{'size': str(i)} for i in d]}
    model = {'format': 'graph-model', 'generatedBy': 'visavis', 'convertedBy': 'training/export.py', 'userDefinedMetadata': {'network': name}, 'signature': {
        'inputs': {'input': {'name': 'input:0', 'dtype': 'DT_FLOAT', 'tensorShape': shape(-1, SIZE, SIZE, 3)}},
        'outputs': {'embedding': {'name': 'embedding:0', 'dtype': 'DT_FLOAT', 'tensorShape': shape(-1, 128)}}},
        'modelTopology': {'node': g.nodes, 'library': {}, 'versions': {'producer': 1882}},
        'weightsManifest': [{'paths': ['weights.bin'], 'weights': specs}]}
    contents = {'model.json': json.dumps(model, separators=(',', ':')).encode(), 'weights.bin': blob}
    files = [{'path': path, 'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()} for path, data in contents.items()]
    old, same = previous(a.out, files)
    try:
        version = version_of(a.version, old['version'] if old else None, same)
    except ValueError as error:
        p.error(str(error))
    os.makedirs(a.out, exist_ok=True)
    for path, data in contents.items():
        with open(os.path.join(a.out, path), 'wb') as f:
            f.write(data)
    stored_net = as_stored(net, restore(specs, blob)).eval()
    if held_out is not None:
        cosine = (quantize.embeddings(net, held_out) * quantize.embeddings(stored_net, held_out)).sum(1)
        print(f'cosine to the exact embeddings on {len(cosine)} other crops: mean {cosine.mean():.5f}, lowest {cosine.min():.5f}')
    manifest = {
        'id': a.id or name, 'version': version, 'kind': 'embedder', 'architecture': f'{type(net).__name__} ({a.weights} weights)',
        'license': LICENSE, 'source': 'training/', 'files': files + (old['files'][len(files):] if same else []),
        'input': {'size': SIZE, 'scale': 1 / 127.5, 'offset': -1},
        'embedder': {
            'embeddingSize': 128, 'modelCard': 'MODEL_CARD.md',
            'golden': old['embedder']['golden'] if same else {'pattern': 'ripples-1', 'minCosine': MIN_COSINE, 'embedding': embed(stored_net, ripples(SIZE))},
            **({key: old['embedder'][key] for key in MEASURED if key in old['embedder']} if same else {'operatingPoints': [], 'measurement': None})}}
    with open(os.path.join(a.out, 'manifest.json'), 'w') as f:
        f.write(json.dumps(manifest, indent=2) + '\n')
    if a.golden:
        import cv2
        crops = sorted(glob.glob(os.path.join(a.golden, '*.png')))
        golden = {os.path.basename(path): embed(stored_net, np.ascontiguousarray(cv2.imread(path)[..., ::-1])) for path in crops}
        with open(os.path.join(a.golden, f'{a.id or name}.json'), 'w') as f:
            f.write(json.dumps(golden) + '\n')
    print(f'{a.out}: {len(g.nodes)} nodes, {len(blob):,} bytes of weights, sha256 {files[1]["sha256"][:16]}')


if __name__ == '__main__':
    main()
