"""Things drawn over faces, to learn what hides a face: masks, sunglasses, hands, hair, scarves, objects; and clear glasses, which hide nothing.

Every function takes a NumPy generator, a face and a donor (another picture), both float32 RGB 0 … 255 [128, 128, 3] aligned as in the packs, and
returns color [128, 128, 3] and opacity [128, 128] 0 … 1 of what is drawn over the face.
"""
import cv2
import numpy as np

from textures import SIDE, cloth, folds, skin, strands, tone

# The mean face in the packs' pictures: the SDK's alignment (112-pixel square), cropped wider by 1 / 0.78.
EYES, NOSE, MOUTH, CHIN = ((48.2, 60.2), (79.6, 60.0)), (64.0, 78.0), (64.1, 96.3), 119.0


def shape(points, soft=1.0):
    """Opacity of a closed polygon with softened edges. points: [n, 2] in pixels"""
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(canvas, [np.round(np.asarray(points) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return cv2.GaussianBlur(canvas, (0, 0), max(soft, 0.3)).astype(np.float32) / 255


def smooth(points, count=64):
    """A closed curve through the corners of a polygon, rounded"""
    points = np.asarray(points, np.float32)
    dense = np.concatenate([np.linspace(a, b, 16, endpoint=False) for a, b in zip(points, np.roll(points, -1, 0))])
    kernel = np.hanning(19)[1:-1] / np.hanning(19)[1:-1].sum()
    wrapped = np.concatenate([dense[-8:], dense, dense[:8]])
    curve = np.stack([np.convolve(wrapped[:, i], kernel, 'valid') for i in (0, 1)], 1)
    return curve[np.linspace(0, len(curve) - 1, count).astype(int)]


def mask(rng, face, donor):
    """A face mask: surgical, cloth or cup-shaped; one in seven below the nose"""
    top = rng.uniform(84, 90) if rng.random() < 0.14 else rng.uniform(63, 78)
    side, wide, low = top + rng.uniform(4, 16), rng.uniform(29, 38), rng.uniform(112, 125)
    x = NOSE[0] + rng.uniform(-3, 3)
    corners = [(x, top), (x + wide * 0.55, top + rng.uniform(0, 5)), (x + wide, side), (x + wide * rng.uniform(0.8, 1), low - rng.uniform(8, 16)),
               (x + rng.uniform(9, 15), low), (x - rng.uniform(9, 15), low), (x - wide * rng.uniform(0.8, 1), low - rng.uniform(8, 16)),
               (x - wide, side), (x - wide * 0.55, top + rng.uniform(0, 5))]
    alpha = shape(smooth(corners) if rng.random() < 0.8 else corners, rng.uniform(0.5, 1.2))
    plain = rng.random()
    if plain < 0.45:
        color = rng.choice(np.array([(238, 240, 242), (150, 190, 215), (120, 175, 200), (25, 25, 28), (60, 60, 66), (180, 210, 190), (235, 190, 200)], np.float32))
        color = np.broadcast_to(tone(rng, color, face), (SIDE, SIDE, 3))
    else:
        color = cloth(rng, face, donor)
    color = folds(rng, color, pleats=rng.random() < 0.5)
    for sign in (-1, 1):  # the straps
        start, end = (x + sign * wide * 0.95, side + rng.uniform(0, 12)), (x + sign * rng.uniform(42, 50), rng.uniform(55, 80))
        strap = shape([start, end, (end[0], end[1] + 1.5), (start[0], start[1] + 1.5)], 0.6)
        alpha = np.maximum(alpha, strap * (rng.random() < 0.6))
    return color, alpha


def lenses(rng, big):
    """Outlines of two lenses [n, 2] each, or of one piece over both eyes"""
    w, h = (rng.uniform(11.5, 16.5), rng.uniform(8, 14)) if big else (rng.uniform(9.5, 13.5), rng.uniform(5.5, 10.5))
    power, drop, tilt = rng.uniform(2, 5), rng.uniform(-0.5, 3), rng.uniform(-0.12, 0.12)
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    base = np.stack([np.sign(cos) * np.abs(cos) ** (2 / power) * w, np.sign(sin) * np.abs(sin) ** (2 / power) * h], 1)
    base[:, 0] *= 1 + rng.uniform(-0.25, 0.1) * (base[:, 1] / h)  # narrower at the bottom: aviators
    if big and rng.random() < 0.15:  # goggles
        wide = base * [rng.uniform(2.2, 2.7), 1.1] + [64, 60 + drop]
        return [wide]
    out = []
    for sign, (ex, ey) in zip((-1, 1), EYES):
        turn = base.copy()
        turn[:, 0] *= sign
        turn[:, 1] += sign * tilt * turn[:, 0]
        out.append(turn + [ex + sign * rng.uniform(0.5, 1.5), ey + drop])
    return out


def frames(rng, outlines, thick):
    """Opacity of a frame around the lenses, its bridge and its temples"""
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    for line in outlines:
        cv2.polylines(canvas, [np.round(line * 16).astype(np.int32)], True, 255, thick, cv2.LINE_AA, 4)
    y = outlines[0][:, 1].mean() - rng.uniform(0, 4)
    left, right = outlines[0][:, 0].min(), outlines[-1][:, 0].max()
    at = lambda px, py: (int(px * 16), int(py * 16))
    if len(outlines) == 2:
        cv2.line(canvas, at(outlines[0][:, 0].max(), y), at(outlines[1][:, 0].min(), y), 255, thick, cv2.LINE_AA, 4)
    cv2.line(canvas, at(left, y), at(left - 20, y + rng.uniform(-4, 4)), 255, thick, cv2.LINE_AA, 4)
    cv2.line(canvas, at(right, y), at(right + 20, y + rng.uniform(-4, 4)), 255, thick, cv2.LINE_AA, 4)
    return canvas.astype(np.float32) / 255


def glass(rng, color, alpha, outlines, donor, most):
    """Reflections on the lenses: a faint picture, a streak, a ramp. Changes color and alpha in place"""
    inside = np.maximum.reduce([shape(line, 0.5) for line in outlines])
    if rng.random() < 0.5:
        faint = inside * rng.uniform(0.05, most)
        color += (cv2.resize(donor[20:60], (SIDE, SIDE)) - color) * faint[..., None]
        alpha[:] = np.maximum(alpha, faint * 0.6)
    for line in outlines:
        if rng.random() < 0.4:
            (x, y), s = line.mean(0) + rng.uniform(-4, 4, 2), rng.uniform(1, 4)
            streak = shape([(x, y - 2 * s), (x + s, y - 2 * s), (x, y + 2 * s), (x - s, y + 2 * s)], rng.uniform(0.5, 1.5)) * rng.uniform(0.3, 1)
            color += (250 - color) * streak[..., None]
            alpha[:] = np.maximum(alpha, streak * 0.9)


def sunglasses(rng, face, donor):
    """Dark or mirrored lenses, frames of any thickness"""
    outlines = lenses(rng, True)
    alpha = np.maximum.reduce([shape(line, 0.5) for line in outlines]) * rng.uniform(0.72, 1)
    dark = rng.uniform(2, 60, 3) if rng.random() < 0.3 else rng.uniform(2, 50) * rng.uniform(0.85, 1.15, 3)
    ramp = np.linspace(0, 1, SIDE, dtype=np.float32)[:, None, None]
    color = np.ones((SIDE, SIDE, 3), np.float32) * dark.astype(np.float32) * (1 + (ramp - 0.47) * rng.uniform(0, 6)).clip(0.3, 3)
    if rng.random() < 0.12:
        color = cloth(rng, face, donor)  # mirrored
    glass(rng, color, alpha, outlines, donor, 0.5)
    frame = frames(rng, outlines, int(rng.integers(1, 4)))
    rim = np.array(rng.choice([10, 30, 120, 220])) * rng.uniform(0.7, 1.1, 3)
    color += (rim.astype(np.float32) - color) * frame[..., None]
    return color, np.maximum(alpha, frame)


def clear_glasses(rng, face, donor):
    """Spectacles, which hide only what is under the frame"""
    outlines = lenses(rng, rng.random() < 0.3)
    color, alpha = np.full((SIDE, SIDE, 3), rng.uniform(150, 255), np.float32), np.zeros((SIDE, SIDE), np.float32)
    alpha += np.maximum.reduce([shape(line, 0.5) for line in outlines]) * rng.uniform(0, 0.18)
    glass(rng, color, alpha, outlines, donor, 0.25)
    frame = frames(rng, outlines, int(rng.integers(1, 4))) * rng.uniform(0.5, 1)
    rim = rng.uniform(5, 200) * rng.uniform(0.7, 1.2, 3)
    color = color + (rim.astype(np.float32) - color) * (frame > alpha)[..., None]
    return color, np.maximum(alpha, frame)


def hand(rng, face, donor):
    """Fingers side by side, with or without a palm, from any side; the face's own skin or another's"""
    target = np.array([MOUTH, NOSE, EYES[0], EYES[1], (64, 70), (64, 88)][rng.integers(6)]) + rng.normal(0, 7, 2)
    angle = rng.uniform(0, 2 * np.pi)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    width, count = rng.uniform(4.2, 7.5), int(rng.integers(1, 6))
    color, alpha = skin(rng, face, donor), np.zeros((SIDE, SIDE), np.float32)
    yy, xx = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    for k in range(count):
        spread = (k - (count - 1) / 2) * width * rng.uniform(1.7, 2.1)
        fan = along + across * (k - (count - 1) / 2) * rng.uniform(-0.02, 0.14)
        tip = target + across * spread + along * rng.uniform(4, 16)
        t = ((xx - tip[0]) * -fan[0] + (yy - tip[1]) * -fan[1]).clip(0, rng.uniform(40, 120))
        away = np.hypot(xx - (tip[0] - fan[0] * t), yy - (tip[1] - fan[1] * t)) / (width * (1 + 0.1 * np.sin(t / 5 + k)))
        finger = ((1.08 - away) * width / 1.5).clip(0, 1)
        shade = (1.05 - rng.uniform(0.08, 0.5) * away.clip(0, 1.2) ** 2)[..., None]
        color = color * (1 - finger[..., None]) + skin(rng, face, donor, same=color) * shade * finger[..., None]
        alpha = np.maximum(alpha, finger)
    if rng.random() < 0.55:  # palm, or a fist
        center, r = target - along * rng.uniform(18, 40), rng.uniform(16, 30)
        turn = (xx - center[0]) * along[0] + (yy - center[1]) * along[1]
        side = (xx - center[0]) * across[0] + (yy - center[1]) * across[1]
        alpha = np.maximum(alpha, ((1 - np.hypot(turn / (r * 1.2), side / r)) * r / 2).clip(0, 1))
    soft = rng.uniform(0.3, 2.2)
    return cv2.GaussianBlur(color.astype(np.float32), (0, 0), soft), cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), soft * 0.7)


def hair(rng, face, donor):
    """A fringe, a strand, or one side of the face"""
    color = strands(rng, face, donor)
    yy, xx = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    noise = cv2.resize(rng.normal(0, 1, (1, 14)).astype(np.float32), (SIDE, 1), interpolation=cv2.INTER_CUBIC)
    kind = rng.random()
    if kind < 0.45:  # fringe
        edge = rng.uniform(50, 74) + noise * rng.uniform(2, 7) + rng.uniform(-0.25, 0.25) * (xx - 64)
        alpha = ((edge - yy) / rng.uniform(0.8, 4)).clip(0, 1)
    else:  # a side, or a strand of some width
        bend = rng.uniform(-0.35, 0.35) * (yy - 70) + 0.004 * rng.uniform(-1, 1) * (yy - 70) ** 2
        ragged = cv2.resize(rng.normal(0, 1, (12, 1)).astype(np.float32), (1, SIDE), interpolation=cv2.INTER_CUBIC) * 2
        sign, edge = rng.choice([-1, 1]), rng.uniform(-4, 26)
        depth = ((xx - 64) * sign - edge + bend + ragged) / rng.uniform(0.8, 4)
        alpha = depth.clip(0, 1)
        if kind > 0.8:
            alpha = alpha * ((rng.uniform(6, 20) - depth) / 2).clip(0, 1)
    return color, alpha * rng.uniform(0.85, 1)


def scarf(rng, face, donor):
    """Cloth from below (a scarf, a collar, a veil) or from above (a hood, a cap pulled low)"""
    xx = np.arange(SIDE, dtype=np.float32)[None]
    yy = np.arange(SIDE, dtype=np.float32)[:, None]
    wave = cv2.resize(rng.normal(0, 1, (1, int(rng.integers(3, 8)))).astype(np.float32), (SIDE, 1), interpolation=cv2.INTER_CUBIC) * rng.uniform(0.5, 4)
    sag = rng.uniform(-0.008, 0.006) * (xx - 64) ** 2
    if rng.random() < 0.75:
        alpha = ((yy - (rng.uniform(66, 100) + wave + sag)) / rng.uniform(0.6, 2)).clip(0, 1)
    else:
        alpha = ((rng.uniform(44, 72) + wave - sag - yy) / rng.uniform(0.6, 2)).clip(0, 1)
    return folds(rng, cloth(rng, face, donor), pleats=False), alpha


def thing(rng, face, donor):
    """Any object: microphone, cup, telephone, paper, a blot of another picture"""
    target = np.array([MOUTH, NOSE, EYES[0], EYES[1], (64, 70), (64, 88)][rng.integers(6)]) + rng.normal(0, 9, 2)
    angle, kind = rng.uniform(0, 2 * np.pi), rng.random()
    if kind < 0.3:
        turn, (w, h) = np.linspace(0, 2 * np.pi, 40, endpoint=False), rng.uniform(6, 26, 2)
        points = np.stack([w * np.cos(turn), h * np.sin(turn)], 1)
    elif kind < 0.65:
        w, h = rng.uniform(6, 34, 2)
        points = np.array([(-w, -h), (w, -h * rng.uniform(0.7, 1)), (w * rng.uniform(0.7, 1), h), (-w, h)])
    else:
        turn = np.sort(rng.uniform(0, 2 * np.pi, rng.integers(4, 9)))
        radius = rng.uniform(7, 34, len(turn))
        points = np.stack([radius * np.cos(turn), radius * np.sin(turn)], 1)
        points = smooth(points) if rng.random() < 0.5 else points
    turned = points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + target
    alpha = shape(turned, rng.uniform(0.5, 1.5))
    if rng.random() < 0.3:  # what holds it
        away = target + rng.uniform(-1, 1, 2) * [60, 20] + [0, 60]
        alpha = np.maximum(alpha, shape([target - 3, target + [3, -3], away + 4, away - [4, -4]], 0.7))
    color = cloth(rng, face, donor)
    return (folds(rng, color, pleats=False) if rng.random() < 0.6 else color), alpha


KINDS = {'mask': mask, 'sunglasses': sunglasses, 'hand': hand, 'hair': hair, 'scarf': scarf, 'thing': thing}
