"""The faces of the packs as a model embeds them: python3 embedded.py --model ../public/models/mobilenet-160 --out out/embedded

Any model folder does, also one that a recipe has installed. Writes <id>.npz: `e` [n, values] unit vectors in float32, and for each face its pack, row, source, age, gender, ethnicity and person as the packs' .csv name
them ('' where unknown), and `cut`. At most so many faces of each source as QUOTA says, so that no source drowns the others; LFW's own people (sets 1 to 5,
lfw-dev-112.npz, which have no .csv) come last, under the source `lfw`. Whole pictures are embedded as the SDK crops them; those that end inside the crop get
natural surroundings first, as in training and in groups.py. Batch norms are folded, and on processors that can, convolutions run in bfloat16 (cosine to
float32 0.9999).
"""
import argparse
import csv
import json
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from distill import HERE, last
from export import as_read
from finetune import as_tensor, center
from networks import SameConv, Relu6, fold
from pictures import surround, unpack, unpack_some
from recognizer import Recognizer

PACKS = ['faces-whole', 'faces-cut', 'faces-whole-2', 'faces-cut-2', 'sharp-205']
QUOTA = {'celeba-half': 3000, 'mask-bare': 1500, 'congress': 1500, 'players': 1500, 'bare-2': 1000, 'gender-web': 1500, 'human-faces': 1500, 'celeba-200': 600,
         'generated': 800, 'omi-generated': 800, 'fakefaces': 500, 'youtube': 400, 'celebrity': 0}
FIELDS = ['source', 'age', 'gender', 'ethnicity', 'person']


class Act6(nn.Module):
    def forward(self, x):
        return F.relu6(x, inplace=True)


def folded(net):
    """The network with its convolutions' batch norms folded into them, several times as fast on a CPU; changes `net`"""
    for block in list(net.modules()):
        if isinstance(block, nn.Sequential) and len(block) > 1 and isinstance(block[0], SameConv):
            w, b = fold(block[0].weight, block[1])
            block[0].weight, block[0].bias, block[1] = nn.Parameter(torch.from_numpy(w)), nn.Parameter(torch.from_numpy(b)), nn.Identity()
            if len(block) > 2:
                block[2] = Act6() if isinstance(block[2], Relu6) else nn.ReLU(inplace=True)
    return net.to(memory_format=last)


@torch.no_grad()
def embed(net, x, size=160, half=True):
    """net: folded; x: float [n, 3, h, w] in 0..1, the SDK's crop -> [n, 128] unit vectors"""
    x = F.interpolate(x, size=(size, size), mode='bilinear', align_corners=False) * 2 - 1
    with torch.autocast('cpu', dtype=torch.bfloat16, enabled=half):
        return F.normalize(net(x.contiguous(memory_format=last)).float()).numpy()


def embedder(folder, half=True):
    """folder: a model's -> what embeds float [n, 3, h, w] in 0..1, the SDK's crop, as [n, values] unit vectors; half: convolutions in bfloat16"""
    with open(os.path.join(folder, 'manifest.json')) as f:
        size = json.load(f)['input']['size']
    with open(os.path.join(folder, 'model.json')) as f:
        own = json.load(f).get('userDefinedMetadata', {}).get('network')
    if own:
        net = folded(as_read(folder))
        return lambda x: embed(net, x, size, half)
    imported = Recognizer(folder)

    def of(x):
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=half):
            return imported.embed(F.interpolate(x, size=(size, size), mode='bilinear', align_corners=False) * 255)
    return of


def read_labels(folder, pack):
    with open(os.path.join(folder, f'{pack}.csv')) as f:
        return list(csv.DictReader(f))


def choose(folder, rng, share=1.0):
    """-> {pack: rows}, drawn at random up to QUOTA over all packs; of every source this share"""
    rows = [(pack, int(row['index']), row['source']) for pack in PACKS for row in read_labels(folder, pack)]
    quotas = {s: share * QUOTA.get(s, sum(source == s for _, _, source in rows)) for s in {source for _, _, source in rows}}
    taken, out = {}, {pack: [] for pack in PACKS}
    for i in rng.permutation(len(rows)):
        pack, index, source = rows[i]
        taken[source] = taken.get(source, 0) + 1
        if taken[source] <= quotas[source]:
            out[pack].append(index)
    return {pack: np.sort(rows) for pack, rows in out.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs')
    p.add_argument('--model', default=os.path.join(HERE, '../public/models/mobilenet-160'))
    p.add_argument('--out', default=os.path.join(HERE, 'out/embedded'))
    p.add_argument('--threads', type=int, default=os.cpu_count() or 1)
    p.add_argument('--share', type=float, default=1.0, help='of the faces, of every source alike')
    p.add_argument('--precise', action='store_true', help='float32 throughout')
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    os.makedirs(a.out, exist_ok=True)
    with open(os.path.join(a.model, 'manifest.json')) as f:
        manifest = json.load(f)
    size, of = manifest['input']['size'], embedder(a.model, not a.precise)
    chosen, told, e = choose(a.data, rng, a.share), {k: [] for k in ['pack', 'row', 'cut', *FIELDS]}, []
    began, donors = time.time(), None
    for pack in PACKS:
        path = os.path.join(a.data, f'{pack}.npz')
        cut = np.load(path)['cut']
        if donors is None:
            donors = unpack_some(path, rng.choice(np.flatnonzero(cut == 0), 2000, replace=False))
        labels = {int(row['index']): row for row in read_labels(a.data, pack)}
        for i in range(0, len(chosen[pack]), 64):
            rows = chosen[pack][i:i + 64]
            x = as_tensor(unpack_some(path, rows))
            if x.shape[2] == 128 and (cut[rows] > 5).any():
                covered = surround(x, torch.from_numpy(cut[rows].astype(np.float32)), as_tensor(donors[rng.choice(len(donors), len(rows))]))
                x = torch.where(torch.from_numpy(cut[rows] > 5).view(-1, 1, 1, 1), covered, x)
            e.append(of(center(x, size)))
            for row in rows:
                told['pack'].append(pack), told['row'].append(row), told['cut'].append(cut[row])
                for field in FIELDS:
                    told[field].append(labels[row][field])
        print(f'{pack}: {len(chosen[pack]):,} faces, {time.time() - began:.0f} s', flush=True)
    lfw = os.path.join(a.data, 'lfw-dev-112.npz')
    if os.path.exists(lfw):
        pictures, _ = unpack(lfw)
        for i in range(0, len(pictures), 64):
            e.append(of(as_tensor(pictures[i:i + 64])))
        for k, v in told.items():
            v += {'pack': ['lfw-dev-112'], 'source': ['lfw'], 'row': [0], 'cut': [0]}.get(k, ['']) * len(pictures)
        told['row'][-len(pictures):] = range(len(pictures))
    np.savez(os.path.join(a.out, f'{manifest["id"]}.npz'), e=np.concatenate(e), **{k: np.array(v) for k, v in told.items()})


if __name__ == '__main__':
    main()
