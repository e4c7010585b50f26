"""Functions of units: f(t) = <slopes(t), t> / degree of the products t = weight * value of a unit, slopes(t) the derivatives of f by t.

They take a row of products per unit. `kink`: the least and the largest derivative at 0. `is_rough`: f at absolute values does not bound
how rounding errors of t grow.
"""
from typing import Callable, NamedTuple

import numpy as np

from rules import must


class Rule(NamedTuple):
    slopes: Callable
    degree: float = 1
    kink: tuple = None
    is_rough: bool = False


total = Rule(np.ones_like)
mean = Rule(lambda t: np.full_like(t, 1 / t.shape[1]))
# the first of the largest products
maximum = Rule(lambda t: 1.0 * (np.arange(t.shape[1]) == t.argmax(1)[:, None]), is_rough=True)


def sides(below, above):
    kink = None if below == above else (min(below, above), max(below, above))
    return Rule(lambda t: np.where(t > 0, float(above), float(below)), kink=kink, is_rough=below > 1)


def leaky_relu(slope):
    must(slope > 0, f"the slope of leakyRelu is {slope}")
    return sides(slope, 1)


def relu_power(r):
    must(2 * r % 1 == 0 and r >= 1, f"the power of reluPower is {r}")
    return sides(0, 1) if r == 1 else Rule(lambda t: r * np.maximum(t, 0) ** (r - 1), degree=r, is_rough=r % 1 != 0)


plain = {"identity": total, "relu": sides(0, 1), "abs": sides(-1, 1)}
families = {"leakyRelu": leaky_relu, "reluPower": relu_power}


def activation_of(entry):
    """The function of an activation as definitions write it: a name, or {name: parameter}."""
    if isinstance(entry, str):
        must(entry in plain, f"the layer {entry} is not known")
        return plain[entry]
    (name, parameter), *others = entry.items()
    must(name in families and not others, f"the layer {name} is not known")
    return families[name](parameter)
