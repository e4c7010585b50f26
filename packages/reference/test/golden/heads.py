"""Writes heads.json: margins of several classes at scores where the naive formula fails, from 50-digit arithmetic (mpmath).

Case: scores[n][classes], labels, margins s_y - max_{j != y} s_j, smoothed s_y - log sum_{j != y} e^{s_j} and seeds[n][classes], its derivatives.
Scores at 1e300 need more digits: the precision is that of the scores plus 50.
Usage: python3 heads.py > heads.json
"""

import json
import random

import mpmath as mp

random.seed(20260702)
uniform = random.uniform


def near(shift, classes, width):
    """Scores within `width` of each other, `shift` away from zero."""
    return [shift + uniform(-width, width) for _ in range(classes)]


cases = {
    "ordinary": [near(0, 5, 3) for _ in range(6)],
    "twoClasses": [[1.25, -0.5], [3.0, 3.0], [1e300, -1e300], [-1e8, 1e8], [5e-324, -5e-324], [0.1, 0.30000000000000004]],
    "ties": [[0.0] * 7, [1e8] * 7, [-1e300] * 7, [1e300] * 6 + [0.0], [2.0, 5.0, 5.0, 5.0, -1.0, 5.0, 2.0]],
    "at1e8": [near(1e8, 10, 5) for _ in range(5)] + [near(-1e8, 10, 5) for _ in range(5)],
    "mixed1e8": [[1e8, -1e8, 3.0, 1e8 + 2, -7e7, 1e8 + 1.5] for _ in range(3)],
    "at1e300": [[1e300, -1e300, 1e300, 9.9e299, 0.0], [-1e300, -1e300, -1.1e300, -2e300, -1e300], [1e300, 1e8, 5.0, -1e8, -1e300]],
    "atTheEdge": [[8e307, -8e307, 7e307, 0.0], [-8.9e307, -8.8e307, -8.9e307, -8.9e307]],
    "cancelling": [[log5, 0.0, 0.0, 0.0, 0.0, 0.0] for log5 in [1.6094379124341003, 1.6094379124341005, 1.609437912]],
    "subnormalShares": [[0.0, 1.0, -743.5, -700.0, -745.0], [300.0, -10.0, -720.0, -718.25, 0.5]],
    "spread": [near(0, 16, w) for w in [1e-3, 0.1, 10, 100, 1000]],
    "class33": [near(4, 33, 6) for _ in range(3)],
    "class128": [near(0, 128, 2), near(1e8, 128, 10), near(-50, 128, 0.01), [0.0] * 128],
}


def head(scores, label):
    s = [mp.mpf(v) for v in scores]
    others = [v for j, v in enumerate(s) if j != label]
    largest = max(others)
    total = mp.fsum(mp.exp(v - largest) for v in others)
    seeds = [1.0 if j == label else -float(mp.exp(v - largest) / total) for j, v in enumerate(s)]
    return float(s[label] - largest), float(s[label] - largest - mp.log(total)), seeds


result = []
for name, rows in cases.items():
    largest = max(abs(v) for row in rows for v in row)
    mp.mp.dps = 50 + (0 if largest < 1 else int(mp.log10(largest)) + 17)
    labels = [0 if name == "cancelling" else random.randrange(len(row)) for row in rows]
    values = [head(row, label) for row, label in zip(rows, labels)]
    margins, smoothed, seeds = (list(column) for column in zip(*values))
    result.append({"name": name, "scores": rows, "labels": labels, "margins": margins, "smoothed": smoothed, "seeds": seeds})
print('{"cases": [\n' + ",\n".join(json.dumps(c) for c in result) + "\n]}")
