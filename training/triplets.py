"""FaceNet's objective: triplet loss on unit embeddings with semi-hard mining inside the batch (Schroff et al. 2015, section 3)."""
import torch


def squared_distances(e):
    """unit vectors [n, d] -> [n, n] squared Euclidean distances, 0 … 4"""
    return (2 - 2 * e @ e.t()).clamp(min=0)


@torch.no_grad()
def semi_hard(d, people, margin):
    """-> indices [t] of anchors, positives and negatives

    Each ordered pair of one person's pictures becomes a triplet with the nearest negative that is still further away than the positive,
    but by less than the margin. Nearer negatives are skipped: FaceNet's authors saw such choices collapse the embedding. Pairs without
    a negative in that band have learned enough, or not yet enough to learn from.
    d: [n, n] squared distances; people: [n] labels
    """
    same = people[:, None] == people[None]
    anchors, positives = (same & ~torch.eye(len(d), dtype=torch.bool, device=d.device)).nonzero(as_tuple=True)
    far = d[anchors]  # [pairs, n]: from each pair's anchor to everyone
    near = d[anchors, positives][:, None]
    band = ~same[anchors] & (far > near) & (far < near + margin)
    found = band.any(1)
    negatives = torch.where(band, far, torch.full_like(far, float('inf'))).argmin(1)
    return anchors[found], positives[found], negatives[found]


def triplet_loss(e, people, margin=0.2):
    """Mean of [d(a, p) - d(a, n) + margin]+ over the batch's semi-hard triplets, and how many there are.

    e: [n, d] unit vectors; people: [n] labels. Where there is no triplet the loss is 0 (and still has a gradient, which is 0).
    """
    d = squared_distances(e)
    a, p, n = semi_hard(d, people, margin)
    if len(a) == 0:
        return e.sum() * 0, 0
    return (d[a, p] - d[a, n] + margin).clamp(min=0).mean(), len(a)
