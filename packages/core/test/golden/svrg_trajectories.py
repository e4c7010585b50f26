"""Variance-reduced mini-batch descent (Johnson & Zhang, NeurIPS 2013) written down directly, in the order of the definition.

    v = (n / |B|) (grad R_B(theta) - grad R_B(anchor)) + grad R(anchor),  anchor <- theta at every step t with t % every == 0

R is the sum over samples; with "mean" v and R are divided by n. Batches are cyclic: the samples in their order, the last batch of an epoch holds what is
left. Writes svrg_trajectories.json. The networks: numpy 1.24, plain float64. The linear model, whose risk is about e^-2500: mpmath 1.2.1 with 60 digits.
"""
import json
import random

import numpy as np
from mpmath import exp, mp, mpf, sqrt

mp.dps = 60
rng = random.Random("svrg")


def draw(rows, columns, digits=3):
    return [[round(rng.gauss(0, 1), digits) for _ in range(columns)] for _ in range(rows)]


def batches(n, size):
    return [list(range(i, min(i + size, n))) for i in range(0, n, size)]


def relu_gradient(params, x, y, loss):
    w, a = params
    h = x @ w.T
    z = np.maximum(h, 0)
    q = y * (z @ a[0])
    d = -np.exp(-q) if loss == "exp" else -1 / (1 + np.exp(q))
    delta = (d * y)[:, None] * a * (h > 0)
    return [delta.T @ x, ((d * y) @ z)[None, :]]


def log_risk(params, x, y, loss):
    w, a = params
    q = y * (np.maximum(x @ w.T, 0) @ a[0])
    return float(np.log(np.sum(np.exp(-q) if loss == "exp" else np.log1p(np.exp(-q)))))


def descend(optimizer, hyper, v, state, t):
    lr = hyper["lr"]
    if optimizer == "gd":
        return [lr * g for g in v]
    if optimizer == "sign_descent":
        return [lr * np.sign(g) for g in v]
    b1, b2, eps = hyper["beta1"], hyper["beta2"], hyper["eps"]
    for k, g in enumerate(v):
        state["m"][k] = b1 * state["m"][k] + (1 - b1) * g
        state["v"][k] = b2 * state["v"][k] + (1 - b2) * g * g
    return [
        lr * (m / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + eps) for m, s in zip(state["m"], state["v"])
    ]


def network_run(problem, optimizer, hyper, loss, reduction, size, every, steps):
    x, y = np.array(problem["X"]), np.array(problem["y"], dtype=float)
    n = len(y)
    theta = [np.array(p, dtype=float) for p in problem["params0"]]
    state = {"m": [np.zeros_like(p) for p in theta], "v": [np.zeros_like(p) for p in theta]}
    rows = batches(n, size)
    risks = []
    for t in range(steps):
        risks.append(log_risk(theta, x, y, loss))
        if t % every == 0:
            anchor = [p.copy() for p in theta]
            full = relu_gradient(anchor, x, y, loss)
        b = rows[t % len(rows)]
        here, there = relu_gradient(theta, x[b], y[b], loss), relu_gradient(anchor, x[b], y[b], loss)
        v = [n / len(b) * (g - h) + f for g, h, f in zip(here, there, full)]
        if reduction == "mean":
            v = [g / n for g in v]
        theta = [p - u for p, u in zip(theta, descend(optimizer, hyper, v, state, t + 1))]
    risks.append(log_risk(theta, x, y, loss))
    return {
        "problem": "relu", "optimizer": optimizer, "hyper": hyper, "loss": loss, "reduction": reduction, "size": size, "every": every,
        "log_risk": risks, "end": [p.tolist() for p in theta],
    }


def tiny_run(problem, lr, size, every, steps):
    """Normalised gradient descent, whose steps are long: within an anchor's time the risk falls by a factor of e^-100 and more."""
    x = [[mpf(e) for e in row] for row in problem["X"]]
    y = problem["y"]
    n, p = len(y), len(x[0])
    theta = [mpf(e) for e in problem["params0"][0][0]]

    def gradient(at, rows):
        g = [mpf(0)] * p
        for i in rows:
            weight = exp(-y[i] * sum(u * e for u, e in zip(at, x[i])))
            g = [s - weight * y[i] * e for s, e in zip(g, x[i])]
        return g

    def risk(at):
        return float(mp.log(sum(exp(-y[i] * sum(u * e for u, e in zip(at, x[i]))) for i in range(n))))

    rows = batches(n, size)
    risks = []
    for t in range(steps):
        risks.append(risk(theta))
        if t % every == 0:
            anchor, full = theta, gradient(theta, range(n))
        b = rows[t % len(rows)]
        v = [mpf(n) / len(b) * (g - h) + f for g, h, f in zip(gradient(theta, b), gradient(anchor, b), full)]
        length = sqrt(sum(g * g for g in v))
        theta = [u - mpf(lr) * g / length for u, g in zip(theta, v)]
    risks.append(risk(theta))
    return {
        "problem": "linear", "optimizer": "normalized_gd", "hyper": {"lr": lr}, "loss": "exp", "reduction": "sum", "size": size, "every": every,
        "log_risk": risks, "end": [[[float(u) for u in theta]]],
    }


relu_problem = {"arch": {"type": "mlp", "sizes": [4, 6, 1], "activation": "relu"}, "X": draw(7, 4), "y": [1, -1, 1, 1, -1, -1, 1],
                "params0": [draw(6, 4), draw(1, 6)]}
teacher = [1.0, -0.5, 0.75]
points = [row for row in draw(40, 3) if abs(sum(u * e for u, e in zip(teacher, row))) > 0.5][:8]
linear_problem = {"arch": {"type": "mlp", "sizes": [3, 1], "activation": "identity"}, "X": points,
                  "y": [1 if sum(u * e for u, e in zip(teacher, row)) > 0 else -1 for row in points],
                  "params0": [[[5000 * u for u in teacher]]]}
adam = {"lr": 0.01, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8}
runs = [
    network_run(relu_problem, "gd", {"lr": 0.0005}, "exp", "sum", 2, 4, 120),
    network_run(relu_problem, "gd", {"lr": 0.1}, "logistic", "mean", 3, 5, 120),
    network_run(relu_problem, "gd", {"lr": 0.02}, "logistic", "sum", 1, 7, 120),
    network_run(relu_problem, "sign_descent", {"lr": 0.003}, "logistic", "sum", 2, 4, 120),
    network_run(relu_problem, "adam", adam, "logistic", "mean", 3, 2, 120),
    tiny_run(linear_problem, 0.5, 3, 3, 60),
    tiny_run(linear_problem, 50.0, 3, 4, 60),
]
with open("svrg_trajectories.json", "w") as file:
    json.dump({"problems": {"relu": relu_problem, "linear": linear_problem}, "trajectories": runs}, file, indent=1)
for run in runs:
    print(run["problem"], run["optimizer"], run["loss"], run["reduction"], run["size"], run["every"], run["log_risk"][0], run["log_risk"][-1])
