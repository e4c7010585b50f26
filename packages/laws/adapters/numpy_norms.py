"""Norms as numpy computes them, for `steepest check --subject "exec:python3 numpy_norms.py NORM"`.

One request per line on stdin, one answer per line on stdout:
  {"id": 0, "call": "hello", "args": []}      -> {"id": 0, "value": {"members": ["norm", "dualNorm", "lmo"]}}
  {"id": 1, "call": "norm", "args": [[3, -4]]} -> {"id": 1, "value": 5.0}   or   {"id": 1, "error": "..."}
NaN, Infinity, -Infinity and -0 travel as strings. Copy this file and replace the classes to put your own code under the laws.
"""

import json
import sys

import numpy as np


class L1:
    def norm(self, x):
        return np.linalg.norm(x, 1)

    def dualNorm(self, g):
        return np.linalg.norm(g, np.inf)

    def lmo(self, g):
        u = np.zeros_like(g)
        j = np.argmax(np.abs(g))
        u[j] = -np.sign(g[j])
        return u


class L2:
    def norm(self, x):
        largest = np.max(np.abs(x))  # np.linalg.norm squares, which overflows and underflows
        return largest if largest == 0 or not np.isfinite(largest) else largest * np.linalg.norm(x / largest)

    dualNorm = norm

    def lmo(self, g):
        largest = np.max(np.abs(g))
        if largest == 0:
            return np.zeros_like(g)
        scaled = g / largest
        return -scaled / np.linalg.norm(scaled)


class Linf:
    def norm(self, x):
        return np.linalg.norm(x, np.inf)

    def dualNorm(self, g):
        return np.linalg.norm(g, 1)

    def lmo(self, g):
        return -np.sign(g)


class Spectral:
    """On a vector read as one matrix with as many rows as divide its length, up to six."""

    def matrix(self, x):
        rows = next(r for r in (6, 5, 4, 3, 2, 1) if len(x) % r == 0)
        return x.reshape(rows, -1)

    def norm(self, x):
        return np.nan if np.isnan(x).any() else np.linalg.svd(self.matrix(x), compute_uv=False)[0]

    def dualNorm(self, g):
        return np.nan if np.isnan(g).any() else np.linalg.svd(self.matrix(g), compute_uv=False).sum()

    def lmo(self, g):
        if np.isnan(g).any():
            return np.full_like(g, np.nan)
        u, sigma, vt = np.linalg.svd(self.matrix(g), full_matrices=False)
        kept = sigma > max(self.matrix(g).shape) * np.finfo(float).eps * sigma[0]
        return -(u[:, kept] @ vt[kept]).ravel()


NORMS = {"l1": L1, "l2": L2, "linf": Linf, "spectral": Spectral}
SPECIAL = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf, "-0": -0.0}


def encode(value):
    if isinstance(value, np.ndarray):
        return [encode(v) for v in value.tolist()]
    value = float(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "-0" if value == 0 and np.signbit(value) else value


def decode(value):
    if isinstance(value, list):
        return np.array([decode(v) for v in value], dtype=float)
    return SPECIAL[value] if isinstance(value, str) else value


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in NORMS:
        sys.exit(f"usage: numpy_norms.py {'|'.join(NORMS)}")
    subject = NORMS[sys.argv[1]]()
    np.seterr(all="ignore")
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            if request["call"] == "hello":
                answer["value"] = {"members": ["norm", "dualNorm", "lmo"]}
            else:
                answer["value"] = encode(getattr(subject, request["call"])(*map(decode, request["args"])))
        except Exception as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


main()
