"""Measures the weights of a network, from the formulas of docs/probes.md: python3 measured.py < question.json > answer.json. Only numpy, nothing of the project.

A question is {"layers", "blocks", "train", "test", "loss", "degree", "norms"}: the layers from the input on, their weights as lists of rows in the order of the
layers (a bias behind its matrix), and samples as {"inputs", "labels"}; the labels are -1 and +1 for one score, else 0, 1, ... An answer has [number, scale] by probe: two programs that round
at every operation agree to some units in the last place of the scale.
"""
import json
import math
import sys
import numpy as np

question = json.load(sys.stdin)
blocks = [np.array(block, dtype=float) for block in question["blocks"]]
degree = question["degree"]


def dense(layer, x, take):
    w = take()
    b = take() if layer.get("bias") else None
    out = w[0] @ x.ravel() + (b[0].ravel() if b else 0)

    def back(g):
        w[1][:] += np.outer(g, x.ravel())
        if b:
            b[1][:] += g.reshape(b[1].shape)
        return (w[0].T @ g).reshape(x.shape)

    return out, back


def relu(_, x, __):
    return np.maximum(x, 0), lambda g: g * (x > 0)


def conv2d(layer, x, take):
    w = take()
    b = take() if layer.get("bias") else None
    size, pad = layer["size"], layer.get("padding", 0)
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    height, width = padded.shape[1] - size + 1, padded.shape[2] - size + 1
    filters = w[0].reshape(-1, x.shape[0], size, size)
    windows = {(i, j): padded[:, i : i + size, j : j + size] for i in range(height) for j in range(width)}
    out = np.zeros((len(filters), height, width))
    for (i, j), window in windows.items():
        out[:, i, j] = (filters * window).sum((1, 2, 3)) + (b[0].ravel() if b else 0)

    def back(g):
        into, of_filters = np.zeros_like(padded), np.zeros_like(filters)
        for (i, j), window in windows.items():
            into[:, i : i + size, j : j + size] += np.tensordot(g[:, i, j], filters, 1)
            of_filters += np.multiply.outer(g[:, i, j], window)
        w[1][:] += of_filters.reshape(w[1].shape)
        if b:
            b[1][:] += g.sum((1, 2)).reshape(b[1].shape)
        return into[:, pad : pad + x.shape[1], pad : pad + x.shape[2]]

    return out, back


