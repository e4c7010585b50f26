"""Trajectories of several classes in plain float64, for ../train/multiclassTrajectories.test.ts.

Run with torch 1.13 and numpy 1.24:  python3 multiclass_trajectories.py > multiclass_trajectories.json

Two problems (a ReLU network of 5, 8 and 3 units, a linear model of 6 inputs and 4 classes), cross-entropy and the multiclass exponential loss
sum_i sum_{j != y} exp(s_j - s_y), both summed over the samples; 200 steps each. Gradients are torch's autograd; gradient descent and Adam are
torch.optim's; sign descent and normalised spectral descent are written out (sign(0) = 0; the polar factor U V^T of numpy's SVD, without singular values
below 1e-10 of the largest: the gradient of the last layer has the null direction 1 of softmax losses). A second run from a start that differs by 1e-15
must end within 1e-12, or the trajectory could not be compared to 1e-11: the script fails then.
"""
import json
import sys

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
STEPS = 200


def problem(seed, widths, per_class, spread):
    rng = np.random.RandomState(seed)
    classes = widths[-1]
    centres = rng.randn(classes, widths[0])
    y = np.repeat(np.arange(classes), per_class)
    x = centres[y] + spread * rng.randn(len(y), widths[0])
    params = [rng.uniform(-0.5, 0.5, (b, a)) for a, b in zip(widths, widths[1:])]
    return {"arch": {"sizes": widths, "activation": "relu"}, "X": x.tolist(), "y": y.tolist(), "params0": [p.tolist() for p in params]}


def log_loss(params, x, y, loss):
    h = x
    for i, w in enumerate(params):
        h = h @ w.T
        if i < len(params) - 1:
            h = torch.relu(h)
    own = h.gather(1, y[:, None])
    others = h.masked_fill(torch.nn.functional.one_hot(y, h.shape[1]).bool(), -torch.inf)
    u = torch.logsumexp(others, 1) - own[:, 0]  # minus the smoothed margin
    per_sample = u.exp() if loss == "exp" else torch.nn.functional.softplus(u, threshold=1e9)
    return torch.log(per_sample.sum())


def polar(g):
    u, s, vt = np.linalg.svd(g, full_matrices=False)
    keep = s > 1e-10 * s[0]
    return u[:, keep] @ vt[keep]


def run(p, loss, optimizer, hyper, shift=0.0):
    x, y = torch.tensor(p["X"]), torch.tensor(p["y"])
    params = [torch.tensor(w) + shift for w in p["params0"]]
    for w in params:
        w.requires_grad_()
    lr = hyper["lr"]
    made = {
        "gd": lambda: torch.optim.SGD(params, lr=lr),
        "adam": lambda: torch.optim.Adam(params, lr=lr, betas=(hyper["beta1"], hyper["beta2"]), eps=hyper["eps"]),
    }
    torch_optimizer = made[optimizer]() if optimizer in made else None
    curve = []
    for _ in range(STEPS):
        for w in params:
            w.grad = None
        z = log_loss(params, x, y, loss)
        curve.append(z.item())
        z.exp().backward()
        if torch_optimizer:
            torch_optimizer.step()
        else:
            with torch.no_grad():
                for w in params:
                    w -= lr * (torch.sign(w.grad) if optimizer == "sign_descent" else torch.tensor(polar(w.grad.numpy())))
    curve.append(log_loss(params, x, y, loss).item())
    return curve, [w.detach().numpy() for w in params]


problems = {"mlp3": problem(1, [5, 8, 3], 4, 0.6), "linear4": problem(2, [6, 4], 5, 0.6)}
arms = {
    "gd": {"lr": 0.01},
    "sign_descent": {"lr": 0.003},
    "spectral_normalized": {"lr": 0.01},
    "adam": {"lr": 0.01, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8},
}
trajectories = []
for name, p in problems.items():
    for loss in ("ce", "exp"):
        for optimizer, hyper in arms.items():
            curve, end = run(p, loss, optimizer, hyper)
            _, other = run(p, loss, optimizer, hyper, 1e-15)
            moved = max(np.abs(a - b).max() for a, b in zip(end, other))
            print(name, loss, optimizer, curve[0], curve[-1], moved, file=sys.stderr)
            assert moved < 1e-12
            trajectories.append({"problem": name, "loss": loss, "optimizer": optimizer, "hyper": hyper, "log_loss": curve, "end": [w.tolist() for w in end]})
lines = [json.dumps(t, separators=(",", ":")) for t in trajectories]
print('{\n"problems": ' + json.dumps(problems, separators=(",", ":")) + ',\n"trajectories": [\n' + ",\n".join(lines) + "\n]\n}")
