"""How many threads a step takes on a machine that other work shares: Pace"""
import ctypes
import time

import torch

TRIAL, BETWEEN, MEMORY = 2, 30, 6  # steps with another number of threads, after so many steps with the best; how many times of each number count


class Pace:
    """Two threads that wait for one another at every layer are slower than one where something else holds a core, and faster where nothing does. So both are
    tried again and again, and whichever took less time of late does the rest.

    most: number of threads; libraries: further OpenMP programs to tell (ctypes), because each has threads of its own; clock: seconds
    """

    def __init__(self, most, libraries=(), clock=time.monotonic):
        self.counts, self.libraries, self.clock = sorted({1, most}), libraries, clock
        self.times = {n: [] for n in self.counts}
        self.step, self.began = 0, None
        self.threads = most
        self._set(most)

    def _set(self, n):
        self.threads = n
        torch.set_num_threads(n)
        for library in self.libraries:
            library.omp_set_num_threads(ctypes.c_int(n))

    def next(self):
        """Call it before each step."""
        now = self.clock()
        if self.began is not None:
            self.times[self.threads] = [*self.times[self.threads], now - self.began][-MEMORY:]
        self.began = now
        median = lambda n: sorted(self.times[n])[len(self.times[n]) // 2] if self.times[n] else 0.0  # what was never tried is tried
        best = min(self.counts, key=median)
        trial = self.step % BETWEEN < TRIAL * (len(self.counts) - 1)
        others = [n for n in self.counts if n != best]
        wanted = others[self.step % BETWEEN // TRIAL] if trial and others else best
        if wanted != self.threads:
            self._set(wanted)
        self.step += 1
