"""Surfaces for what occluders.py draws: cloth, skin, hair. Pictures are float32 RGB 0 … 255 [128, 128, 3]."""
import cv2
import numpy as np

SIDE = 128


def blots(rng, cells, channels=1):
    """Soft noise of mean 0 and deviation about 1 [128, 128, channels]"""
    noise = cv2.resize(rng.normal(0, 1.4, (cells, cells, channels)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return noise.reshape(SIDE, SIDE, channels)


def tone(rng, color, face):
    """A color, lit roughly like the face"""
    light = face[50:110, 40:88].mean() / 135
    return (np.asarray(color, np.float32) * np.clip(light * rng.uniform(0.8, 1.3), 0.15, 1.6)).clip(0, 255)


def cloth(rng, face, donor):
    """Flat, shaded, striped, checked, printed, or cut out of another picture"""
    kind = rng.random()
    color = tone(rng, rng.uniform(10, 250, 3) if rng.random() < 0.6 else np.full(3, rng.uniform(5, 250)), face)
    out = np.broadcast_to(color, (SIDE, SIDE, 3)).astype(np.float32)
    if kind < 0.25:
        return out
    if kind < 0.4:
        return (out + blots(rng, int(rng.integers(3, 30)), int(rng.choice([1, 3]))) * rng.uniform(5, 40)).clip(0, 255)
    if kind < 0.55:
        yy, xx = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        angle, period = rng.uniform(0, np.pi), rng.uniform(3, 16)
        wave = np.sin((xx * np.cos(angle) + yy * np.sin(angle)) * 2 * np.pi / period)
        if rng.random() < 0.4:
            wave = wave * np.sin((yy * np.cos(angle) - xx * np.sin(angle)) * 2 * np.pi / period)
        other = tone(rng, rng.uniform(10, 250, 3), face)
        return out + (other - out) * (wave[..., None] > rng.uniform(-0.6, 0.6))
    w = int(rng.integers(10, 60))  # a part of another picture, enlarged
    x, y = rng.integers(0, SIDE - w, 2)
    patch = cv2.resize(donor[y:y + w, x:x + w], (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.4:
        patch = patch[..., rng.permutation(3)]
    if rng.random() < 0.3:
        patch = 255 - patch
    return (patch * rng.uniform(0.6, 1.3)).clip(0, 255)


def folds(rng, color, pleats):
    """Shading by folds, or by the pleats of a surgical mask"""
    shade = 1 + blots(rng, int(rng.integers(3, 8))) * rng.uniform(0.01, 0.14)
    yy, xx = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    if pleats:
        lines = np.sin((yy + 0.004 * (xx - 64) ** 2) * 2 * np.pi / rng.uniform(8, 15)) > rng.uniform(0.6, 0.93)
        shade = shade * (1 - lines[..., None] * rng.uniform(0.05, 0.3))
    side = 1 - rng.uniform(0, 0.4) * (np.abs(xx - rng.uniform(48, 80)) / 50).clip(0, 1) ** 2
    return (color * shade * side[..., None]).clip(0, 255).astype(np.float32)


def skin(rng, face, donor, same=None):
    """Skin as of this face's cheeks (two of three) or of another's; `same`: only the shading differs"""
    if same is None:
        of = face if rng.random() < 0.67 else donor
        x, y = [(40, 76), (76, 76), (56, 40), (58, 84)][rng.integers(4)]
        patch = of[y:y + 14, x:x + 14]
        base = patch.mean((0, 1)) * rng.uniform(0.8, 1.15) * rng.uniform(0.96, 1.04, 3)
        detail = cv2.resize(patch - patch.mean((0, 1)), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        same = base + detail * rng.uniform(0, 1)
    return (same * (1 + blots(rng, int(rng.integers(4, 10))) * rng.uniform(0, 0.06))).clip(0, 255).astype(np.float32)


def strands(rng, face, donor):
    """Hair: fine lines along one direction, or hair of the donor"""
    if rng.random() < 0.4:
        w = int(rng.integers(14, 34))
        x = int(rng.choice([rng.integers(14, 40), rng.integers(70, 110 - w)]))
        patch = donor[14:14 + w, x:x + w]
        return cv2.resize(np.concatenate([patch, patch[::-1]]), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    base = np.array([(22, 17, 15), (60, 40, 28), (105, 72, 45), (175, 140, 90), (150, 145, 140), (120, 60, 35)][rng.integers(6)], np.float32)
    base = tone(rng, base * rng.uniform(0.7, 1.3), face)
    lines = cv2.resize(rng.normal(0, 1, (int(rng.integers(2, 5)), 90)).astype(np.float32), (2 * SIDE, 2 * SIDE), interpolation=cv2.INTER_LINEAR)
    turn = cv2.getRotationMatrix2D((SIDE, SIDE), float(rng.uniform(-70, 70)), 1)
    turned = cv2.warpAffine(lines, turn, (2 * SIDE, 2 * SIDE), borderMode=cv2.BORDER_REFLECT)[64:192, 64:192]
    return (base * (1 + turned[..., None] * rng.uniform(0.1, 0.45))).clip(0, 255).astype(np.float32)
