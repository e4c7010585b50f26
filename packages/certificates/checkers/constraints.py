"""The constraints q > 0 of the margin problem: their values, gradients and bounds of rounding errors at the scaled weights and inputs."""
import numpy as np

from rules import around, is_integer, must, unit

faint = 2.0**-700  # covers what underflows, in values at absolute weights and inputs and in their gradients


def seeds_of(label, classes):
    """{other: seeds} with q = <seeds, scores>: one constraint for labels -1 and 1 (other: None), else one per other class."""
    if classes is None:
        must(label in (-1, 1), f"the label {label} is not -1 or 1")
        return {None: np.array([label])}
    must(label in range(classes), f"the label {label} is not one of {classes} classes")
    return {other: np.eye(classes)[int(label)] - np.eye(classes)[other] for other in range(classes) if other != label}


def gamma_of(network):
    """A bound of rounding: values, and entries of gradients, move by at most this share of what they are at absolute weights and inputs."""
    return 2.0**-40 if network.is_rough else (2 * network.roundings + network.unit_count) * unit


class Point:
    """The weights and inputs that everything is computed at: multiplied by powers of two, weights by theirs where they are trained."""

    def __init__(self, network, weights, inputs, scale):
        must(len(weights) == network.weight_count, f"there are {len(weights)} weights, the network has {network.weight_count}")
        must(is_integer(scale["weights"]) and is_integer(scale["inputs"]), "the scale is not of integers")
        must(scale["inputs"] == 0 or network.input_degree > 0, "inputs are scaled, in which the network is not homogeneous")
        blocks = [block for block in network.blocks if not block.frozen]
        self.trained = np.concatenate([block.first + np.arange(block.rows * block.columns) for block in blocks])
        self.weights = np.concatenate([[1.0], weights])
        self.weights[self.trained] = self.theta = np.ldexp(self.weights[self.trained], scale["weights"])
        self.inputs = np.ldexp(inputs, scale["inputs"])
        most = max(abs(self.weights).max(), abs(self.inputs).max())
        must(most ** (network.factors - 1) < 2.0**300, f"weights or inputs of {most} are too large")


class Constraint:
    """A constraint q = <seeds, scores> of a sample: [lower, upper] of q, its gradients and bounds of their errors in theta."""

    def __init__(self, network, point, sample, seeds):
        self.network, self.point, self.seeds = network, point, seeds
        self.sample_values, self.most = sample
        self.gamma = gamma_of(network)
        scores, most = self.sample_values[-len(seeds) :], self.most[-len(seeds) :]
        self.q = around(seeds @ scores, self.gamma * (abs(seeds) @ most), len(point.theta))

    def gradient(self, slopes={}):
        """The gradient with the slopes that are chosen at kinks."""
        return self.network.gradient(self.point.weights, self.sample_values, self.seeds, slopes)[self.point.trained]

    def errors(self):
        """Bounds of the errors of the entries of gradients."""
        if self.network.is_rough:
            return np.full(len(self.point.theta), self.gamma * abs(self.gradient()).max())
        most = self.network.gradient(abs(self.point.weights), self.most, abs(self.seeds))[self.point.trained]
        return 2 * self.gamma * (most + faint)

    def near(self, share):
        """The (layer, unit) that are at their kinks within a share."""
        return list(self.network.near_kinks(self.sample_values, self.most, share))


def constraints_of(network, point, labels, classes):
    """{(sample, other): constraint}; other is None for labels -1 and 1."""
    found = {}
    for i, (row, label) in enumerate(zip(point.inputs, labels)):
        sample = network.values(point.weights, row), network.values(abs(point.weights), abs(row), faint)
        for other, seeds in seeds_of(label, classes).items():
            found[i, other] = Constraint(network, point, sample, seeds)
    return found
