"""How well occlusion is estimated: how much of what was drawn is found, and false alarms on bare faces."""
import glob
import os

import cv2
import numpy as np

from occlusion_net import SIZE, features, run
from pictures import FRAME


def share_above(values, limit):
    return {'faces': len(values), 'share': round(float((values > limit).mean()), 4) if len(values) else None}


def found(x, y, drawn, kinds, layers, limit):
    """By kind: the share of faces with more than the limit hidden that is recognized as such; the estimate's mean error on all"""
    guess, truth, out = run(x, layers).mean(1), y.mean(1), {}
    for kind in kinds:
        rows = drawn == kind
        error = round(float(np.abs(guess - truth)[rows].mean()), 3) if rows.any() else None
        out[kind] = {**share_above(guess[rows & (truth > limit)], limit), 'error': error}
    return out


def false_alarms(guess, people, limit):
    """For bare faces: all by source, and the labeled adults by gender, by ethnicity and by both"""
    rows = lambda test: share_above(guess[[i for i, p in enumerate(people) if test(p)]], limit)
    out = {s: rows(lambda p: p['source'] == s) for s in sorted({p['source'] for p in people})}
    adult = lambda p: p['gender'] and p['age'] and int(p['age']) >= 18
    for keys in (('gender',), ('ethnicity',), ('ethnicity', 'gender')):
        name = lambda p: ', '.join(p[k] for k in keys)
        for group in sorted({name(p) for p in people if adult(p)}):
            out[group] = rows(lambda p: adult(p) and name(p) == group)
    return out


def aligned(folder):
    """Pictures that `npm run align` wrote, of any side -> features [n, 20, 20, 7]"""
    def crop(path):
        x = np.ascontiguousarray(cv2.imread(path)[..., ::-1])
        scale, shift = SIZE / FRAME / len(x), SIZE / 2 * (1 - 1 / FRAME)
        return cv2.warpAffine(x, np.array([[scale, 0, shift], [0, scale, shift]]), (SIZE, SIZE), flags=cv2.INTER_LINEAR)

    paths = sorted(glob.glob(os.path.join(folder, '**', '*.png'), recursive=True))
    parts = [np.stack([crop(path) for path in paths[i:i + 256]]) for i in range(0, len(paths), 256)]
    return np.concatenate([features(part.astype(np.float32) / 127.5 - 1) for part in parts])
