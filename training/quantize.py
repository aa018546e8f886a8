"""Rounds a trained network's weights to few levels, for `export.py --weights compact`.

Weights are transferred compressed (Brotli), so what counts is entropy, not the width of a number: few levels, with most weights near 0. Three
things keep the embeddings where they were:

- The error of each weight is pushed onto the weights not yet rounded, so that the layer's output changes least on real inputs (optimal
  brain compression, GPTQ: Frantar et al. 2022). Inputs are those that the layer gets from the layers already rounded, and the target is the output
  of the exact network: each layer also corrects the errors of the layers before it. The bias takes what is left on average.
- One price for all: how much of 1 - cosine between exact and rounded embedding a bit may cost. Gradients measure what an error in a channel
  does to the embedding. Price and gradients give every layer its step, and every weight the choice between the nearest level and the next
  one toward 0, which is mostly cheaper.
- Dense weights, those of 1x1 and of larger convolutions (98 of 100) are rounded this way. Depthwise weights and those of the first layer, which sees
  the picture, stay float16 with a short mantissa, biases whole float16.

Takes three minutes for mobilenet-160 on two cores, and 8 GB of memory for 768 crops; about ten minutes and 12 GB for inception-160.
"""
import copy
import math
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from distort import surrounded, whole
from finetune import as_tensor, center
from networks import Inception, Relu6, SamePool, fold, named_blocks
from packs import Faces, kept_aside

SIZE, PART = 160, 64
HELD_OUT = 256
TOP = 127  # levels reach from -TOP to TOP, so that they fit a byte
PLACES = 200_000  # of a larger convolution at most so many places are looked at: what its window sees are many values, and neighbors are alike
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
    """Crops from the packs, drawn by their odds, with natural surroundings: [n, 3, SIZE, SIZE] in -1..1, never a face twice, none of those kept aside"""
    faces, rng = Faces(folder), np.random.default_rng(seed)
    apart = kept_aside(faces.labels)
    odds = faces.odds.astype(np.float64) * ~apart
    rows = rng.choice(len(faces), min(count, np.count_nonzero(odds)), replace=False, p=odds / odds.sum())
    x = surrounded(faces.soft, faces.cut, rng, rows, whole(faces.cut, apart))
    return (center(as_tensor(x), SIZE) * 2 - 1).contiguous(memory_format=last)


@torch.no_grad()
def embeddings(net, x):
    return torch.cat([F.normalize(net(part)) for part in x.split(PART)])


class Layer:
    """A convolution (or the dense layer, as one of 1x1) with its batch norm folded in. weight: [out, in, k, k]"""

    def __init__(self, name, conv, weight, bias, top=6.0):
        self.name, self.conv, self.top = name, conv, top
        self.weight, self.bias = torch.from_numpy(weight.copy()), torch.from_numpy(bias.copy())
        self.few = conv is None or conv.groups == 1 and conv.in_channels > 3

    @torch.no_grad()
    def __call__(self, x, weight, bias):
        """The layer with other weights; x: [n, in, h, w], all in one tensor"""
        conv = copy.deepcopy(self.conv)
        conv.weight = torch.nn.Parameter(weight.contiguous(), requires_grad=False)
        return torch.cat([(conv(part) + bias.view(1, -1, 1, 1)).clamp(0, self.top) for part in x.split(PART)]).contiguous(memory_format=last)

    def in_graph(self, weight):
        """The layout of the graph's constant"""
        if self.conv is None:
            return weight[:, :, 0, 0].t().numpy()
        return weight.permute(2, 3, 0, 1).numpy() if self.conv.groups > 1 else weight.permute(2, 3, 1, 0).numpy()


def layers_of(net):
    """{block: its Layer} of every convolution, and the dense layer"""
    layers = {}
    for name, block in named_blocks(net):
        conv, norm, *_ = block
        layers[block] = Layer(name, conv, *fold(conv.weight, norm), 6.0 if any(isinstance(m, Relu6) for m in block) else math.inf)
    return layers, Layer('bottleneck', None, *fold(net.head.dense.weight[:, :, None, None], net.head.norm))


def sensitivity(net, x, seed=0):
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

    for name, (_, norm, *_) in named_blocks(net):
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


