"""Faces as a camera might show them, for distill_cpu.py. Works on bytes with OpenCV, and takes a tenth of the student's own step, where pictures.augment takes a third."""
import cv2
import numpy as np
import torch

from pictures import FRAME, surround

CALM = 0.4  # default share of pictures that are only shifted and lit slightly differently, as the SDK's own crops are
BAND = 256
# A bent face is moved at so many points across and down, by up to BEND of its width (standard deviation), and by no less than LEAST of that: a face that
# hardly moves is still the same person's, and would only lose what is known about that person.
KNOTS, BEND, LEAST = 5, 0.03, 0.3


def whole(cut, kept):
    """The rows of faces whose background others may get: nothing is cut off, and they are not kept aside (`kept`, bool [n])"""
    return np.flatnonzero((cut == 0) & ~kept)


def surrounded(faces, cut, rng, rows=None, natural=None):
    """uint8 [n, 128, 128, 3] -> a copy of all faces, or of `rows`, in which those with more than five rows cut off (`cut` [n]) get the background of one of
    the faces `natural` (rows; by default all with nothing cut off), the same for the same `rng`"""
    rows = np.arange(len(faces)) if rows is None else rows
    natural = np.flatnonzero(cut == 0) if natural is None else natural
    generator = torch.Generator().manual_seed(int(rng.integers(2 ** 63)))
    look = lambda rows: torch.from_numpy(faces[rows]).permute(0, 3, 1, 2).float() / 255
    out, needy = faces[rows], np.flatnonzero(cut[rows] > 5)
    for at in range(0, len(needy), BAND):
        some = needy[at:at + BAND]
        x = surround(look(rows[some]), torch.from_numpy(cut[rows[some]]), look(rng.choice(natural, len(some))), generator)
        out[some] = (x * 255).round().permute(0, 2, 3, 1).numpy()
    return out


def bend(size, rng):
    """Where each pixel of a bent face comes from, float32 [size, size, 2]: eyes further apart, a longer nose, a narrower jaw, so that it is somebody else's.
    A teacher has an answer for every face, and there are more faces than pictures."""
    knots = rng.standard_normal((KNOTS, KNOTS, 2), np.float32) * np.float32(rng.uniform(LEAST * BEND, BEND) * size)
    straight = np.stack(np.meshgrid(np.arange(size, dtype=np.float32), np.arange(size, dtype=np.float32)), -1)
    return straight + cv2.resize(knots, (size, size), interpolation=cv2.INTER_CUBIC)


def crop(face, size, rng, much, bent=False):
    """The SDK's crop of a pack's picture, mirrored at random, moved and skewed, with `much` = 1 by up to 7 %, 7° and 3.5 pixels of 128; bent: a face of
    nobody's (`bend`)"""
    sym = lambda reach: rng.uniform(-reach, reach) * much
    scale = FRAME * (1 + sym(0.065)) * len(face) / size
    turn = sym(0.12) if rng.random() < 0.6 else 0.0
    wide, shear, flip = 1 + sym(0.05), sym(0.04), rng.choice([-1, 1])
    c, s = np.cos(turn), np.sin(turn)
    m = np.array([[scale * c * flip * wide, -scale * (s + shear), 0], [scale * s * flip * wide, scale * c, 0]])
    m[:, 2] = (len(face) - 1) / 2 + np.array([sym(3.5), sym(3.5)]) * len(face) / 128 - m[:, :2] @ np.full(2, (size - 1) / 2)
    how = cv2.INTER_CUBIC if rng.random() < 0.3 else cv2.INTER_LINEAR
    if bent:
        return cv2.remap(face, cv2.transform(bend(size, rng), m.astype(np.float32)), None, how, borderMode=cv2.BORDER_REFLECT_101)
    return cv2.warpAffine(face, m, (size, size), flags=cv2.WARP_INVERSE_MAP | how, borderMode=cv2.BORDER_REFLECT_101)


def blended(a, b, rng):
    """Two crops -> a face that belongs to nobody: one showing through the other, or the brow of one over the mouth of the other"""
    if rng.random() < 0.6:
        part = rng.uniform(0.45, 1)
        return cv2.addWeighted(a, part, b, 1 - part, 0)
    down = np.linspace(0, 1, len(a), dtype=np.float32)[:, None, None]
    of_a = 1 / (1 + np.exp(np.clip((down - rng.uniform(0.3, 0.7)) * 40, -30, 30)))
    return (a * of_a + b * (1 - of_a)).astype(np.uint8)


