"""SOAP in plain float64: moments of the gradients themselves, no loss frame, bases by numpy's eigh.

A basis is completed where the eigenvalues are at most side 2^-52 times the largest: by the rows before (the coordinates at first), in the order of
p^T L p, each less its projection onto what is there, the one with most left first. Writes soap.json. numpy 1.24.2.
"""
import json

import numpy as np

OPTIONS = {"beta1": 0.9, "beta2": 0.95, "epsilon": 1e-3}


def move_on(m, basis):
    order = np.argsort(-np.array([row @ m @ row for row in basis]), kind="stable")
    before = basis[order]
    values, vectors = np.linalg.eigh(m)
    rows = [vectors[:, k] for k in np.argsort(-values, kind="stable") if values[k] > len(m) * 2.0**-52 * values.max()]
    candidates = list(before)
    while len(rows) < len(m):
        span = np.array(rows).reshape(len(rows), len(m))
        rests = [c - span.T @ (span @ c) for c in candidates]
        lengths = [np.linalg.norm(r) for r in rests]
        best = int(np.argmax(lengths))
        second = sorted(lengths)[-2] if len(lengths) > 1 else 0
        assert len(rows) + 1 == len(m) or abs(lengths[best] - second) > 1e-6 or second > 1 - 1e-12, (lengths, "no pivot by a hair")
        r = rests[best] - span.T @ (span @ rests[best])
        rows.append(r / np.linalg.norm(r))
        del candidates[best]
    return np.array(rows), order


def soap(blocks, gradients, size, beta1, beta2, epsilon, period):
    theta = [np.zeros(shape) for shape in blocks]
    m, v = [np.zeros(s) for s in blocks], [np.zeros(s) for s in blocks]
    left, right = [np.zeros((a, a)) for a, _ in blocks], [np.zeros((b, b)) for _, b in blocks]
    p, q = [np.eye(a) for a, _ in blocks], [np.eye(b) for _, b in blocks]
    for t, flat in enumerate(gradients, 1):
        at = 0
        for k, (a, b) in enumerate(blocks):
            g = flat[at : at + a * b].reshape(a, b)
            at += a * b
            left[k] = beta2 * left[k] + (1 - beta2) * g @ g.T
            right[k] = beta2 * right[k] + (1 - beta2) * g.T @ g
            m[k] = beta1 * m[k] + (1 - beta1) * g
            if (t - 1) % period == 0:
                p[k], from_rows = move_on(left[k], p[k])
                q[k], from_columns = move_on(right[k], q[k])
                v[k] = v[k][np.ix_(from_rows, from_columns)]
            v[k] = beta2 * v[k] + (1 - beta2) * (p[k] @ g @ q[k].T) ** 2
            mean = p[k] @ m[k] @ q[k].T / (1 - beta1**t)
            theta[k] = theta[k] - size * p[k].T @ (mean / (np.sqrt(v[k] / (1 - beta2**t)) + epsilon)) @ q[k]
    return np.concatenate([w.ravel() for w in theta])


BLOCKS = [(3, 4), (1, 5)]
LOG_RISKS = [0, -0.5, -1.5, -2, -2.25, -2.5, -2.75]
J = np.arange(17.0)
dense = [np.exp(z) * np.cos(1 + 5 * t + 1.7 * J * J) for t, z in enumerate(LOG_RISKS)]
# of rank one in the first block, always the same, until the fifth gradient brings the others
rank_one = np.concatenate([np.outer([1, -0.5, 0.25], [0.5, 1, -1, 0.25]).ravel(), [1, 2, 0, 0, 0]])
late = [np.exp(z) * (rank_one if t < 4 else np.cos(1 + 5 * t + 1.7 * J * J)) for t, z in enumerate(LOG_RISKS)]
cases = []
for name, gradients in (("dense gradients", dense), ("directions that appear late", late)):
    for period in (1, 3):
        end = soap(BLOCKS, gradients, 0.1, period=period, **OPTIONS)
        ghats = [(g * np.exp(-z)).tolist() for g, z in zip(gradients, LOG_RISKS)]
        cases.append({"name": name, "options": {**OPTIONS, "period": period}, "blocks": BLOCKS, "logRisk": LOG_RISKS, "ghat": ghats, "size": 0.1, "end": end.tolist()})
        print(name, period, end[:4])
with open("soap.json", "w") as file:
    json.dump(cases, file)