def covariance_of_windows(conv, a, b):
    """The same of what a larger convolution sees at each place: [in * k * k]"""
    side = conv(a[:1]).shape[-2:]
    places = torch.randperm(side.numel(), generator=torch.Generator().manual_seed(0))[:max(1, PLACES // len(a))]

    def rows(part):
        windows = F.unfold(F.pad(part.contiguous(), conv.pads(part)), conv.kernel_size, stride=conv.stride)
        return windows[:, :, places].transpose(1, 2).flatten(0, 1)

    total, sums, count = 0, 0, 0
    shift = None
    for x, y in zip(a.split(PART), b.split(PART)):
        x, y = rows(x), rows(y)
        if shift is None:  # near the means, so that the products stay small
            shift = x.mean(0), y.mean(0)
        x, y = x - shift[0], y - shift[1]
        total, sums, count = total + (x.t() @ y).double(), sums + torch.stack([x.double().sum(0), y.double().sum(0)]), count + len(x)
    mean = sums / count
    return total / count - torch.outer(*mean), mean[0] + shift[0], mean[1] + shift[1]


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


def fit(weight, bias, exact, rough, matters, price, conv=None):
    """Few levels for a layer, chosen so that on `rough` inputs it gives what weight and bias give on `exact` ones; -> multiples, step, bias

    weight: [out, in] in double, with `conv`, a larger convolution, [out, in * k * k]; matters: [out], from `sensitivity`
    """
    look = covariance if conv is None else lambda a, b: covariance_of_windows(conv, a, b)
    c, mean, _ = look(rough, rough)
    cross, exact_mean, _ = look(exact, rough)
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


class Fitting:
    """Rounds one layer after the other, in the order in which they compute. levels: {name of the graph's constant: Levels}; small: {name: float32
    values that float16 holds}"""

    def __init__(self, matters, price, say):
        self.matters, self.price, self.say, self.levels, self.small = matters, price, say, {}, {}

    def fitted(self, layer, exact, rough):
        """-> the weights and the bias that are stored, for inputs of the exact network and of the one that is rounded so far"""
        weight, bias = torch.from_numpy(shortened(layer.weight.numpy())), layer.bias
        if layer.few:
            larger = layer.conv if layer.weight.shape[2] > 1 else None
            flat = layer.weight.flatten(1).double()
            count, step, bias = fit(flat, layer.bias.double(), exact, rough, self.matters[layer.name], self.price, larger)
            count = count.view(layer.weight.shape)
            weight = count * step
            few = self.levels[f'{layer.name}/weights'] = Levels(layer.in_graph(count).astype(np.int16), step)
            self.say(f'{layer.name}: step {step:.5f}, {few.bits / count.numel():.2f} bits a weight, {float((count == 0).float().mean()):.0%} zeros')
        else:
            self.small[f'{layer.name}/weights'] = layer.in_graph(weight)
        bias = bias.half().float()
        self.small[f'{layer.name}/bias'] = bias.numpy()
        return weight, bias

    def through(self, module, layers, exact, rough):
        """What a part of the network gives for both inputs, once its layers are rounded"""
        if module in layers:
            layer = layers[module]
            weight, bias = self.fitted(layer, exact, rough)
            return layer(exact, layer.weight, layer.bias), layer(rough, weight, bias)
        if isinstance(module, SamePool):
            return module(exact), module(rough)
        if isinstance(module, Inception):
            branches = [self.through(branch, layers, exact, rough) for branch in module.branches]
            pooled = module.pooled(exact), module.pooled(rough)
            branches.append(self.through(module.pool, layers, *pooled) if module.pool else pooled)
            return tuple(torch.cat(parts, 1).contiguous(memory_format=last) for parts in zip(*branches))
        for part in module:
            exact, rough = self.through(part, layers, exact, rough)
        return exact, rough


@torch.no_grad()
def compact(net, x, price, say=lambda text: None):
    """-> {name of the graph's constant: Levels}, {name: float32 values that float16 holds}, which are all of the network's weights

    net: in evaluation mode; x: crops to calibrate with [n, 3, SIZE, SIZE]; price: of 1 - cosine per bit
    """
    layers, dense = layers_of(net)
    with torch.enable_grad():
        fitting = Fitting(sensitivity(net, x[:max(1, len(x) // 2)]), price, say)
    exact = rough = x
    for module in [*getattr(net, 'stem', []), *net.body]:
        exact, rough = fitting.through(module, layers, exact, rough)
    fitting.fitted(dense, *(t.mean((2, 3), keepdim=True) for t in (exact, rough)))
    levels = fitting.levels
    bits, count = sum(few.bits for few in levels.values()), sum(few.count.size for few in levels.values())
    say(f'together {bits / count:.2f} bits a weight, {bits / 8:,.0f} bytes')
    return levels, fitting.small
