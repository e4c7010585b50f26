"""Prints the coefficients of assembly/scalar/gelu.ts, fitted with 60 digits (mpmath 1.3.0), and the largest error of each fit.

c = 1 / sqrt(2 pi), Phi the normal distribution function.
near(t)    Phi(z) = 1/2 + z (c + t near(t)), t = z^2 <= 25/16: a polynomial; error relative to Phi(-|z|).
middle(x)  log(c / (x e^(x^2 / 2) Phi(-x))) for 5/4 <= x <= 3, a rational function of x; absolute error.
far(s)     the same logarithm, divided by s = 1 / x^2, for x >= 3 up to where Phi(-x) vanishes in binary64; absolute error.

The rational functions interpolate at Chebyshev nodes, which is within a small factor of the best fit. The first coefficients of the polynomial are rounded one
by one and the rest fitted anew, so that their rounding is made up for.
Usage: python3 gelu.py
"""

import mpmath as mp

mp.mp.dps = 60
c = 1 / mp.sqrt(2 * mp.pi)
one = mp.mpf(1)


def near(t):
    z = mp.sqrt(t)
    return ((mp.ncdf(z) - one / 2) / z - c) / t


def middle(x):
    return mp.log(c / (x * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2)) / 2))


def far(s):
    return middle(1 / mp.sqrt(s)) / s


def nodes(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def polynomial(f, weight, low, high, degree, rounded):
    """Coefficients of the polynomial of least weighted squares at Chebyshev nodes, the first `rounded` of them double before the rest is fitted anew."""
    at = nodes(low, high, 4 * degree)
    fixed = []
    while True:
        rows = [[weight(t) * t**j for j in range(len(fixed), degree + 1)] for t in at]
        rest = [weight(t) * (f(t) - value(fixed or [0], t)) for t in at]
        fit = [float(v) for v in mp.lu_solve(mp.matrix(rows), mp.matrix(rest))]
        if len(fixed) == rounded:
            return fixed + fit
        fixed.append(fit[0])


def rational(f, low, high, degree):
    """Numerator and denominator, both of `degree`, the latter with constant term 1."""
    at = nodes(low, high, 2 * degree + 1)
    rows = [[s**j for j in range(degree + 1)] + [-f(s) * s**j for j in range(1, degree + 1)] for s in at]
    fit = [float(v) for v in mp.lu_solve(mp.matrix(rows), mp.matrix([f(s) for s in at]))]
    return fit[: degree + 1], [1.0] + fit[degree + 1 :]


def value(coefficients, t):
    return mp.polyval(list(reversed(coefficients)), t)


def report(name, error, low, high, **tables):
    grid = [low + (high - low) * i / 500 for i in range(501)]
    print(f"{name}: error at most {mp.nstr(max(error(t) for t in grid), 3)}")
    for table, coefficients in tables.items():
        print(f"  {table} = {', '.join(repr(v) for v in coefficients)}")


def near_weight(t):
    return mp.sqrt(t) * t / mp.ncdf(-mp.sqrt(t))


low, high = mp.mpf(10) ** -12, mp.mpf(25) / 16
p = polynomial(near, near_weight, low, high, 10, 4)
report("near", lambda t: near_weight(t) * abs(value(p, t) - near(t)), low, high, coefficients=p)
low, high = mp.mpf(5) / 4, mp.mpf(3)
top, bottom = rational(middle, low, high, 7)
report("middle", lambda x: abs(value(top, x) / value(bottom, x) - middle(x)), low, high, top=top, bottom=bottom)
low, high = one / 1600, one / 9
top, bottom = rational(far, low, high, 7)
report("far", lambda s: s * abs(value(top, s) / value(bottom, s) - far(s)), low, high, top=top, bottom=bottom)
print("c =", float(c), "and what its rounding lost", float(c - float(c)))
