"""Writes activations.json: activations and their derivatives from high-precision arithmetic (mpmath).

Row: [argument, value rounded to nearest double, remainder in ULPs of that double (exact = value + remainder ULP)].
ELU has alpha = 1.
Usage: python3 activations.py > activations.json
"""

import json
import math
import random
import struct
import sys

import mpmath as mp

mp.mp.dps = 60
random.seed(20260704)
uniform = random.uniform
one = mp.mpf(1)


def around(x, steps=1):
    """x and its neighbours."""
    word = struct.unpack("<q", struct.pack("<d", x))[0]
    return [struct.unpack("<d", struct.pack("<q", word + i))[0] for i in range(-steps, steps + 1)]


def each(count, low, high):
    return [uniform(low, high) for _ in range(count)]


def small(count):
    return [random.choice([-1, 1]) * 10 ** uniform(-20, 0) for _ in range(count)]


def sigmoid(z):
    return one / (1 + mp.exp(-z)) if z > -2000 else mp.exp(z)


def exact_power(z):
    """e^-|z|, with enough digits that 1 + e^-|z| is not 1 where it matters."""
    mp.mp.dps = 60 + min(int(abs(z)), 800)
    return mp.exp(-abs(z))


def softplus(z):
    return max(z, mp.mpf(0)) + mp.log1p(exact_power(z))


def normal(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def density(z):
    return mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)


def saturated(f, low, high):
    """f where it matters, its limits beyond."""
    return lambda z: f(z) if abs(z) < 2000 else (high(z) if z > 0 else low(z))


zero, identity, unit = (lambda z: mp.mpf(0)), (lambda z: z), (lambda z: one)
extremes = [5e-324, -5e-324, 1e-310, 1e8, -1e8, 1e308, -1.7976931348623157e308]
exponential = [*around(-37.0), *around(-700.0), *around(-708.4), *around(-745.13), -746.0, -751.5, -760.0, -790.5, 37.0, 40.5, 700.0, 701.0]
functions = {
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z)), zero, identity, [-1, 1, -5, 5, -40, 40, -760, 10], exponential),
    "softplus": (softplus, sigmoid, zero, identity, [-1, 1, -5, 5, -40, 40, -746, 10], exponential),
    "elu": (lambda z: z if z > 0 else mp.expm1(z), lambda z: one if z > 0 else mp.exp(z), lambda z: -one, identity, [-1, 1, -5, 0.1, -40, 0, -746, 0], exponential),
    "tanh": (mp.tanh, lambda z: mp.sech(z) ** 2, lambda z: -one, unit, [-1, 1, -3, 3, -20, 20, -373, 373, 354, 373], [*around(1.0), *around(2.0**-28), *around(22.0), *around(350.0), 372.9, 373.0]),
    "gelu": (lambda z: z * normal(z), lambda z: normal(z) + z * density(z), zero, identity, [-1.25, 1.25, -3, 3, -9, 9, -39, 0], [-1.220814830531455, -1.1549819787287794, -1.150236922716303, *around(1.25), *around(-1.25), *around(3.0), *around(-3.0), *around(-37.5), -38.4, -38.6, -39.5, *around(-40.0), *around(40.0)]),
}


def row(x, exact):
    hi = float(exact) if abs(exact) >= mp.mpf(2) ** -1022 else math.ldexp(int(mp.nint(exact * mp.mpf(2) ** 1074)), -1074)
    exponent = max(math.frexp(hi)[1] - 53, -1074) if hi else -1074
    return [x, hi, round(float((exact - mp.mpf(hi)) * mp.mpf(2) ** -exponent), 4)]


count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
tables = []
for name, (f, slope, low, high, ranges, special) in functions.items():
    arguments = [0.0, *extremes, *special, *small(count)]
    for start, end in zip(ranges[::2], ranges[1::2]):
        arguments += each(count, start, end)
    slope_low, slope_high = zero, zero if name == "tanh" else unit
    for table, function in [(name, saturated(f, low, high)), (f"{name}Slope", saturated(slope, slope_low, slope_high))]:
        rows = []
        for x in arguments:
            mp.mp.dps = 60
            exact = function(mp.mpf(x))
            mp.mp.dps = 60
            rows.append(row(x, exact))
        tables.append(f'"{table}": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]")
print("{\n" + ",\n".join(tables) + "\n}")
