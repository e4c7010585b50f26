"""A network of a definition as steps in the order of computation: units that are functions of their products of weights and values.

Weight 0 is the number 1, those of the file follow; values 0 and 1 are the numbers 0 and 1, inputs and units follow.
"""
import functools

import numpy as np

from rules import must
from units import Place, after


def perceptron(members, last):
    must(isinstance(members["hidden"], list), "hidden is not a list")
    frozen, entries = members.get("frozenLayers", []), []
    for l, layer in enumerate([*({"kind": "dense", "units": units} for units in members["hidden"]), last]):
        entries += [members["activation"]] if l > 0 else []
        entries.append({**layer, "frozen": l in frozen})
    return entries


# Every kind of network that is known: its members in definitions, and its layers, of which the last gives the scores.
kinds = {
    "mlp": ({"hidden", "activation", "frozenLayers"}, perceptron),
    "linear": ({"bias"}, lambda members, last: [{**last, "bias": members.get("bias", False)}]),
    "layers": ({"layers", "image"}, lambda members, last: [*members["layers"], last]),
}


class Network:
    """Its steps, blocks of weights and kinks; degrees of the scores; and the factors and roundings that they pass."""

    def __init__(self, definition, input_dim, scores):
        kind = definition["kind"]
        must(kind in kinds, f"the network {kind} is not known")
        members, entries_of = kinds[kind]
        for name in definition:
            must(name in members | {"kind"}, f"the member {name} of {kind} is not known")
        image = definition.get("image", {"channels": input_dim, "height": 1, "width": 1})
        shape = [image[side] for side in ("channels", "height", "width")]
        must(np.prod(shape) == input_dim, f"images of {shape} do not have {input_dim} entries")
        self.steps, self.blocks, self.kinks, self.next_value = [], [], [], 2 + input_dim
        place = Place((2 + np.arange(input_dim)).reshape(shape), degree=0, input_degree=1, factors=1, roundings=0)
        for entry in entries_of(definition, {"kind": "dense", "units": scores}):
            place = after(self, place, entry)
        _, self.degree, self.input_degree, self.factors, self.roundings = place
        self.unit_count = self.next_value - 2 - input_dim
        self.weight_count = sum(block.rows * block.columns for block in self.blocks)
        self.is_rough = any(step.rule.is_rough for step in self.steps)

    def values(self, weights, inputs, faint=0.0):
        """The values of all units: f(t) of the products t = weight * value, plus what covers underflow."""
        values = np.concatenate([[0.0, 1.0], inputs])
        for step in self.steps:
            products = weights[step.weights] * values[step.values]
            values = np.append(values, (step.rule.slopes(products) * products).sum(1) / step.rule.degree + faint)
        return values

    def gradient(self, weights, values, seeds, slopes={}):
        """The gradient of <seeds, scores> in all weights; slopes: {(layer, unit): derivative}, those that are chosen at kinks."""
        delta, gradient = np.zeros(len(values)), np.zeros(len(weights))
        delta[len(delta) - len(seeds) :] = seeds
        for first, at_weights, at_values, rule, layer in reversed(self.steps):
            derivatives = rule.slopes(weights[at_weights] * values[at_values])
            for (of_layer, unit), slope in slopes.items():
                if of_layer == layer:
                    derivatives[unit, 0] = slope
            moved = delta[first : first + len(at_values), None] * derivatives
            gradient += np.bincount(at_weights.ravel(), (moved * values[at_values]).ravel(), len(weights))
            delta += np.bincount(at_values.ravel(), (moved * weights[at_weights]).ravel(), len(values))
        return gradient

    def near_kinks(self, values, most, share):
        """The (layer, unit) at kinks: |h| is at most a share of `most`, what their inputs h would be of absolute values."""
        for step in self.steps:
            if step.layer is not None:
                h = step.values[:, 0]
                yield from ((step.layer, int(unit)) for unit in np.flatnonzero(abs(values[h]) <= share * most[h]))
