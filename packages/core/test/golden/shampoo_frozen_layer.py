"""Shampoo as in figure 3 of Tsilivis et al., JMLR 27 (2026), on a small instance: one hidden ReLU layer, second layer frozen, exponential loss, full batch.

Writes shampoo_frozen_layer.json. Needs numpy (made with 1.24.2). Plain float64, the risk itself and eigh: nothing is shared with the program.
`sequentialHalf` is the Shampoo of the package torch-optimizer, which the authors ran: for every side of the matrix in turn, the statistics are updated by
the gradient as the sides before have left it, then it is multiplied by their inverse root; epsilon I stands in the statistics from the start.
"""
import json

import numpy as np

HIDDEN, INPUTS, SAMPLES, STEPS, EPSILON = 10, 9, 12, 300, 1e-4


def drawn(count, seed):
    """A linear congruential generator in [-1, 1), to three decimals."""
    values = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2**31
        values.append(round(2 * seed / 2**31 - 1, 3))
    return np.array(values)


def inverse_root(m, a):
    values, vectors = np.linalg.eigh(m)
    return (vectors * values**-a) @ vectors.T


x = drawn(SAMPLES * INPUTS, 1).reshape(SAMPLES, INPUTS)
y = np.where(np.arange(SAMPLES) % 2 == 0, 1.0, -1.0)
x[:, 0] += 2 * y
start = 0.1 * drawn(HIDDEN * INPUTS, 2).reshape(HIDDEN, INPUTS)
second = 0.5 * drawn(HIDDEN, 8)


def run(exponent, eta):
    w = start.copy()
    left, right = EPSILON * np.eye(HIDDEN), EPSILON * np.eye(INPUTS)
    rows = []
    for t in range(STEPS + 1):
        z = x @ w.T
        q = y * (np.maximum(z, 0) @ second)
        if t in (0, 1, 2, 3, 10, 30, 100, 300):
            rows.append({"step": t, "logRisk": float(np.log(np.exp(-q).sum())), "spectralMargin": float(q.min() / np.linalg.norm(w, 2))})
        if t == STEPS:
            return {"exponent": exponent, "eta": eta, "rows": rows, "weights": w.flatten().tolist()}
        g = -((np.exp(-q) * y)[:, None] * (z > 0) * second).T @ x
        left = left + g @ g.T
        if exponent == "sequentialHalf":
            h = inverse_root(left, 0.5) @ g
            right = right + h.T @ h
            step = h @ inverse_root(right, 0.5)
        else:
            a = {"quarter": 0.25, "half": 0.5}[exponent]
            right = right + g.T @ g
            step = inverse_root(left, a) @ g @ inverse_root(right, a)
        w = w - eta * step


with open("shampoo_frozen_layer.json", "w") as out:
    json.dump(
        {
            "schema": "shampoo_frozen_layer/1",
            "epsilon": EPSILON,
            "hidden": HIDDEN,
            "inputDim": INPUTS,
            "inputs": x.flatten().tolist(),
            "labels": y.astype(int).tolist(),
            "init": np.concatenate([start.flatten(), second]).tolist(),
            "runs": [run("quarter", 0.3), run("half", 0.3), run("sequentialHalf", 0.3)],
        },
        out,
        separators=(",", ":"),
    )
    out.write("\n")
