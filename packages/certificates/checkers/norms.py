"""Norms of the parameters: theta and gradients as vectors, or as the matrices of the trained blocks one after another."""
from typing import Callable, NamedTuple

import numpy as np

from rules import must


class Norm(NamedTuple):
    norm: Callable
    dual: Callable
    growth: float = 1  # what the dual norm of bounds of entries has to be multiplied by to bound that of the entries
    power: float = None  # the steepest ascent of z is sign(z) (abs(z) / dual(z)) ** power; None: certificates name it by its entries


def lp(p, values=lambda v: v):
    """The lp norm of values of v, taken where the largest entry of v is 1, so that no square underflows."""

    def norm(v):
        most = abs(v).max()
        return most * np.linalg.norm(values(v / most), p) if most != 0 else 0.0

    return norm


def norm_of(name, blocks):
    """A norm and its dual."""
    ends = np.cumsum([block.rows * block.columns for block in blocks])

    def singular_values(v):
        matrices = [part.reshape(block.rows, block.columns) for part, block in zip(np.split(v, ends), blocks)]
        return np.concatenate([np.linalg.svd(matrix, compute_uv=False) for matrix in matrices])

    growth = max(min(block.rows, block.columns) for block in blocks) ** 0.5  # of the largest rank
    known = {
        "l1": Norm(lp(1), lp(np.inf)),
        "l2": Norm(lp(2), lp(2), power=1),
        "linf": Norm(lp(np.inf), lp(1), power=0),
        "spectral": Norm(lp(np.inf, singular_values), lp(1, singular_values), growth),
        "nuclear": Norm(lp(1, singular_values), lp(np.inf, singular_values), growth),
    }
    if name in known:
        return known[name]
    is_lp = name.startswith("lp(") and name.endswith(")")
    p = float(name[3:-1]) if is_lp else 0
    must(1 < p < np.inf, f"the norm {name} is not known")
    return Norm(lp(p), lp(p / (p - 1)), power=1 / (p - 1))
