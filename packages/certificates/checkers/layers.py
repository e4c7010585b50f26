"""Layers: what each makes of a place, the array [channels][height][width] of the numbers of its values.

It is the shape of the next place; `reads`, the values that a unit reads, a row for each unit of a row of weights; `rows` of weights (none:
they are all 1); and `rule`, the function of a unit.
"""
from typing import NamedTuple

import numpy as np

from activations import Rule, activation_of, maximum, mean, total
from rules import is_integer, must
from windows import windows_of


class Layer(NamedTuple):
    shape: tuple
    reads: np.ndarray
    rows: int = 0
    rule: Rule = total
    is_diagonal: bool = False


def pooled(place, own, rule):
    windows = windows_of(place, own["size"], own.get("stride", own["size"]))
    return Layer(windows.shape[:3], windows.reshape(-1, own["size"] ** 2), rule=rule)


def conv2d(place, options):
    size, channels = options["size"], options["channels"]
    windows = windows_of(place, size, options.get("stride", 1), options.get("padding", 0))
    reads = np.moveaxis(windows, 0, 2).reshape(-1, len(place) * size * size)
    return Layer((channels, *windows.shape[1:3]), reads, rows=channels)


def global_pool(place, of):
    must(of in ("max", "average"), f"globalPool of {of} is not known")
    return Layer((len(place), 1, 1), place.reshape(len(place), -1), rule=maximum if of == "max" else mean)


def maxout(place, pieces):
    must(place.size % pieces == 0, f"maxout: {pieces} pieces do not divide {place.size} values")
    return Layer((place.size // pieces, 1, 1), place.reshape(-1, pieces), rule=maximum)


def branches(ends):
    """The sum of branches with these last places."""
    must(len({end.shape for end in ends}) == 1, "branches end in different shapes")
    return Layer(ends[0].shape, np.stack([end.ravel() for end in ends], 1))


weights = {"bias", "frozen", "weights"}

# Every layer that is known, by its name in definitions: its options, and what it makes of a place.
layers = {
    "dense": ({"units"} | weights, lambda place, own, _: Layer((own["units"], 1, 1), place.reshape(1, -1), rows=own["units"])),
    # one row with a weight per value: its unit k has the k-th
    "diagonal": (weights, lambda place, *_: Layer(place.shape, place.reshape(-1, 1), rows=1, is_diagonal=True)),
    "conv2d": ({"channels", "size", "stride", "padding"} | weights, lambda place, own, _: conv2d(place, own)),
    "flatten": (set(), lambda place, *_: Layer((place.size, 1, 1), place.reshape(-1, 1))),
    "maxPool": ({"size", "stride"}, lambda place, own, _: pooled(place, own, maximum)),
    "averagePool": ({"size", "stride"}, lambda place, own, _: pooled(place, own, mean)),
    "globalPool": ({"of"}, lambda place, own, _: global_pool(place, own["of"])),
    "maxout": ({"pieces"}, lambda place, own, _: maxout(place, own["pieces"])),
    "branches": ({"sum"}, lambda _, __, ends: branches(ends)),
}
least = {"units": 1, "channels": 1, "size": 1, "stride": 1, "pieces": 1, "padding": 0}


def layer_at(values, entry, ends):
    """The layer or activation that an entry of a definition makes of a place; `ends`: the last places of its branches."""
    if isinstance(entry, str) or "kind" not in entry:
        return Layer(values.shape, values.reshape(-1, 1), rule=activation_of(entry))
    kind = entry["kind"]
    must(kind in layers, f"the layer {kind} is not known")
    options, make = layers[kind]
    own = {name: value for name, value in entry.items() if name != "kind"}
    for name, value in own.items():
        must(name in options, f"the option {name} of {kind} is not known")
        must(name not in least or is_integer(value) and value >= least[name], f"{name} of {kind} is {value}")
    return make(values, own, ends)
