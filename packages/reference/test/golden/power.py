"""Writes power.json: powers from 60-digit arithmetic (mpmath).

powers: [t, e, t^e rounded to nearest double, remainder in ULPs of that double].
Usage: python3 power.py > power.json
"""

import json
import math
import random

import mpmath as mp

mp.mp.dps = 60
random.seed(20260101)
uniform = random.uniform


def power_arguments():
    """Results over the whole range, bases of every size and close to 1, exponents of both signs."""
    yield from [(5e-324, 0.5), (5e-324, 0.25), (2.2250738585072014e-308, 1.5 / 2), (1.7976931348623157e308, 0.5), (0.5, 1074.0), (0.5, 1022.5)]
    yield from [(1 + 2.0**-52, 1e16), (1 - 2.0**-53, 3e18), (2.0, 0.5), (3.0, 0.0), (math.sqrt(0.5), 3.0), (math.sqrt(2), 3.0), (0.1, 1e-300)]
    for _ in range(150):
        yield uniform(0, 1), uniform(0, 4)
        yield uniform(0, 1), 10 ** uniform(-3, 2)
    for _ in range(150):
        t = math.exp(uniform(-700, 700))
        yield t, uniform(-1, 1) * 700 / abs(math.log(t))
        t = 1 + random.choice([-1, 1]) * 10 ** uniform(-15, -0.5)
        yield t, uniform(-1, 1) * 700 / abs(math.log(t))
        t = uniform(0.5, 1)
        yield t, uniform(708.4, 744) / abs(math.log(t))  # subnormal


def nearest(exact):
    return float(exact) if abs(exact) >= mp.mpf(2) ** -1022 else math.ldexp(int(mp.nint(exact * mp.mpf(2) ** 1074)), -1074)


def power_row(t, e):
    exact = mp.mpf(t) ** mp.mpf(e)
    hi = nearest(exact)
    exponent = max(math.frexp(hi)[1] - 53, -1074) if hi else -1074
    return [t, e, hi, round(float((exact - mp.mpf(hi)) * mp.mpf(2) ** -exponent), 4)]


powers = [power_row(t, e) for t, e in power_arguments()]
tables = {"powers": [r for r in powers if math.isfinite(r[2])]}
print("{\n" + ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]" for name, rows in tables.items()) + "\n}")
