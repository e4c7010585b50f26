"""How a rule rejects, and intervals that are widened by what rounding may move."""
import math

unit = 2.0**-53  # the unit roundoff of f64


class Rejected(Exception):
    """A certificate that a rule rejects, with the reason."""


def must(holds, reason):
    """A rule: where it does not hold, the certificate is rejected with the reason."""
    if not holds:
        raise Rejected(reason)


def is_integer(value):
    """True for JSON numbers that are integers; true and false are no numbers."""
    return type(value) is int


def is_number(value):
    """True for finite JSON numbers."""
    return type(value) in (int, float) and math.isfinite(value)


def around(value, error, terms):
    """[lower, upper] of a number that is known up to an error and was summed of so many terms."""
    share = 4 * (terms + 64) * unit
    return [value - error - share * abs(value - error), value + error + share * abs(value + error)]


def moved_share(ends):
    """The share of it by which rounding may have moved the ends of an interval, 16 times."""
    return 16 * (ends[1] - ends[0]) / ends[0]


def must_hold(what, stated, computed, slack):
    """A stated interval is accepted if it holds the computed one and is wider by no more than 1e-8 of it and `slack`."""
    must(type(stated) is list and len(stated) == 2 and all(map(is_number, stated)), f"{what} is not two numbers: {stated}")
    (lower, upper), (low, high) = stated, computed
    must(lower <= low and high <= upper, f"{what} is stated as {stated}, it is in {[low, high]}")
    widest = high - low + 1e-8 * abs(high) + slack
    must(upper - lower <= widest, f"{what} is stated as {stated}, which is weaker than {[low, high]}")
