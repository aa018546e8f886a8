"""The teacher's answer for every face of the packs, undistorted: python3 answers.py --out DIR/answers.npz

The answers tell distill.py and distill_cpu.py where faces are crowded (spread.py), and distill_cpu.py also who is the same person, and which of
a thousand held-out faces a student recognizes. Cut-off faces get a natural background first; the face and its mirror image are averaged.
Writes e, float16 [n, 128], unit vectors in the order of packs.read_faces. For 48 thousand faces two cores take a quarter of an hour (with a
good BLAS: `apt-get install libopenblas0-pthread`), half of that with bfloat16 instructions (cosine to float32's answers 0.9997).
"""
import argparse
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from distill import HERE, last
from distort import whole
from fastcpu import has_bfloat16, keep_memory
from packs import Faces, kept_aside
from pictures import FRAME, surround
from spread import SAME_PERSON
from teacher import Teacher

BATCH = 128
# Cosines of the teacher's answers: for similar faces, and for duplicates of one picture.
ALIKE, SAME_PICTURE = 0.5, 0.97
SHARED = 0.6  # of all faces similar to either of two pictures, this share must be similar to both


def middle(x, mirrored, side=112):
    """Packs are cropped wider than the SDK's crop: [n, 3, 128, 128] -> the part inside the SDK's crop, [n, 3, side, side]"""
    m = torch.tensor([[[-FRAME if mirrored else FRAME, 0, 0], [0, FRAME, 0]]], device=x.device).expand(len(x), 2, 3)
    return F.grid_sample(x, F.affine_grid(m, (len(x), 3, side, side), align_corners=False), align_corners=False)


@torch.no_grad()
def answers(teacher, faces, cut, natural, rng, dev='cpu'):
    """Yields embeddings, float32 [up to BATCH, 128], for faces uint8 [n, 128, 128, 3] with `cut` rows repeated at the top; natural: the rows of those that
    others get their background from"""
    half = has_bfloat16(dev)
    look = lambda rows: torch.from_numpy(faces[rows]).to(dev).permute(0, 3, 1, 2).float() / 255
    for at in range(0, len(faces), BATCH):
        rows = np.arange(at, min(at + BATCH, len(faces)))
        e = 0
        for mirrored in (False, True):
            x = surround(look(rows), torch.from_numpy(cut[rows]).to(dev), look(rng.choice(natural, len(rows))))
            with torch.autocast(dev, dtype=torch.bfloat16, enabled=half):
                told = teacher((middle(x, mirrored) * 255).contiguous(memory_format=last))
            e = e + F.normalize(told.float())
        yield F.normalize(e).cpu().numpy()


def persons(e, block=2000):
    """The teacher's view of a person, from the other pictures of the same person, which are found by similarity, without labels.

    e: unit vectors [n, d] -> unit vectors [n, d] (0 where there is no other picture), trust [n]: 0 without another picture, a third with one,
    toward 1 with many. Part of each answer belongs to the picture: light, pose, age. If a student errs, it should err toward the person.

    A high cosine alone is not enough: the teacher puts small children, and some groups of adults, so close together that hundreds of them
    would count as one person, and the student would learn to confuse them. Pictures of one person resemble the same other pictures, while those
    in a crowd have neighbors of their own. So the two neighborhoods must be nearly the same (Jaccard index).
    """
    near, found = [], []
    for at in range(0, len(e), block):
        cosine = e[at:at + block] @ e.T
        near.append(np.packbits(cosine > ALIKE, axis=1))  # every face is its own neighbor
        some, others = np.nonzero((cosine > SAME_PERSON) & (cosine < SAME_PICTURE))
        found.append(np.stack([some + at, others]))
    near, (some, others) = np.concatenate(near), np.concatenate(found, 1)
    count = lambda rows: BITS[rows].sum(1, dtype=np.int64)
    total, mass = np.zeros_like(e), np.zeros(len(e), np.float32)
    for i, j in zip(*grouped(some, others)):
        j = j[(j != i) & (count(near[i] & near[j]) >= SHARED * count(near[i] | near[j]))]
        total[i], mass[i] = e[j].sum(0), len(j)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.divide(total, length, out=np.zeros_like(e), where=length > 0), mass / (mass + 2)


def known_persons(e, kept):
    """`persons` by the faces that are learned from: one that is kept aside (`kept`, bool [n]) has no say in what others are taught, and gets no answer"""
    person, trust = np.zeros_like(e), np.zeros(len(e), np.float32)
    person[~kept], trust[~kept] = persons(e[~kept])
    return person, trust


BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(1, dtype=np.uint8)


def grouped(keys, values):
    """Sorted keys and a value for each -> every key once, the array of its values"""
    once, start = np.unique(keys, return_index=True)
    return once, np.split(values, start[1:])


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument('--data', default=os.path.join(HERE, 'data'), help='folder of the packs')
    p.add_argument('--out', default='answers.npz')
    a = p.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(7)
    faces = Faces(a.data)
    natural = whole(faces.cut, kept_aside(faces.labels))
    del faces.sharp  # several GB, and only soft ones are shown
    done, began = [], time.time()
    dev = 'cuda' if torch.cuda.is_available() else 'cpu'
    for e in answers(Teacher().to(dev, memory_format=last), faces.soft, faces.cut, natural, np.random.default_rng(7), dev):
        done.append(e.astype(np.float16))
        if len(done) % 50 == 0:
            print(f'{len(done) * BATCH} of {len(faces)}, {len(done) * BATCH / (time.time() - began):.0f} pictures/s', flush=True)
    np.savez(a.out, e=np.concatenate(done))


if __name__ == '__main__':
    keep_memory()
    main()