def max_pool(layer, x, _):
    size = layer["size"]
    places = {}
    out = np.zeros((x.shape[0], x.shape[1] // size, x.shape[2] // size))
    for c, i, j in np.ndindex(out.shape):
        window = x[c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        places[c, i, j] = (c, i * size + u, j * size + v)
        out[c, i, j] = window.max()

    def back(g):
        into = np.zeros_like(x)
        for at, place in places.items():
            into[place] += g[at]
        return into

    return out, back


operations = {"dense": dense, "relu": relu, "conv2d": conv2d, "maxPool": max_pool}


def forward(weights, x, gradients):
    """Scores, and what adds the gradient of seed . scores to `gradients`."""
    pairs = iter(zip(weights, gradients))
    backs = []
    for layer in question["layers"]:
        x, back = operations[layer["kind"]](layer, x, lambda: next(pairs))
        backs.append(back)

    def backward(seed):
        for back in reversed(backs):
            seed = back(seed)

    return x.ravel(), backward


def margins_of(scores, label):
    """The margins of a sample, and the seeds of their gradients."""
    if len(scores) == 1:
        return np.array([label * scores[0]]), np.array([[float(label)]])
    others = [j for j in range(len(scores)) if j != label]
    seeds = np.zeros((len(others), len(scores)))
    for row, j in enumerate(others):
        seeds[row, [label, j]] = 1, -1
    return seeds @ scores, seeds


def accuracy(part):
    right = 0
    for x, label in zip(part["inputs"], part["labels"]):
        scores, _ = forward(blocks, np.array(x), [np.zeros_like(b) for b in blocks])
        right += margins_of(scores, label)[0].min() > 0
    return right / len(part["labels"])


train = question["train"]
runs = []
for x, label in zip(train["inputs"], train["labels"]):
    scores, _ = forward(blocks, np.array(x), [np.zeros_like(b) for b in blocks])
    runs.append((np.array(x), label, *margins_of(scores, label)))
absolute = [forward([abs(b) for b in blocks], abs(x), [np.zeros_like(b) for b in blocks])[0].max() for x, *_ in runs]
size = max(absolute)  # no sum that a score goes through is larger

q = np.array([m for _, _, m, _ in runs])
smallest = q.min()
# several margins of a sample enter the loss as one, -log sum exp(-q_ij), with the weights p_ij of the softmax
least = q.min(1, keepdims=True)
smooth = least[:, 0] - np.log(np.exp(least - q).sum(1))
p = np.exp(smooth[:, None] - q)
logistic = question["loss"] == "logistic"
losses = np.log1p(np.exp(-smooth)) if logistic else np.exp(-smooth)
risk = losses.sum()
log_risk = math.log(risk)
w = (1 / (1 + np.exp(smooth)) if logistic else np.exp(-smooth)) / risk
gradients = [np.zeros_like(b) for b in blocks]
for (x, _, _, seeds), weight, shares in zip(runs, w, p):
    forward(blocks, x, gradients)[1](-weight * (shares @ seeds))


def inverse(log_of_risk):
    return -math.log(math.expm1(math.exp(log_of_risk))) if logistic else -log_of_risk


def log_loss(margin):
    return math.log(math.log1p(math.exp(-margin))) if logistic else -margin


def flat(values):
    return np.concatenate([v.ravel() for v in values])


def every(values, of):
    return np.concatenate([of(v) for v in values])


def singular(v):
    return np.linalg.svd(v, compute_uv=False)


def rows(v):
    return np.sqrt((v * v).sum(1))


def lp(exponent):
    return lambda v: (abs(flat(v)) ** exponent).sum() ** (1 / exponent)


norms = {
    "l1": (lp(1), lambda v: abs(flat(v)).max()),
    "l2": (lp(2), lp(2)),
    "linf": (lambda v: abs(flat(v)).max(), lp(1)),
    "lp(3)": (lp(3), lp(1.5)),
    "spectral": (lambda v: every(v, singular).max(), lambda v: every(v, singular).sum()),
    "nuclear": (lambda v: every(v, singular).sum(), lambda v: every(v, singular).max()),
    "rowMax": (lambda v: every(v, rows).max(), lambda v: every(v, rows).sum()),
    "rowSum": (lambda v: every(v, rows).sum(), lambda v: every(v, rows).max()),
    "colMax": (lambda v: every([x.T for x in v], rows).max(), lambda v: every([x.T for x in v], rows).sum()),
    "colSum": (lambda v: every([x.T for x in v], rows).sum(), lambda v: every([x.T for x in v], rows).max()),
}
near = 1 + size
answer = {
    "logRisk": [log_risk, near],
    "minMargin": [smallest, size],
    "trainAccuracy": [accuracy(train), 1e-3],
    "testAccuracy": [accuracy(question["test"]), 1e-3],
    "supportCount": [float((q.min(1) <= 1.01 * smallest).sum()) if smallest > 0 else 0.0, 1e-3],
    "effectiveSupportCount": [w.sum() ** 2 / (w * w).sum(), near * len(w)],
}
inner = -(flat(blocks) * flat(gradients)).sum()
for name in question["norms"]:
    norm, dual = norms[name][0](blocks), norms[name][1](gradients)
    power = norm**degree
    soft = inverse(log_risk)
    beta = inner / (norm * dual)
    worst = log_loss(smallest - math.log(q.shape[1])) + math.log(len(q))
    answer |= {
        f"margin.{name}": [smallest / power, size / power],
        f"softMargin.{name}": [soft / power, near / power],
        f"norm.{name}": [norm, norm],
        f"alignment.{name}": [beta, near],
        f"sandwich.upper.{name}": [(smallest - soft) / power, near / power],
        f"sandwich.lower.{name}": [(soft - inverse(worst)) / power, near / power],
    }
    if smallest > 0:
        multipliers = w[:, None] * p * (norm / dual) * smallest ** (1 - 2 / degree)
        relative = near + size / smallest
        bound = q.size * (math.exp(risk) if logistic else 1) / (math.e * (soft / power) ** (2 / degree) * degree * soft)
        ratio = degree * smallest * w.sum() / (norm * dual)
        answer |= {
            f"kkt.stationarity.{name}": [1 - beta, near],
            f"kkt.complementarity.{name}": [(multipliers * (q / smallest - 1)).sum(), (multipliers * (q / smallest + 1)).sum() * relative],
            f"kkt.complementarityBound.{name}": [bound, bound * near * (1 + 1 / abs(soft))],
            f"kkt.tangentMarginRatio.{name}": [ratio, ratio * relative],
        }
json.dump(answer, sys.stdout)
