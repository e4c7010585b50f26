"""Norms as numpy computes them, under the laws of norms:

    steepest check --subject "exec:python3 numpy_norms.py spectral"
    steepest check --precision f32 --subject "exec:python3 numpy_norms.py spectral float32"

A norm has norm, lmo and projectBall; its dual, by name, gives it dualNorm and prox. Replace the classes to put your own code under the laws.
"""

import sys

import numpy as np
from steepest_subject import serve


class Norm:
    def __init__(self, dual):
        self.dual = dual

    def dualNorm(self, g):
        return NORMS[self.dual].norm(g)

    def prox(self, x, t):
        """Moreau: what the projection onto the dual ball of radius t leaves."""
        return x - NORMS[self.dual].projectBall(x, t)


class L1(Norm):
    def norm(self, x):
        return np.linalg.norm(x, 1)

    def lmo(self, g):
        u = np.zeros_like(g)
        j = np.argmax(np.abs(g))
        u[j] = -np.sign(g[j])
        return u

    def projectBall(self, x, radius):
        """Soft thresholding with the threshold that meets the radius: Duchi et al., ICML 2008."""
        size = np.abs(x)
        if np.isnan(x).any() or size.sum() <= radius:
            return x
        if radius == 0:
            return np.zeros_like(x)
        largest = size.max()
        size = size / largest
        falling = np.sort(size)[::-1]
        excess = np.cumsum(falling) - radius / largest
        kept = np.nonzero(falling * np.arange(1, len(x) + 1) > excess)[0][-1]
        return np.sign(x) * np.maximum(size - excess[kept] / (kept + 1), 0) * largest


class L2(Norm):
    def norm(self, x):
        largest = np.max(np.abs(x))  # np.linalg.norm squares, which overflows and underflows
        return largest if largest == 0 or not np.isfinite(largest) else largest * np.linalg.norm(x / largest)

    def lmo(self, g):
        return -direction(g)

    def projectBall(self, x, radius):
        return x if self.norm(x) <= radius else radius * direction(x)


class Linf(Norm):
    def norm(self, x):
        return np.linalg.norm(x, np.inf)

    def lmo(self, g):
        return -np.sign(g)

    def projectBall(self, x, radius):
        return np.clip(x, -radius, radius)


def direction(x):
    """x divided by its Euclidean norm; 0 for 0."""
    largest = np.max(np.abs(x))
    if largest == 0:
        return x
    return x / largest / np.linalg.norm(x / largest)


class OfMatrix(Norm):
    """A norm of numbers that are taken from a matrix: its singular values, or the Euclidean norms of its rows or columns."""

    def __init__(self, inner, dual, take):
        super().__init__(dual)
        self.inner = inner
        self.take = take

    def norm(self, x):
        return np.nan if np.isnan(x).any() else NORMS[self.inner].norm(self.take(matrix(x))[0])

    def lmo(self, g):
        return self.rebuilt(g, NORMS[self.inner].lmo)

    def projectBall(self, x, radius):
        return x if self.norm(x) <= radius else self.rebuilt(x, lambda values: NORMS[self.inner].projectBall(values, radius))

    def rebuilt(self, x, change):
        if np.isnan(x).any():
            return np.full_like(x, np.nan)
        values, rebuild = self.take(matrix(x))
        return rebuild(change(values)).ravel()


def singular_values(x):
    u, sigma, vt = np.linalg.svd(x, full_matrices=False)
    sigma = np.where(sigma > max(x.shape) * np.finfo(x.dtype).eps * sigma[0], sigma, 0)
    return sigma, lambda values: (u * values) @ vt


def rows(x):
    lengths = np.array([NORMS["l2"].norm(row) for row in x])
    return lengths, lambda values: np.array([value * direction(row) for value, row in zip(values, x)])


def columns(x):
    lengths, rebuild = rows(x.T)
    return lengths, lambda values: rebuild(values).T


LAYOUTS = [[[1, 1]], [[1, 7]], [[5, 1]], [[3, 3]], [[4, 6]], [[7, 3]]]  # by the length of a vector
SHAPES = {r * c: (r, c) for [[r, c]] in LAYOUTS}


def matrix(x):
    return x.reshape(SHAPES[len(x)])


NORMS = {
    "l1": L1("linf"),
    "l2": L2("l2"),
    "linf": Linf("l1"),
    "spectral": OfMatrix("linf", "nuclear", singular_values),
    "nuclear": OfMatrix("l1", "spectral", singular_values),
    "rowMax": OfMatrix("linf", "rowSum", rows),
    "rowSum": OfMatrix("l1", "rowMax", rows),
    "colMax": OfMatrix("linf", "colSum", columns),
    "colSum": OfMatrix("l1", "colMax", columns),
}
ENTRYWISE = ["signs", "permutations"]
BOTH_SIDES = ["leftOrthogonal", "rightOrthogonal", "orthogonal"]
INVARIANCES = {
    "l1": ENTRYWISE,
    "l2": ENTRYWISE,
    "linf": ENTRYWISE,
    "spectral": BOTH_SIDES,
    "nuclear": BOTH_SIDES,
    "rowMax": ["signs", "rightOrthogonal"],
    "rowSum": ["signs", "rightOrthogonal"],
    "colMax": ["signs", "leftOrthogonal"],
    "colSum": ["signs", "leftOrthogonal"],
}


def main():
    dtype = sys.argv[2] if len(sys.argv) == 3 else "float64"
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in NORMS or dtype not in ("float64", "float32"):
        sys.exit(f"usage: numpy_norms.py {'|'.join(NORMS)} [float64|float32]")
    subject = NORMS[sys.argv[1]]
    np.seterr(all="ignore")
    hello = {"family": "norms", "invariances": INVARIANCES[sys.argv[1]]}
    if isinstance(subject, OfMatrix):
        hello.update(layouts=LAYOUTS, partialIsometry=sys.argv[1] == "spectral")

    def on_arrays(call):
        return lambda x, *numbers: call(np.array(x, dtype), *numbers)

    serve(hello, {name: on_arrays(getattr(subject, name)) for name in ("norm", "dualNorm", "lmo", "projectBall", "prox")})


main()
