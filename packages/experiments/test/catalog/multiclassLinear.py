"""Brackets of the largest margins of `multiclass-linear`, for multiclassLinear.test.ts.

    max over ||W|| <= 1 of min over i, j != y_i of <w_{y_i} - w_j, x_i>

The lower end is the value of a W in the unit ball, the upper one the weak-duality bound ||sum lambda_ij x_i (e_{y_i} - e_j)^T||_* of multipliers in the
simplex; both come from primal-dual hybrid gradient steps with exact projections, so that neither needs to be trusted to have converged. linf and l1 are
also solved by HiGHS, l2 by NNLS (the point of least norm in the hull): `exact`.

Reads X and y of every seed in multiclassLinear.json, as the program draws them, and writes the brackets there. Made with numpy 1.24 and scipy 1.10:
python3 multiclassLinear.py (two minutes).
"""
import json

import numpy as np
from scipy.optimize import linprog, nnls

FILE, CLASSES, STEPS = "multiclassLinear.json", 4, 100_000


def onto_simplex(v):
    u = np.sort(v)[::-1]
    c = np.cumsum(u) - 1
    k = np.nonzero(u - c / np.arange(1, len(u) + 1) > 0)[0][-1]
    return np.maximum(v - c[k] / (k + 1), 0)


def onto_l1(v):
    return v if np.abs(v).sum() <= 1 else np.sign(v) * onto_simplex(np.abs(v).ravel()).reshape(v.shape)


def by_singular_values(f):
    def project(w):
        u, s, vt = np.linalg.svd(w, full_matrices=False)
        return (u * f(s)) @ vt

    return project


def singular(w):
    return np.linalg.svd(w, compute_uv=False)


# projection onto the unit ball, dual norm, norm
NORMS = {
    "linf": (lambda w: np.clip(w, -1, 1), lambda g: np.abs(g).sum(), lambda w: np.abs(w).max()),
    "l2": (lambda w: w / max(1, np.linalg.norm(w)), np.linalg.norm, np.linalg.norm),
    "l1": (onto_l1, lambda g: np.abs(g).max(), lambda w: np.abs(w).sum()),
    "spectral": (by_singular_values(lambda s: np.minimum(s, 1)), lambda g: singular(g).sum(), lambda w: singular(w)[0]),
    "nuclear": (by_singular_values(onto_l1), lambda g: singular(g)[0], lambda w: singular(w).sum()),
}


def pairs(x, y):
    """One row per sample and other class: the gradient of its margin by W."""
    rows = []
    for sample, label in zip(x, y):
        for other in range(CLASSES):
            if other != label:
                g = np.zeros((CLASSES, len(sample)))
                g[label], g[other] = sample, -sample
                rows.append(g.ravel())
    return np.array(rows)


def bracket(g, shape, project, dual, norm):
    w, multipliers = np.zeros(shape), np.full(len(g), 1 / len(g))
    tau = 0.95 / np.linalg.norm(g, 2)
    low, high = -np.inf, np.inf
    w_sum, multiplier_sum, count = np.zeros(shape), np.zeros(len(g)), 0
    for step in range(STEPS):
        there = project(w + tau * (g.T @ multipliers).reshape(shape))
        multipliers = onto_simplex(multipliers - tau * (g @ (2 * there - w).ravel()))
        w = there
        w_sum, multiplier_sum, count = w_sum + w, multiplier_sum + multipliers, count + 1
        if step % 200 == 199:
            for v, m in ((w, multipliers), (w_sum / count, multiplier_sum / count)):
                low = max(low, (g @ v.ravel()).min() / max(norm(v), 1e-300))
                high = min(high, dual((g.T @ m).reshape(shape)))
            if high / low - 1 < 1e-7:
                break
        if step in (2000, 8000, 32000):
            w_sum, multiplier_sum, count = np.zeros(shape), np.zeros(len(g)), 0
    return low, high


def exact(name, g, size):
    n = len(g)
    if name == "linf":
        a = np.c_[-g, np.ones(n)]
        return -linprog(np.r_[np.zeros(size), -1], a, np.zeros(n), bounds=[(-1, 1)] * size + [(None, None)], method="highs").fun
    if name == "l1":
        a = np.r_[np.c_[-g, g, np.ones(n)], [np.r_[np.ones(2 * size), 0]]]
        return -linprog(np.r_[np.zeros(2 * size), -1], a, np.r_[np.zeros(n), 1], bounds=[(0, None)] * (2 * size) + [(None, None)], method="highs").fun
    if name == "l2":
        z, _ = nnls(np.r_[g.T, np.ones((1, n))], np.r_[np.zeros(size), 1], maxiter=100_000)
        return np.linalg.norm(g.T @ (z / z.sum()))
    return None


with open(FILE) as file:
    content = json.load(file)
for seed, own in content["seeds"].items():
    x, y = np.array(own["X"]), np.array(own["y"])
    g = pairs(x, y)
    shape = (CLASSES, x.shape[1])
    own["largestMargin"] = {}
    for name, functions in NORMS.items():
        low, high = bracket(g, shape, *functions)
        own["largestMargin"][name] = {"low": low, "high": high, "exact": exact(name, g, CLASSES * x.shape[1])}
with open(FILE, "w") as file:
    json.dump(content, file, separators=(",", ":"))
    file.write("\n")
