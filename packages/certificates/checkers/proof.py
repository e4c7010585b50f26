"""What the multipliers of an entry prove, the combination z of gradients with an upper end of D*, and its direction v, a lower end."""
import numpy as np

from rules import around, is_integer, is_number, must, unit


def slopes_of(member, constraint, kinks, known):
    """{(layer, unit): derivative}, those that a member of the support chooses at its kinks."""
    near, slopes = constraint.near(kinks), {}
    for layer, at, slope in member.get("slopes", []):
        must(is_integer(layer) and is_integer(at), f"{layer}, {at} is not the number of a unit")
        must((layer, at) in near, f"unit {at} of layer {layer} is not at its kink in sample {member['sample']}")
        least, most = known[layer]
        must(is_number(slope) and least <= slope <= most, f"{slope} is not a derivative at the kink of layer {layer}")
        slopes[layer, at] = slope
    return slopes


def combination(entry, problem):
    """z, the sum of lambda * gradient lambda = multiplier / their sum; bounds of its errors; [lower, upper] of the sum of lambda * q."""
    z, error, margin = np.zeros_like(problem.theta), np.zeros_like(problem.theta), np.zeros(2)
    support = entry["support"]
    must(len(support) > 0, "there are no multipliers")
    for member in support:
        must(is_number(member["multiplier"]) and member["multiplier"] > 0, f"the multiplier {member['multiplier']} is not positive")
    total = sum(member["multiplier"] for member in support)
    for member in support:
        sample, other = member["sample"], member.get("other")
        is_named = is_integer(sample) and ("other" not in member or is_integer(other)) and (sample, other) in problem.constraints
        must(is_named, f"there is no constraint of sample {sample} and class {other}")
        constraint = problem.constraints[sample, other]
        gradient = constraint.gradient(slopes_of(member, constraint, entry["kinks"], problem.network.kinks))
        share = member["multiplier"] / total
        z += share * gradient
        error += share * (constraint.errors() + (len(support) + 8) * unit * abs(gradient))
        margin += share * np.array(constraint.q)
    return z, error, margin


def direction_of(direction, z, problem):
    """The direction v, its largest entry 1."""
    origin, norm = direction["from"], problem.norm
    must(origin in ("theta", "zero", "combination"), f"the direction from {origin} is not known")
    v = problem.theta.copy() if origin == "theta" else np.zeros_like(z)
    if origin == "combination":
        must(norm.power is not None, "no combination is the direction in this norm")
        v = np.sign(z) * (abs(z) / (norm.dual(z) or 1)) ** norm.power
    for j, value in direction["entries"]:
        must(is_integer(j) and 0 <= j < len(v) and is_number(value), f"the direction has no entry {j} of {value!r}")
        v[j] = value
    return v / (abs(v).max() or 1)


def proven_by(v, kinks, problem):
    """A lower end of D*: the least that a margin grows by along v, for every derivative at kinks; nan where kinks are of several layers."""
    least = np.inf
    for constraint in problem.constraints.values():
        near = constraint.near(kinks * (1 + 2.0**-30))  # those too of which rounding decides whether they are within
        if len({layer for layer, _ in near}) > 1:
            return np.nan
        own = constraint.gradient() @ v
        growth = own - constraint.errors() @ abs(v)
        for layer, at in near:
            growth += np.min([constraint.gradient({(layer, at): slope}) @ v for slope in problem.network.kinks[layer]]) - own
        least = np.minimum(least, growth)
    return least / around(problem.norm.norm(v), 0.0, len(v))[1]
