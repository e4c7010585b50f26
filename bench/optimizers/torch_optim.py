"""Times optimiser steps in PyTorch, float64, one thread, in CPU seconds per step; prints "ready" first.

Line "case JSON" sets {"sizes": [[rows, columns], ...], "optimizer": name, "options": {...}}, line "time STEPS" answers with the seconds. The names are those of
torch.optim, and "spectral", "shampoo" and "muon", which this torch has not: the formulas on torch.
"""

import json
import sys
import time

import torch

torch.set_num_threads(1)


class Spectral(torch.optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                u, _, vh = torch.linalg.svd(w.grad, full_matrices=False)
                w.sub_(u @ vh, alpha=group["lr"])


class Shampoo(torch.optim.Optimizer):
    """L += G G', R += G' G, w -= lr L^-1/4 G R^-1/4."""

    def __init__(self, params, lr, eps):
        super().__init__(params, {"lr": lr})
        self.sums = {w: [eps * torch.eye(n, dtype=w.dtype) for n in w.shape] for w in self.param_groups[0]["params"]}

    @torch.no_grad()
    def step(self):
        for w, (left, right) in self.sums.items():
            left.add_(w.grad @ w.grad.T)
            right.add_(w.grad.T @ w.grad)
            w.sub_(root(left) @ w.grad @ root(right), alpha=self.param_groups[0]["lr"])


def root(m):
    values, vectors = torch.linalg.eigh(m)
    return (vectors * values.pow(-0.25)) @ vectors.T


class Muon(torch.optim.Optimizer):
    """Nesterov momentum and five Newton-Schulz iterations, in float64."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})
        self.buffers = {w: torch.zeros_like(w) for w in self.param_groups[0]["params"]}

    @torch.no_grad()
    def step(self):
        for w, b in self.buffers.items():
            b.mul_(0.95).add_(w.grad)
            w.sub_(newton_schulz(w.grad + 0.95 * b), alpha=self.param_groups[0]["lr"])


def newton_schulz(g):
    x = g / g.norm()
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return x.T if tall else x


ours = {"spectral": Spectral, "shampoo": Shampoo, "muon": Muon}

print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    word, rest = line.split(" ", 1)
    if word == "case":
        case = json.loads(rest)
        torch.manual_seed(1)
        weights = [torch.randn(size, dtype=torch.float64, requires_grad=True) for size in case["sizes"]]
        for w in weights:
            w.grad = torch.rand(w.shape, dtype=torch.float64) - 0.5
        create = ours.get(case["optimizer"]) or getattr(torch.optim, case["optimizer"])
        optimizer = create(weights, lr=1e-6, **case["options"])
        optimizer.step()
    else:
        steps = int(rest)
        start = time.process_time()
        for _ in range(steps):
            optimizer.step()
        print((time.process_time() - start) / steps, flush=True)
