"""Hints: a student learns from a guide's maps as well as from its embeddings (Romero et al. 2015, "FitNets").

An embedding is 128 numbers per picture; a map says for every position what the guide sees there: thousands of numbers about the same picture.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

STRIDES = 8, 16, 32


class Maps:
    """The last map of each stride that a network of networks.py computes: call it with pictures -> embeddings, {stride: map}"""

    def __init__(self, net):
        self.net, self.found = net, []
        for module in net.body:
            module.register_forward_hook(lambda module, inputs, output: self.found.append(output))

    def __call__(self, x):
        self.found = []
        e = self.net(x)
        # A later map of the same size takes the earlier one's place.
        return e, {s: m for m in self.found for s in STRIDES if m.shape[-1] == -(-x.shape[-1] // s)}


def teacher_maps(teacher, x):
    """Pictures in the teacher's size, 112 pixels -> unit embeddings, {stride of the student: map}

    MobileFaceNet halves its 112 pixels once less than a student halves its 160: its last map of 14×14 corresponds to the student's of 10×10,
    its last of 7×7 to the student's of 5×5.
    """
    by_side = {}
    e = teacher(x, by_side)
    return e, {16: by_side[14], 32: by_side[7]}


class Hints(nn.Module):
    """Maps the student's maps to the guide's channels by 1×1 convolutions, and measures how far they are from the guide's maps.

    of_student, of_guide: {stride: channels}, the strides of of_guide are compared
    """

    def __init__(self, of_student, of_guide):
        super().__init__()
        self.bring = nn.ModuleDict({str(s): nn.Conv2d(of_student[s], of_guide[s], 1) for s in of_guide})

    def forward(self, student, guide):
        """Maps by stride -> mean over the strides of the share of the guide's variance (within each channel) that is missed"""
        far = []
        for s, bring in self.bring.items():
            mine, wanted = bring(student[int(s)].float()), self.resized(guide[int(s)], student[int(s)])
            far.append(((mine - wanted) ** 2).mean() / wanted.var((0, 2, 3)).mean())
        return sum(far) / len(far)

    @staticmethod
    def resized(guide, student):
        return guide.float() if guide.shape[-1] == student.shape[-1] else F.adaptive_avg_pool2d(guide.float(), student.shape[-1])

    @torch.no_grad()
    def fit(self, batches):
        """Sets the convolutions to the best possible ones (ridge regression), so that bad ones do not lead a trained student astray at first.

        batches: (student's maps, guide's maps) by stride, some thousand pictures together
        """
        sums = {s: [0, 0] for s in self.bring}
        for student, guide in batches:
            for s in sums:
                rows = lambda m: m.float().permute(0, 2, 3, 1).flatten(0, 2)
                x, y = rows(student[int(s)]), rows(self.resized(guide[int(s)], student[int(s)]))
                x = torch.cat([x, torch.ones(len(x), 1)], 1)
                sums[s] = [sums[s][0] + x.t() @ x, sums[s][1] + x.t() @ y]
        for s, (xx, xy) in sums.items():
            ridge = 1e-3 * xx.diag().mean() * torch.eye(len(xx))
            w = torch.linalg.solve((xx + ridge).double(), xy.double()).float().t()
            self.bring[s].weight.copy_(w[:, :-1, None, None])
            self.bring[s].bias.copy_(w[:, -1])
