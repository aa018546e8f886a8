"""Pictures to learn occlusion from: faces of the packs, bare or with something drawn over them (occluders.py), lit, blurred and misaligned at random."""
import multiprocessing

import cv2
import numpy as np

from occluders import KINDS, clear_glasses
from occlusion_net import CELLS, CHANNELS, SIZE, features, region_masks
from pictures import FRAME

cv2.setNumThreads(1)


def light(rng, picture):
    """Gamma, gain, a light from one side, a cast shadow, blur, noise, gray: none of these hides anything. RGB 0 … 255 [128, 128, 3]"""
    side = len(picture)
    xx = np.linspace(-1, 1, side, dtype=np.float32)
    x = (picture / 255).clip(1e-3, 1) ** np.float32(np.exp(rng.normal(0, 0.3)))
    x *= rng.uniform(0.6, 1.25) * rng.uniform(0.9, 1.1, 3).astype(np.float32)
    if rng.random() < 0.4:
        x *= (1 + rng.uniform(-0.6, 0.6) * xx[None, :] + rng.uniform(-0.35, 0.35) * xx[:, None])[..., None]
    if rng.random() < 0.2:  # a shadow with an edge
        angle, edge = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.7)
        deep = ((np.cos(angle) * xx[None, :] + np.sin(angle) * xx[:, None] - edge) / rng.uniform(0.05, 0.4)).clip(0, 1)
        x *= (1 - rng.uniform(0.2, 0.75) * deep)[..., None]
    if rng.random() < 0.35:
        small = int(side / rng.uniform(1.3, 4))
        x = cv2.resize(cv2.resize(x, (small, small), interpolation=cv2.INTER_AREA), (side, side), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.12:
        x = np.repeat(x[..., 1:2], 3, 2)
    if rng.random() < 0.4:
        x = x + rng.standard_normal(x.shape, dtype=np.float32) * rng.uniform(0.005, 0.04)
    return (x * 255).clip(0, 255)


def crop_matrix(rng, jitter):
    """2×3, from the pack's 128 pixels to the 160-pixel crop, misaligned at random"""
    scale = SIZE / 128 / FRAME * rng.uniform(1 - 0.08 * jitter, 1 + 0.08 * jitter)
    turn = cv2.getRotationMatrix2D((64, 64), float(rng.normal(0, 4) * jitter), float(scale))
    turn[0] *= rng.uniform(1 - 0.05 * jitter, 1 + 0.05 * jitter)
    turn[:, 2] += SIZE / 2 - turn[:, :2] @ [64, 64] - turn[:, 2] + rng.normal(0, 3.5, 2) * jitter
    return turn


def picture(rng, face, donor, kinds, jitter=1.0):
    """uint8 RGB [128, 128, 3] twice; kinds: what to draw, any of KINDS, 'glasses', or nothing -> float32 crop [160, 160, 3] 0 … 255, hidden [160, 160] 0 or 1"""
    out, donor, hidden = face.astype(np.float32), donor.astype(np.float32), np.zeros(face.shape[:2], np.float32)
    gray = np.abs(out[::4, ::4, 0] - out[::4, ::4, 2]).mean() < 6
    for kind in kinds:
        color, alpha = (clear_glasses if kind == 'glasses' else KINDS[kind])(rng, face.astype(np.float32), donor)
        if rng.random() < 0.4:
            soft = rng.uniform(0.4, 1.6)
            color, alpha = (cv2.GaussianBlur(part.astype(np.float32), (0, 0), soft) for part in (color, alpha))
        if gray:
            color = np.repeat(color[..., 1:2], 3, 2)
        out = out + (color - out) * alpha[..., None]
        if kind != 'glasses':
            hidden = np.maximum(hidden, alpha)
    turn = crop_matrix(rng, jitter)
    warp = lambda x: cv2.warpAffine(x.astype(np.float32), turn, (SIZE, SIZE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return warp(light(rng, out) if jitter else out), (warp(hidden) > 0.5).astype(np.float32)


def choose(rng, kinds):
    """What to draw: two in five nothing (a third of those glasses), else one of the kinds, sometimes two"""
    if rng.random() < 0.4:
        return ['glasses'] if rng.random() < 0.33 else []
    first = [str(rng.choice(kinds))]
    if rng.random() < 0.1:
        first.append(str(rng.choice(kinds)))
    return (['glasses'] if rng.random() < 0.08 else []) + first


def bare(rng):
    """For `made`: nothing"""
    return []


def one_of(kinds):
    """For `made`: one thing over every face"""
    return lambda rng: [str(rng.choice(list(kinds)))]


def made(seed, faces, donors, pick=lambda rng: choose(rng, list(KINDS)), jitter=1.0, log=None):
    """faces: uint8 [n, 128, 128, 3]; pick(generator): what to draw over one -> float16 features, shares hidden [n, 4], what was drawn

    The result does not depend on the number of processors.
    """
    masks = region_masks()
    area = masks.sum((1, 2))

    def batch(start):
        rng = np.random.default_rng((seed, start))
        crops, shares, drawn = [], [], []
        for face in faces[start:start + 128]:
            what = pick(rng)
            crop, hidden = picture(rng, face, donors[rng.integers(len(donors))], what, jitter)
            crops.append(crop)
            shares.append((masks * hidden).sum((1, 2)) / area)
            drawn.append('+'.join(what))
        if log and start % 2560 == 0:
            log(f'{start} of {len(faces)} pictures drawn')
        return features(np.stack(crops).astype(np.float32) / 127.5 - 1).astype(np.float16), np.array(shares, np.float32), drawn

    if len(faces) == 0:
        return np.empty((0, CELLS, CELLS, CHANNELS), np.float16), np.empty((0, len(masks)), np.float32), np.empty(0, str)
    global _batch  # inherited by the forked processes
    _batch = batch
    with multiprocessing.get_context('fork').Pool() as pool:
        parts = pool.map(_run, range(0, len(faces), 128), chunksize=1)
    return tuple(np.concatenate(part) for part in zip(*parts))


def _run(start):
    return _batch(start)
