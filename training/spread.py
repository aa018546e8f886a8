"""Targets moved apart where faces lie crowded to the teacher."""
import torch
import torch.nn.functional as F

SAME_PERSON = 0.6  # from this cosine of the teacher's answers on, two pictures may show one person
APART, WIDTH = 0.5, 0.07  # how far a face is moved away from its crowd, and over which cosines the crowd reaches


def spread(e, faces):
    """Unit vectors [n, d] moved away from the middle of those faces [m, d] that lie nearest without being the same person -> unit vectors [n, d]

    To the teacher some groups lie close together, small children above all, and one threshold for everybody lets their strangers in. Where it
    is crowded the middle of the crowd is long and is taken off; where nobody is near it is short. Torch tensors.
    """
    cosine = e @ faces.t()
    weight = torch.exp((cosine - SAME_PERSON) / WIDTH) * (cosine < SAME_PERSON)
    return F.normalize(e - APART * (weight @ faces) / weight.sum(1, keepdim=True))
