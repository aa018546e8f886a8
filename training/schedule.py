"""What changes in the course of a run on CPUs: the learning rate, how far the average of the weights reaches back, and the state that later runs go on from."""
import math
import os

import torch

WARM_UP = 60  # steps
REACH, KEEP = 0.04, 0.998  # the average reaches back over this share of a run's steps, but over no more than 500


def rate(share, steps, decay):
    """What the learning rate is multiplied by, at `share` (0..1) of the time and after so many steps: it rises for WARM_UP steps, stays, and falls to 0 like
    a cosine within the last `decay` of the time"""
    fallen = (share - (1 - decay)) / decay if decay else 0
    return min(1, (steps + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(1, max(0, fallen))))


def kept(steps, expected):
    """How much of the average stays as it is at a step: after so many steps, in a run of which so many are `expected`. In the first ones it reaches back over
    a ninth of the steps so far, so that it soon forgets what it began with."""
    return min(KEEP, max(0, 1 - 1 / max(1, REACH * expected)), (1 + steps) / (10 + steps))


def keep_state(path, net, steps, student, average, hints, optimizers):
    """Writes all that a run consists of between two steps. Unlike a checkpoint nothing is rounded."""
    state = {'net': net, 'steps': steps, 'student': student.state_dict(), 'average': average.state_dict(), 'hints': hints.state_dict(),
             'optimizers': [opt.state_dict() for opt in optimizers]}
    torch.save(state, path + '.new')
    os.replace(path + '.new', path)


def read_state(path, net, count):
    """-> the state that `keep_state` wrote; ValueError if it is of another network or number of optimizers"""
    state = torch.load(path, map_location='cpu', weights_only=True)
    if 'optimizers' not in state:
        raise ValueError(f'{path} is no state to resume from, but a checkpoint: pass it as --init')
    if state['net'] != net or len(state['optimizers']) != count:
        raise ValueError(f'{path} is of {state["net"]} {"with" if len(state["optimizers"]) > 1 else "without"} --muon: resume it as such')
    return state


def go_on(state, student, average, hints, optimizers):
    """Brings everything back to where `state` was kept; -> the steps taken until then"""
    for part, name in ((student, 'student'), (average, 'average'), (hints, 'hints')):
        part.load_state_dict(state[name])
    for opt, kept_of_it in zip(optimizers, state['optimizers']):
        opt.load_state_dict(kept_of_it)
    return state['steps']