def camera(x, rng):
    """Gray, blurred or sharpened, compressed; uint8 -> uint8"""
    size = len(x)
    if rng.random() < 0.1:
        x = cv2.cvtColor(cv2.cvtColor(x, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    kind = rng.random()
    if kind < 0.5:
        low = int(size / (1.2 + 2.4 * rng.random() * rng.random() + size / 160 - 0.7))
        x = cv2.resize(cv2.resize(x, (low, low), interpolation=cv2.INTER_AREA), (size, size), interpolation=cv2.INTER_LINEAR)
    elif kind < 0.7:
        x = sharpened(x, rng.random())
    if rng.random() < 0.15:
        x = cv2.imdecode(cv2.imencode('.jpg', x, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(25, 90))])[1], cv2.IMREAD_COLOR)
    return x


def sharpened(x, by):
    return cv2.addWeighted(x, 1 + by, cv2.blur(x, (3, 3)), -by, 0)


def exposed(x, rng, much):
    """Gamma, brightness, a tint, contrast; uint8 -> float32 in -1..1"""
    sym = lambda reach: rng.uniform(-reach, reach) * much
    curve = (np.arange(256) / 255)[:, None] ** np.exp(sym(0.4)) * (1 + sym(0.25)) * (1 + np.array([sym(0.11), sym(0.11), sym(0.11)]))
    n = len(x)
    mean = curve[int(x[n // 4:n * 3 // 4, n // 4:n * 3 // 4].mean())].mean()
    curve = ((curve - mean) * (1 + sym(0.25)) + mean).clip(0, 1) * 2 - 1
    return cv2.LUT(x, curve.astype(np.float32)[:, None])


def filmed(x, rng, noise, calm):
    """A crop, uint8 [size, size, 3] -> float32 in -1..1, as a camera might show it. noise: a long float32 vector of standard normal numbers to take pieces from"""
    if calm:
        return exposed(sharpened(x, rng.random()) if rng.random() < 0.2 else x, rng, 0.4)
    size = len(x)
    x = exposed(camera(x, rng), rng, 1)
    if rng.random() < 0.4:  # light from one side
        line = np.linspace(-1, 1, size, dtype=np.float32)
        across, down = rng.uniform(-0.35, 0.35), rng.uniform(-0.2, 0.2)
        x = (x + 1) * (1 + np.float32(across) * line[None, :, None] + np.float32(down) * line[:, None, None]) - 1
    if rng.random() < 0.5:
        at = rng.integers(len(noise) - x.size)
        x = x + noise[at:at + x.size].reshape(x.shape) * np.float32(rng.uniform(0, 0.06))
    if rng.random() < 0.1:  # something in front
        top, left, high, wide = (rng.uniform([0, 0, 0.1, 0.1], [0.75, 0.75, 0.3, 0.35]) * size).astype(int)
        x[top:top + high, left:left + wide] = rng.uniform(-1, 1, 3)
    return x.clip(-1, 1)


class Distorter:
    """Has its own random numbers: the same seed distorts the same faces in the same way. blends, bends: the shares of pictures that are blended
    and bent faces; calm: the share that is only shifted and lit slightly differently"""

    def __init__(self, seed, blends=0.0, calm=CALM, bends=0.0):
        self.rng, self.blends, self.calm, self.bends = np.random.default_rng(seed), blends, calm, bends
        self.noise = self.rng.standard_normal(4_000_000, np.float32)

    def __call__(self, faces, others, size, takes=1):
        """faces, others (to blend with): uint8, n times [side, side, 3] of any sides -> crops uint8 [n, size, size, 3] for the teacher, the same
        as filmed by a camera, `takes` times one after the other: float32 tensor [takes * n, 3, size, size] in -1..1, channels last; which are
        nobody's, blended or bent, bool [n]"""
        rng, n = self.rng, len(faces)
        crops, out = np.empty((n, size, size, 3), np.uint8), np.empty((takes, n, size, size, 3), np.float32)
        mixed, calm = rng.random(n) < self.blends, rng.random(n) < self.calm
        bent = rng.random(n) < self.bends if self.bends else np.zeros(n, bool)
        for i in range(n):
            crops[i] = crop(faces[i], size, rng, 0.4 if calm[i] else 1, bent[i])
            if mixed[i]:
                crops[i] = blended(crops[i], crop(others[i], size, rng, 0.4), rng)
            for take in out:
                take[i] = filmed(crops[i], rng, self.noise, calm[i])
        return crops, torch.from_numpy(out).flatten(0, 1).permute(0, 3, 1, 2), mixed | bent
