"""The network that estimates how much of a face is hidden: its input, its layers, its weights as bytes. src/quality/measureOcclusion.ts computes the same."""
import base64

import numpy as np
import torch
import torch.nn as nn

SIZE, CELLS, CHANNELS = 160, 20, 7
REGIONS = ('rightEye', 'leftEye', 'nose', 'mouth')
# Ellipses in the aligned 160-pixel crop: middle x, y, half axes.
ELLIPSES = ((54.7, 73.9, 19, 11), (105.0, 73.6, 19, 11), (80.0, 98.0, 15, 17), (80.2, 131.8, 29, 14))
LAYERS = ((CHANNELS, 8, 3), (8, 24, 3))  # convolutions: inputs, outputs, side; stride 2, no padding, ReLU
DENSE = ((4 * 4 * 24, 24), (24, len(REGIONS)))


def region_masks():
    """bool [4, 160, 160]"""
    yy, xx = np.mgrid[0:SIZE, 0:SIZE] + 0.5
    return np.stack([((xx - x) / a) ** 2 + ((yy - y) / b) ** 2 <= 1 for x, y, a, b in ELLIPSES])


def oval(cells):
    """bool [cells, cells]: the middle of a cell lies in the oval around eyes, nose and mouth (as measureLight.ts has it)"""
    at = (np.arange(cells) + 0.5) / cells
    return ((at[None] - 0.5) / 0.3) ** 2 + ((at[:, None] - 0.62) / 0.34) ** 2 <= 1


def halved(x):
    """Means of 2×2: [n, 2h, 2w, …] -> [n, h, w, …]"""
    rows = x[:, ::2] + x[:, 1::2]
    return (rows[:, :, ::2] + rows[:, :, 1::2]) / 4


def features(crops):
    """float32 [n, 160, 160, 3] in −1 … 1 -> [n, 20, 20, 7]: luma of four quadrants, two color differences, fine detail, per cell

    All relative to the mean and spread of the face's own luma and color, clipped at ±3.
    """
    n = len(crops)
    pooled = halved(crops)
    luma = pooled @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    quads = halved(luma)
    inside = quads[:, oval(40)]
    mean = inside.mean(1)[:, None, None, None]
    spread = np.maximum(inside.std(1), 0.1)[:, None, None, None]
    cells = lambda x: x.reshape(n, CELLS, 2, CELLS, 2)
    q = cells(quads).transpose(0, 1, 3, 2, 4).reshape(n, CELLS, CELLS, 4)
    detail = halved(halved(np.abs(luma - quads.repeat(2, 1).repeat(2, 2))))[..., None]
    coarse = halved(halved(pooled))
    color = coarse[..., ::2] - q.mean(-1, keepdims=True)
    color = color - color[:, oval(CELLS)].mean(1)[:, None, None]
    return np.clip(np.concatenate([(q - mean) / spread, 2 * color / spread, 8 * detail / spread], -1), -3, 3).astype(np.float32)


def mirrored(x, y):
    """Features and shares of the mirrored faces"""
    return x[:, :, ::-1][..., [1, 0, 3, 2, 4, 5, 6]], y[:, [1, 0, 2, 3]]


class OcclusionNet(nn.Module):
    """[n, 20, 20, 7] -> logits [n, 4]; the dense layer reads the last map channel last"""

    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(i, o, k, 2) for i, o, k in LAYERS)
        self.dense = nn.ModuleList(nn.Linear(i, o) for i, o in DENSE)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.permute(0, 3, 1, 2)
        for conv in self.convs:
            x = conv(x).relu()
        x = self.drop(x.permute(0, 2, 3, 1).flatten(1))
        return self.dense[1](self.drop(self.dense[0](x).relu()))


def to_base64(net):
    """Per layer: float32 scales and biases of its outputs, then int8 weights [outputs, rows, columns, inputs]; little endian"""
    out = b''
    for layer in [*net.convs, *net.dense]:
        w = layer.weight.detach()
        w = (w.permute(0, 2, 3, 1) if w.dim() == 4 else w).reshape(len(w), -1).numpy()
        scale = (np.abs(w).max(1) / 127 + 1e-12).astype('<f4')
        out += scale.tobytes() + layer.bias.detach().numpy().astype('<f4').tobytes() + np.round(w / scale[:, None]).astype(np.int8).tobytes()
    return base64.b64encode(out).decode()


def from_base64(text):
    """-> [(weights float32 [outputs, inputs], biases)] for `estimate`"""
    data, at, layers = base64.b64decode(text), 0, []
    for inputs, outputs in [(i * k * k, o) for i, o, k in LAYERS] + list(DENSE):
        scale, bias = np.frombuffer(data, '<f4', 2 * outputs, at).reshape(2, outputs)
        weights = np.frombuffer(data, np.int8, inputs * outputs, at + 8 * outputs).reshape(outputs, inputs)
        layers.append((weights * scale[:, None], bias))
        at += (8 + inputs) * outputs
    if at != len(data):
        raise ValueError(f'{len(data)} bytes of weights instead of {at}')
    return layers


def estimate(x, layers):
    """Features [n, 20, 20, 7] -> share of each region that is hidden [n, 4], from the weights as stored"""
    for (weights, bias), (_, _, k) in zip(layers, LAYERS):
        windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), (1, 2))[:, ::2, ::2].transpose(0, 1, 2, 4, 5, 3)
        x = np.maximum(windows.reshape(*windows.shape[:3], -1) @ weights.T + bias, 0)
    x = np.maximum(x.reshape(len(x), -1) @ layers[-2][0].T + layers[-2][1], 0)
    return 1 / (1 + np.exp(-(x @ layers[-1][0].T + layers[-1][1])))


def run(x, layers):
    """`estimate` for any number of features"""
    return np.concatenate([estimate(x[i:i + 512].astype(np.float32), layers) for i in range(0, len(x), 512)])


def learn(x, y, epochs, seed, log=None):
    """x: float16 features [n, 20, 20, 7], y: shares [n, 4] -> the trained network. Faces are mirrored at random."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = OcclusionNet()
    steps, batch = epochs * max(1, len(x) // 256), min(256, len(x))
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, steps)
    order, total = rng.permutation(len(x)), 0.0
    for step in range(steps):
        at = step * batch % (len(order) - batch + 1)
        rows = order[at:at + batch]
        if at < batch:
            order = rng.permutation(len(x))
        xb, yb = x[rows].astype(np.float32), y[rows].astype(np.float32)
        if rng.random() < 0.5:
            xb, yb = mirrored(xb, yb)
        loss = nn.functional.binary_cross_entropy_with_logits(net(torch.from_numpy(np.ascontiguousarray(xb))), torch.from_numpy(np.ascontiguousarray(yb)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item()
        if log and (step + 1) % 500 == 0:
            log(f'{step + 1} of {steps} steps: loss {total / 500:.4f}')
            total = 0.0
    return net.eval()
