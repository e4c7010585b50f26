"""The units of one layer or activation of a network, and the place after it."""
import functools
from typing import NamedTuple

import numpy as np

from activations import Rule
from layers import layer_at
from rules import must

one = 1  # the number of the value 1, which biases multiply


class Place(NamedTuple):
    values: np.ndarray  # numbers of the values, [channels][height][width]
    degree: float  # in the trained weights
    input_degree: float
    factors: float
    roundings: float


Block = NamedTuple("Block", [("name", str), ("rows", int), ("columns", int), ("frozen", bool), ("first", int)])


class Step(NamedTuple):
    """The units of a layer, a row each: their values from the number `first` on; the weights and values that they read."""

    first: int
    weights: np.ndarray
    values: np.ndarray
    rule: Rule
    layer: int  # among those with a kink that depends on trained weights; None elsewhere


def first_weight(blocks, rows, columns, frozen, name=None):
    """The number of the first weight of a block, which is a new one unless layers share it by its name."""
    shared = [block for block in blocks if name is not None and block.name == name]
    block = shared[0] if shared else Block(name, rows, columns, frozen, 1 + sum(block.rows * block.columns for block in blocks))
    must(block[1:4] == (rows, columns, frozen), f"layers that share {name} differ")
    if not shared:
        blocks.append(block)
    return block.first


def after(network, place, entry):
    """The place after an entry, whose units are added to a network."""
    options = {} if isinstance(entry, str) else entry
    bias, frozen = options.get("bias", False), options.get("frozen", False)
    ends = [functools.reduce(lambda at, entry: after(network, at, entry), branch, place) for branch in options.get("sum", [[]])]
    shape, reads, rows, rule, is_diagonal = layer_at(place.values, entry, [end.values for end in ends])
    degree = ends[0].degree
    is_homogeneous = all(end.degree == degree for end in ends) and not (bias and degree > 0)
    must(is_homogeneous, f"the network is not homogeneous after {entry}")

    columns = len(reads) if is_diagonal else reads.shape[1]
    values = np.tile(reads, (max(rows, 1), 1))
    weights = np.zeros(values.shape, int)
    if rows > 0:
        first = first_weight(network.blocks, rows, columns, frozen, options.get("weights"))
        in_row = np.arange(columns)[:, None] if is_diagonal else np.arange(columns)
        in_rows = np.arange(rows)[:, None, None] * columns + in_row
        weights = first + np.broadcast_to(in_rows, (rows, *reads.shape)).reshape(values.shape)
    if bias:
        channel = np.arange(len(values)) // (shape[1] * shape[2])
        values = np.column_stack([values, np.full(len(values), one)])
        weights = np.column_stack([weights, first_weight(network.blocks, shape[0], 1, frozen) + channel])
    layer = len(network.kinks) if rule.kink and degree > 0 else None
    network.kinks += [] if layer is None else [rule.kink]
    first = network.next_value
    network.next_value += len(values)
    network.steps.append(Step(first, weights, values, rule, layer))

    is_of_one = not bias and all(end.input_degree == ends[0].input_degree for end in ends)
    return Place(
        values=(first + np.arange(len(values))).reshape(shape),
        degree=rule.degree * degree + (rows > 0 and not frozen),
        input_degree=rule.degree * ends[0].input_degree if is_of_one else np.nan,
        factors=rule.degree * max(end.factors for end in ends) + (rows > 0),
        roundings=rule.degree * max(end.roundings for end in ends) + values.shape[1] + 4,
    )
