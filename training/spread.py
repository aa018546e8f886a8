"""Moves targets apart where the teacher puts faces close together."""
import torch
import torch.nn.functional as F

SAME_PERSON = 0.6  # at or above this cosine of the teacher's answers, two pictures may show one person
APART, WIDTH = 0.5, 0.07  # how far a face is moved away from its crowd, and over which cosines the crowd reaches


def spread(e, faces):
    """Unit vectors [n, d] moved away from the mean of the nearest faces [m, d] that are not the same person -> unit vectors [n, d]

    The teacher puts some groups close together, small children above all, and one threshold for everybody lets in strangers among them. Where
    it is crowded the mean of the crowd is long, and is subtracted; where nobody is near it is short. Torch tensors.
    """
    cosine = e @ faces.t()
    weight = torch.exp((cosine - SAME_PERSON) / WIDTH) * (cosine < SAME_PERSON)
    return F.normalize(e - APART * (weight @ faces) / weight.sum(1, keepdim=True))
