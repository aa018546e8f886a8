"""Rounds a trained network's weights to few levels, for `export.py --weights compact`.

Weights are transferred compressed (Brotli), so what counts is entropy, not the width of a number: few levels, with most weights near 0. Three
things keep the embeddings where they were:

- The error of each weight is pushed onto the weights not yet rounded, so that the layer's output changes least on real inputs (optimal
  brain compression, GPTQ: Frantar et al. 2022). Inputs are those that the layer gets from the layers already rounded, and the target is the output
  of the exact network: each layer also corrects the errors of the layers before it. The bias takes what is left on average.
- One price for all: how much of 1 - cosine between exact and rounded embedding a bit may cost. Gradients measure what an error in a channel
  does to the embedding. Price and gradients give every layer its step, and every weight the choice between the nearest level and the next
  one toward 0, which is mostly cheaper.
- Only dense and 1x1 weights (98 of 100) are rounded this way. Depthwise weights stay float16 with a short mantissa, biases whole float16.

For networks that are one chain of layers (mobilenet-160). Takes three minutes on two cores and 8 GB of memory for 768 crops.
"""
import copy
import math
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from finetune import as_tensor, center
from networks import MobileNet, fold, named_blocks
from packs import read_faces
from pictures import surround

SIZE, PART = 160, 64
CROPS, HELD_OUT = 768, 256
TOP = 127  # levels reach from -TOP to TOP, so that they fit a byte
RIDGE = 0.1  # share of the mean variance of a layer's inputs that is added to each: a few hundred crops can be trusted only so far
MANTISSA = 7  # stored bits of a depthwise weight's mantissa; float16 has 10
last = torch.channels_last


class Levels(NamedTuple):
    """Weights as whole multiples of `step`, in the graph's layout"""
    count: np.ndarray
    step: float

    @property
    def bits(self):
        """Entropy of all weights together"""
        share = np.unique(self.count, return_counts=True)[1] / self.count.size
        return float(-(share * np.log2(share)).sum()) * self.count.size

    def as_bytes(self):
        """-> uint8 array, its `quantization` entry; 0 stays exactly 0"""
        low = int(self.count.min())
        return (self.count - low).astype(np.uint8), {'dtype': 'uint8', 'min': low * self.step, 'scale': self.step, 'original_dtype': 'float32'}


def crops(folder, count, seed=0):
    """Crops from the packs, drawn by their odds, with natural surroundings: [n, 3, SIZE, SIZE] in -1..1, never a face twice"""
    faces, cut, odds = read_faces(folder)
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    rows = rng.choice(len(faces), min(count, len(faces)), replace=False, p=odds.astype(np.float64) / odds.sum(dtype=np.float64))
    donors = rng.choice(np.flatnonzero(cut == 0), len(rows))
    x = surround(as_tensor(faces[rows]), torch.from_numpy(cut[rows]), as_tensor(faces[donors]))
    return (center(x, SIZE) * 2 - 1).contiguous(memory_format=last)


@torch.no_grad()
def embeddings(net, x):
    return torch.cat([F.normalize(net(part)) for part in x.split(PART)])


class Layer:
    """A convolution (or the dense layer, as one of 1x1) with its batch norm folded in. weight: [out, in, k, k]"""

    def __init__(self, name, conv, norm, weight, bias):
        self.name, self.conv, self.norm = name, conv, norm
        self.weight, self.bias = torch.from_numpy(weight.copy()), torch.from_numpy(bias.copy())
        self.pointwise = conv is None or conv.groups == 1 and conv.kernel_size == (1, 1)

    @torch.no_grad()
    def __call__(self, x, weight, bias):
        """The layer with other weights; x: [n, in, h, w], all in one tensor"""
        conv = copy.deepcopy(self.conv)
        conv.weight = torch.nn.Parameter(weight.contiguous(), requires_grad=False)
        return torch.cat([(conv(part) + bias.view(1, -1, 1, 1)).clamp(0, 6) for part in x.split(PART)]).contiguous(memory_format=last)

    def in_graph(self, weight):
        """The layout of the graph's constant"""
        if self.conv is None:
            return weight[:, :, 0, 0].t().numpy()
        return weight.permute(2, 3, 0, 1).numpy() if self.conv.groups > 1 else weight.permute(2, 3, 1, 0).numpy()


