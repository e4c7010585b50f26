"""Writes squared.json: log risk, seeds and weight of the squared loss from 50-digit arithmetic (mpmath).

Case: scores and targets [n][outputs]; log_risk = log sum 1/2 |s - t|^2, seeds = (t - s) / M with M the largest |t - s|, weight = M / R.
Usage: python3 squared.py > squared.json
"""

import json
import math
import random

import mpmath as mp

mp.mp.dps = 700  # differences of numbers from 5e-324 to 1e308 are exact
random.seed(20260703)
uniform = random.uniform


def block(n, outputs, spread, shift=0.0):
    return [[shift + uniform(-spread, spread) for _ in range(outputs)] for _ in range(n)]


def signed(row, low, high):
    return [random.choice([-1, 1]) * 10 ** uniform(low, high) for _ in row]


cases = {
    "ordinary": (block(12, 3, 2), block(12, 3, 2)),
    "one": ([[1.5]], [[-0.25]]),
    "riskOne": ([[1.0, 0.0]], [[0.0, 1.0]]),
    "nearOne": (block(10, 1, 1e-9, math.sqrt(0.2)), [[0.0]] * 10),
    "many": (block(200, 2, 1), block(200, 2, 1)),
    "fitted": ([[1.0 + 1e-12 * i, -2.0] for i in range(7)], [[1.0, -2.0 + 1e-15 * i] for i in range(7)]),
    "tiny": ([[1e-200, 3e-201], [-2e-200, 0.0]], [[0.0, 0.0], [0.0, 1e-210]]),
    "huge": ([[1e200, 3e201], [-2e200, 0.0]], [[0.0, 0.0], [5.0, 1e210]]),
    "anyScale": tuple([signed([0, 0], -300, 300) for _ in range(20)] for _ in range(2)),
    "leastNormal": ([[0.0, 2.0**-1021]], [[2.0**-1022, 0.0]]),
    "subnormal": ([[5e-324, 1e-320]], [[0.0, -1e-321]]),
    "pastTheRange": ([[1.7e308, -1.6e308, 3.0], [1e308, 0.0, 1.2e308]], [[-1.7e308, 1.5e308, 0.5], [1e300, 2e307, -1.2e308]]),
}


def nearest(x):
    """The double nearest to x, infinite beyond the range."""
    return float(x) if abs(x) >= mp.mpf(2) ** -1022 else math.ldexp(int(mp.nint(x * mp.mpf(2) ** 1074)), -1074)


result = []
for name, (scores, targets) in cases.items():
    r = [[mp.mpf(t) - mp.mpf(s) for s, t in zip(*rows)] for rows in zip(scores, targets)]
    largest = max(abs(v) for row in r for v in row)
    risk = mp.fsum(v * v for row in r for v in row) / 2
    weight = nearest(largest / risk)
    result.append(
        {
            "name": name,
            "scores": scores,
            "targets": targets,
            "log_risk": float(mp.log(risk)),
            "seeds": [[nearest(v / largest) for v in row] for row in r],
            "weight": weight if math.isfinite(weight) else None,
        }
    )
print('{"cases": [\n' + ",\n".join(json.dumps(c) for c in result) + "\n]}")
