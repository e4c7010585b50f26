"""Largest l2 margins of two-layer ReLU networks by a linear programme of SciPy over dense neurons: writes reluMargins.json.

A lower bound, and close to the optimum: neurons on a grid of the circle or the sphere, on grids of the planes' circles and where two planes meet, and then
around those that the programme takes, at distances that shrink. Nothing of the product is used. Run: python3 reluMargins.py
"""

import itertools
import json

import numpy as np
import scipy
from scipy.optimize import linprog

rng = np.random.default_rng(20260801)


def solve(x, y, w):
    features = y[:, None] * np.maximum(x @ w.T, 0)
    n, m = features.shape
    # max t subject to features (p - q) >= t, sum p + q <= 1
    a = np.vstack([np.hstack([-features, features, np.ones((n, 1))]), np.append(np.ones(2 * m), 0)])
    b = np.append(np.zeros(n), 1)
    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    found = linprog(np.append(np.zeros(2 * m), -1), a, b, bounds=[(0, None)] * (2 * m) + [(None, None)], method="highs", options=options)
    assert found.status == 0, found.message
    c = found.x[:m] - found.x[m : 2 * m]
    return c


def margin(x, y, w, c):
    """The margin of the balanced network, in plain arithmetic."""
    return (y * (np.maximum(x @ w.T, 0) @ c)).min() / (2 * np.abs(c).sum())


def unit(w):
    return w / np.linalg.norm(w, axis=1, keepdims=True)


def around(w, normal, scale, count):
    """Neurons near w: on the plane of `normal` where there is one."""
    near = w + scale * rng.standard_normal((count, w.size))
    if normal is not None:
        near -= np.outer(near @ normal, normal) / (normal @ normal)
    return unit(near)


def largest(x, y):
    n, d = x.shape
    neurons, planes = [unit(rng.standard_normal((4000, d)))], [[None] * 4000]
    corners = []
    for k in range(n):
        basis = np.linalg.svd(x[k : k + 1])[2][1:]
        circle = unit(rng.standard_normal((300 if d == 3 else 2, d - 1)) @ basis)
        neurons.append(circle)
        planes.append([x[k]] * len(circle))
        if d == 2:
            corners += [basis[0], -basis[0]]
    if d == 3:
        for i, j in itertools.combinations(range(n), 2):
            v = np.cross(x[i], x[j])
            corners += [v / np.linalg.norm(v), -v / np.linalg.norm(v)]
    corners = np.array(corners)
    w, plane = np.vstack(neurons), sum(planes, [])
    scale = 0.05
    for _ in range(40):
        both = np.vstack([corners, w])
        c = solve(x, y, both)
        kept = [i for i in range(len(w)) if c[len(corners) + i] != 0]
        fresh_w, fresh_plane = [w[kept]], [plane[i] for i in kept]
        for i in kept:
            near = around(w[i], plane[i], scale, 60)
            fresh_w.append(near)
            fresh_plane += [plane[i]] * len(near)
        best = margin(x, y, both, c)
        w, plane = np.vstack(fresh_w), fresh_plane
        scale *= 0.7
    return best


cases = []
for n, d in [(3, 2), (6, 2), (10, 2), (4, 3), (6, 3), (9, 3), (12, 3)]:
    x = np.round(rng.standard_normal((n, d)), 3)
    y = rng.choice([-1, 1], n)
    cases.append({"inputs": x.tolist(), "labels": y.tolist(), "margin": largest(x, y)})
    print(n, d, cases[-1]["margin"])
with open(__file__.replace(".py", ".json"), "w") as out:
    json.dump({"by": f"reluMargins.py, SciPy {scipy.__version__}, HiGHS", "cases": cases}, out, indent=1)
    out.write("\n")
