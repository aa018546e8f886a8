"""How close a student comes to its targets on the faces kept aside, which no run learns from."""
import numpy as np
import torch
import torch.nn.functional as F

from distill import last
from distort import Distorter, surrounded

SEED = 99  # what their pictures are drawn with, in every run


@torch.no_grad()
def agreement(net, x, target, named):
    """Mean cosine of net's embeddings of x to target; the same in words, with that of people kept aside as a whole (`named`, bool [n]), and the share of
    pictures whose own target is the nearest"""
    e = torch.cat([F.normalize(net(part.contiguous(memory_format=last)).float()) for part in x.split(100)])
    cosines = e @ target.t()
    own, nearest = cosines.diag(), (cosines.argmax(1) == torch.arange(len(e))).float().mean()
    people = f' (people kept aside {own[named].mean():.4f})' if named.any() else ''
    return own.mean().item(), f'cosine {own.mean():.4f}{people}, nearest {nearest:.3f}'


class Held:
    """The faces kept aside as a camera might show them, the same pictures of them in every run: all of them soft, and the sharp ones sharp as well.

    aside: their rows; target: unit vectors, one for each of them
    """

    def __init__(self, faces, aside, target, size=160):
        known = torch.tensor([bool(faces.labels[i].get('person')) for i in aside], dtype=torch.bool)
        soft = surrounded(faces.soft[aside], faces.cut[aside], np.random.default_rng(SEED))
        self.sets = [('faces kept aside', Distorter(SEED)(list(soft), [], size)[1], target, known)]
        larger = np.flatnonzero(aside >= faces.first)
        if len(larger):
            sharp = [faces.sharp[i - faces.first] for i in aside[larger]]
            self.sets.append(('sharp ones shown sharp', Distorter(SEED)(sharp, [], size)[1], target[larger], known[larger]))

    def __call__(self, net):
        """-> the mean cosine to the targets of all that is shown, and what to say of it"""
        found = [(len(x), name, *agreement(net, x, target, known)) for name, x, target, known in self.sets]
        mean = sum(n * cosine for n, _, cosine, _ in found) / sum(n for n, *_ in found)
        return mean, '; '.join(f'{name}: {told}' for _, name, _, told in found)
