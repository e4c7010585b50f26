"""Writes hyperbolic.json: asinh and sinh from 50-digit arithmetic (mpmath).

Row: [argument, value rounded to nearest double, remainder in ULPs of that double (exact = value + remainder ULP)].
Usage: python3 hyperbolic.py > hyperbolic.json
"""

import json
import math
import random
import struct

import mpmath as mp

mp.mp.dps = 50
random.seed(20260301)
uniform = random.uniform


def around(x, steps=3):
    """x and its neighbours."""
    word = struct.unpack("<q", struct.pack("<d", x))[0]
    return [struct.unpack("<d", struct.pack("<q", word + i))[0] for i in range(-steps, steps + 1)]


def signed_powers(low, high, count):
    return [random.choice([-1, 1]) * 10 ** uniform(low, high) for _ in range(count)]


def each(count, low, high):
    return [uniform(low, high) for _ in range(count)]


def asinh_arguments():
    for x in [2.0**-28, 1.0, 2.0, 2.0**28, 0.5, 1e154, 1.3407807929942597e154]:
        yield from around(x)
    yield from [5e-324, -5e-324, 1e-310, 1.7976931348623157e308]
    yield from each(200, -2, 2) + each(100, 0, 0.3) + each(120, 2, 100) + signed_powers(-12, 300, 200)


def sinh_arguments():
    for x in [1.0, 22.0, 709.0, 709.782712893384, 2.0**-28]:
        yield from around(x)
    yield from around(710.4758600739439, 2)[:3]
    yield from [5e-324, -5e-324, 1e-310]
    yield from each(200, -1, 1) + each(150, -22, 22) + each(80, 22, 709) + each(80, 709, 710.47) + signed_powers(-15, 0, 100)


def row(x, exact):
    hi = float(exact) if abs(exact) >= mp.mpf(2) ** -1022 else math.ldexp(int(mp.nint(exact * mp.mpf(2) ** 1074)), -1074)
    exponent = max(math.frexp(hi)[1] - 53, -1074) if hi else -1074
    return [x, hi, round(float((exact - mp.mpf(hi)) * mp.mpf(2) ** -exponent), 4)]


tables = []
for name, arguments, function in [("asinh", asinh_arguments, mp.asinh), ("sinh", sinh_arguments, mp.sinh)]:
    rows = [row(x, function(mp.mpf(x))) for x in arguments()]
    tables.append(f'"{name}": [\n' + ",\n".join(json.dumps(r) for r in rows if math.isfinite(r[1])) + "\n]")
print("{\n" + ",\n".join(tables) + "\n}")
