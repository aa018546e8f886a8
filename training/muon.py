"""Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/): momentum whose directions all get the same weight.

The gradient of a convolution is a matrix [out, in * kernel] in which a few directions are large. AdamW follows those; Muon follows the many
small ones just as far. It learns more from each picture, which pays on CPUs, where a step of the network costs ten times one of the optimizer.
"""
import torch

MOMENTUM = 0.95
SIZE = 0.2  # root mean square of an update of learning rate 1, as AdamW's are (Liu et al. 2025, arXiv:2502.16982): rates and decay mean the same
STEPS, A, B, C = 3, 3.4445, -4.7750, 2.0315  # Newton-Schulz: x -> A x + B x³ + C x⁵ brings singular values near 1, wherever they were


def orthogonal(g):
    """[m, n] -> a matrix with the same directions, whose singular values are all about 1"""
    tall = g.shape[0] > g.shape[1]
    x = (g.t() if tall else g) / (g.norm() + 1e-7)
    for _ in range(STEPS):
        square = x @ x.t()
        x = A * x + (B * square + C * square @ square) @ x
    return x.t() if tall else x


class Muon(torch.optim.Optimizer):
    """For the weights of dense and 1×1 convolutions; biases, norms, depthwise weights and the last layer are left to AdamW."""

    def __init__(self, weights, lr, weight_decay):
        super().__init__(weights, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group['params']:
                mean = self.state[weight].setdefault('mean', torch.zeros_like(weight))
                mean.lerp_(weight.grad, 1 - MOMENTUM)
                update = orthogonal(weight.grad.lerp(mean, MOMENTUM).flatten(1))
                weight.mul_(1 - group['lr'] * group['weight_decay'])
                weight.add_(update.reshape(weight.shape), alpha=-group['lr'] * SIZE * max(update.shape) ** 0.5)