def chain(net):
    """The layers of a MobileNet in order, the dense one last"""
    if not isinstance(net, MobileNet):
        raise ValueError(f'expected a network that is one chain of layers (mobilenet-160), got {type(net).__name__}')
    layers = []
    for name, (conv, norm, _) in named_blocks(net):
        weight, bias = fold(conv.weight, norm)
        layers.append(Layer(name, conv, norm, weight, bias))
    weight, bias = fold(net.head.dense.weight[:, :, None, None], net.head.norm)
    return layers + [Layer('bottleneck', None, net.head.norm, weight, bias)]


def sensitivity(net, layers, x, seed=0):
    """How a change in each channel affects the embedding: {layer's name: [out]}

    The sum over places of the squared derivative of the unit embedding: half of it times an error's mean square is the expected 1 - cosine.
    Each crop's derivative is taken in one random direction, which has the right expectation.
    """
    torch.manual_seed(seed)
    net = copy.deepcopy(net).to(memory_format=last)
    outputs, total = {}, {}

    def keep(name):
        def hook(module, inputs, output):
            output.retain_grad()
            outputs[name] = output
        return hook

    for name, (_, norm, _) in named_blocks(net):
        norm.register_forward_hook(keep(name))
    net.head.norm.register_forward_hook(keep('bottleneck'))
    for part in x.split(PART // 2):
        e = F.normalize(net(part))
        (e * torch.randn_like(e)).sum().backward()
        for name, output in outputs.items():
            squares = output.grad.double().flatten(2).pow(2).sum((0, 2)) if output.dim() > 2 else output.grad.double().pow(2).sum(0)
            total[name] = total.get(name, 0) + squares
    # A channel that hardly matters on these crops may matter on others.
    return {name: value / len(x) + 1e-3 * value.mean() / len(x) for name, value in total.items()}


def covariance(a, b):
    """Of the channels of a and b [n, c, h, w], and their means, in double"""
    rows = lambda t: t.permute(0, 2, 3, 1).reshape(-1, t.shape[1])
    a, b = rows(a), rows(b)
    mean_a, mean_b = a.mean(0), b.mean(0)
    total = sum(((i - mean_a).t() @ (j - mean_b)).double() for i, j in zip(a.split(65536), b.split(65536)))
    return total / len(a), mean_a.double(), mean_b.double()


def code_lengths(count):
    """Bits that each level from -TOP to TOP takes, by how often it occurs; rare ones borrow from their neighbors"""
    seen = torch.bincount((count.long() + TOP).flatten(), minlength=2 * TOP + 1).double()
    around = F.avg_pool1d(seen[None, None], 9, 1, 4)[0, 0]
    share = seen + 0.02 * around + 0.01
    return -(share / share.sum()).log2().float()


def rounded(weight, factor, step, bits=None, price=None, block=64):
    """Rounds weights [out, in] one input after another, each error pushed onto the inputs to come; -> multiples of step

    factor: upper Cholesky factor of the inverse covariance of the inputs. With bits (of every level) and price ([out], squared output error per
    bit) a weight takes the cheaper one of the nearest level and the next one toward 0.
    """
    weight, count = weight.clone(), torch.zeros_like(weight)
    for start in range(0, weight.shape[1], block):
        end = min(start + block, weight.shape[1])
        part = weight[:, start:end].t().contiguous()  # [input, out]: one input's weights side by side are several times as fast
        levels, errors, near = torch.zeros_like(part), torch.zeros_like(part), factor[start:end, start:end]
        for j in range(end - start):
            exact = part[j] / step
            level = exact.round().clamp(-TOP, TOP)
            if bits is not None:
                nearer = level - level.sign()
                cost = lambda q: (exact - q) ** 2 * (step / near[j, j]) ** 2 + price * bits[q.long() + TOP]
                level = torch.where(cost(nearer) < cost(level), nearer, level)
            levels[j] = level
            errors[j] = (part[j] - level * step) / near[j, j]
            part[j + 1:] -= near[j, j + 1:, None] * errors[j]
        count[:, start:end] = levels.t()
        weight[:, end:] -= errors.t().contiguous() @ factor[start:end, end:]
    return count


def fit(weight, bias, exact, rough, matters, price):
    """Few levels for a 1x1 layer, chosen so that on `rough` inputs it gives what weight and bias give on `exact` ones; -> multiples, step, bias

    weight: [out, in] in double; matters: [out], from `sensitivity`
    """
    c, mean, _ = covariance(rough, rough)
    cross, exact_mean, _ = covariance(exact, rough)
    damped = c + RIDGE * c.diagonal().mean() * torch.eye(len(c), dtype=c.dtype)
    # The best unrounded weights for the inputs as they are now (the ridge pulls toward the old weights, not toward 0).
    target = weight + weight @ (cross - c) @ torch.linalg.inv(damped)
    # Strong inputs first: their errors are the largest, and the weak ones after them can correct most of it.
    order = torch.argsort(c.diagonal(), descending=True)
    factor = torch.linalg.cholesky(torch.linalg.inv(damped[order][:, order]), upper=True)
    # Where fine steps make an error of step² / 12 in each weight, this is the step at which one bit more lowers 1 - cosine by `price`.
    step = math.sqrt(12 * price / math.log(2) / float(matters.mean() * (factor.diagonal() ** -2).mean()))
    step = max(step, float(target.abs().max()) / TOP)
    wanted, factor, per_bit = target[:, order].float(), factor.float(), (2 * price / matters).float()
    count = rounded(wanted, factor, step)
    for _ in range(2):  # the choice changes how often levels occur, and that the choice
        count = rounded(wanted, factor, step, code_lengths(count), per_bit)
    back = torch.zeros_like(count)
    back[:, order] = count
    return back, step, bias + weight @ exact_mean - back.double() @ mean * step


def shortened(weight, mantissa=MANTISSA):
    """Float32 values that fit float16 with the last bits of the mantissa 0"""
    fraction, exponent = np.frexp(weight)
    return np.ldexp(np.round(fraction * 2 ** (mantissa + 1)) / 2 ** (mantissa + 1), exponent).astype(np.float16).astype(np.float32)


@torch.no_grad()
def compact(net, x, price, say=lambda text: None):
    """-> {name of the graph's constant: Levels}, {name: float32 values that float16 holds}, which are all of the network's weights

    net: in evaluation mode; x: crops to calibrate with [n, 3, SIZE, SIZE]; price: of 1 - cosine per bit
    """
    layers, levels, small = chain(net), {}, {}
    with torch.enable_grad():
        matters = sensitivity(net, layers, x[:max(1, len(x) // 2)])
    exact = rough = x
    for layer in layers:
        if layer.conv is None:
            exact, rough = (t.mean((2, 3), keepdim=True) for t in (exact, rough))
        if layer.pointwise:
            count, step, bias = fit(layer.weight[:, :, 0, 0].double(), layer.bias.double(), exact, rough, matters[layer.name], price)
            weight = count[:, :, None, None] * step
            few = levels[f'{layer.name}/weights'] = Levels(layer.in_graph(count[:, :, None, None]).astype(np.int16), step)
            say(f'{layer.name}: step {step:.5f}, {few.bits / count.numel():.2f} bits a weight, {float((count == 0).float().mean()):.0%} zeros')
        else:
            weight, bias = torch.from_numpy(shortened(layer.weight.numpy())), layer.bias
            small[f'{layer.name}/weights'] = layer.in_graph(weight)
        bias = bias.half().float()
        small[f'{layer.name}/bias'] = bias.numpy()
        if layer.conv is not None:
            exact, rough = layer(exact, layer.weight, layer.bias), layer(rough, weight, bias)
    bits, count = sum(few.bits for few in levels.values()), sum(few.count.size for few in levels.values())
    say(f'together {bits / count:.2f} bits a weight, {bits / 8:,.0f} bytes')
    return levels, small
