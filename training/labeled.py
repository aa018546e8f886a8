"""Labeled pictures for fine-tuning: DIR/person/picture.png, aligned by `npm run align` (the SDK's own crop, wider by 1/0.78)."""
import os

import cv2
import numpy as np

ENDINGS = ('.png', '.jpg', '.jpeg', '.webp')


def read_people(folder, side=205):
    """-> uint8 RGB [n, side, side, 3] (205 = 160 / 0.78), labels [n], the people's names; people with a single picture are left out

    Raises ValueError, with a sentence that says why, if the folder cannot be used for training.
    """
    names, pictures, labels = [], [], []
    for name in sorted(entry.name for entry in os.scandir(folder) if entry.is_dir()):
        paths = sorted(os.path.join(folder, name, f) for f in os.listdir(os.path.join(folder, name)) if f.lower().endswith(ENDINGS))
        if len(paths) < 2:
            continue
        for path in paths:
            x = cv2.imread(path, cv2.IMREAD_COLOR)
            if x is None:
                raise ValueError(f'{path} is not a readable picture')
            if x.shape[0] != x.shape[1]:
                raise ValueError(f'{path} is not square: align the pictures with `npm run align` first')
            pictures.append(cv2.resize(x, (side, side), interpolation=cv2.INTER_AREA)[..., ::-1])
            labels.append(len(names))
        names.append(name)
    if len(names) < 2:
        raise ValueError(f'{folder} has {len(names)} folders with two or more pictures: at least two people are needed')
    return np.stack(pictures), np.array(labels), names


def batches(labels, people, each, rng):
    """Endless row numbers [people * each]: `each` pictures of each of `people` persons (fewer if there are not that many).

    Persons are drawn evenly, however many pictures they have; a person's pictures repeat only if there are fewer than `each`.
    """
    rows = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    while True:
        chosen = rng.choice(len(rows), min(people, len(rows)), replace=False)
        yield np.concatenate([rng.choice(rows[p], each, replace=len(rows[p]) < each) for p in chosen])
