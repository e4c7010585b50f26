"""Writes scalar.json: arguments of the scalar functions with their values from 50-digit arithmetic (mpmath).

Row: [argument, value rounded to nearest double, remainder in ULPs of that double (exact = value + remainder ULP)].
Usage: python3 scalar.py > scalar.json
"""

import json
import math
import random
import struct

import mpmath as mp

mp.mp.dps = 50
random.seed(20260101)
uniform = random.uniform
LN2 = math.log(2)
SUBNORMAL = 5e-324


def bits(word):
    return struct.unpack("<d", struct.pack("<Q", word))[0]


def around(x, steps=3):
    """x and its neighbours."""
    word = struct.unpack("<q", struct.pack("<d", x))[0]
    return [struct.unpack("<d", struct.pack("<q", word + i))[0] for i in range(-steps, steps + 1)]


def signed_powers(low, high, count):
    return [random.choice([-1, 1]) * 10 ** uniform(low, high) for _ in range(count)]


def reduction_boundaries(low, high, count):
    """Arguments near (k + 1/2) ln 2, where the reduced argument is largest."""
    return [(random.randint(low, high) + 0.5) * LN2 * (1 + uniform(-1, 1) * 1e-6) for _ in range(count)]


def any_positive(count):
    return [bits(random.randint(1, 0x7FEFFFFFFFFFFFFF)) for _ in range(count)]


def each(count, low, high):
    return [uniform(low, high) for _ in range(count)]


def exp_arguments():
    yield from around(709.782712893384, 2)[:3]
    for x in [-745.1332191019411, -708.3964185322641, 0.5 * LN2, -0.5 * LN2, 1.0, -1.0]:
        yield from around(x)
    yield from [SUBNORMAL, -SUBNORMAL, 1e-300, 2.0**-54, -(2.0**-54)]
    yield from each(120, -1, 1) + each(120, -745.13, -708) + each(120, -708, 709.7)
    yield from signed_powers(-20, 0, 60) + reduction_boundaries(-1074, 1023, 80)


def log_arguments():
    for x in [1.0, 0.5, 2.0, math.sqrt(2), math.sqrt(0.5), 2.2250738585072014e-308]:
        yield from around(x)
    yield from [SUBNORMAL, 2 * SUBNORMAL, 1.7976931348623157e308]
    yield from [bits(random.getrandbits(random.randint(1, 52))) or SUBNORMAL for _ in range(60)]
    yield from each(120, 0.5, 2) + each(60, 0.69, 0.72) + each(60, 1.38, 1.45) + any_positive(120)
    yield from [1 + x for x in signed_powers(-15, -1, 60)]


def log1p_arguments():
    for x in [1.0, 2.0, 0.41, -0.29, -0.5, math.sqrt(2) - 1, math.sqrt(0.5) - 1, 2.0**-53, 2.0**53, 2.0**54]:
        yield from around(x)
    yield from [SUBNORMAL, -SUBNORMAL, 1e-310, -1e-310, -1 + 2.0**-53, -1 + 2.0**-40, 1.7976931348623157e308]
    yield from each(120, -1, 1) + each(80, -0.31, -0.26) + each(80, 0.38, 0.45) + each(60, 0, 30)
    yield from signed_powers(-20, 0, 80) + any_positive(60) + [-1 + 10 ** uniform(-16, -1) for _ in range(40)]


def expm1_arguments():
    yield from around(709.782712893384, 2)[:3]
    for x in [0.5 * LN2, -0.5 * LN2, 1.5 * LN2, -1.5 * LN2, -0.25, -38.0, 20 * LN2, 56 * LN2, 2.0**-54, 1.0]:
        yield from around(x)
    yield from [SUBNORMAL, -SUBNORMAL, 1e-310, -1e-310]
    yield from each(120, -1, 1) + each(80, -0.36, 0.36) + each(80, -40, 0) + each(80, 0, 60) + each(60, 0, 709.7)
    yield from signed_powers(-20, 0, 60) + reduction_boundaries(-54, 1023, 60)


def quantile_arguments():
    """Odd multiples of 2^-53, as the random numbers use them."""
    middles = [0, 1, 2**51 - 1, 2**51, 2**52 - 1, int(0.075 * 2**52), int(0.925 * 2**52), int(math.exp(-25) * 2**52)]
    middles += [random.getrandbits(52) for _ in range(200)] + [random.getrandbits(random.randint(1, 51)) for _ in range(100)]
    middles += [2**52 - 1 - random.getrandbits(random.randint(1, 40)) for _ in range(50)]
    middles += [2**51 + random.getrandbits(random.randint(1, 40)) for _ in range(50)]
    return [(2 * k + 1) * 2.0**-53 for k in middles]


def quantile(p):
    """The root of the normal distribution function, by Newton's method from a bracketed start."""
    tail = p if p < 0.5 else 1 - p
    x = mp.findroot(lambda z: mp.log(mp.erfc(z / mp.sqrt(2)) / 2) - mp.log(tail), float(mp.sqrt(-2 * mp.log(tail))) * 0.9)
    return x if p > 0.5 else -x


def row(x, exact):
    hi = float(exact) if abs(exact) >= mp.mpf(2) ** -1022 else math.ldexp(int(mp.nint(exact * mp.mpf(2) ** 1074)), -1074)
    exponent = max(math.frexp(hi)[1] - 53, -1074) if hi else -1074
    return [x, hi, round(float((exact - mp.mpf(hi)) * mp.mpf(2) ** -exponent), 4)]


functions = {
    "exp": (exp_arguments, mp.exp),
    "log": (log_arguments, mp.log),
    "log1p": (log1p_arguments, lambda x: mp.log1p(x)),
    "expm1": (expm1_arguments, lambda x: mp.expm1(x)),
    "normalQuantile": (quantile_arguments, quantile),
}

tables = []
for name, (arguments, function) in functions.items():
    rows = [row(x, function(mp.mpf(x))) for x in arguments()]
    tables.append(f'"{name}": [\n' + ",\n".join(json.dumps(r) for r in rows if math.isfinite(r[1])) + "\n]")
print("{\n" + ",\n".join(tables) + "\n}")
