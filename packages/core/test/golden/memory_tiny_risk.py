"""Every memory but Adam's in 60-digit arithmetic on given (log risk, ghat) sequences, gradient = e^logRisk ghat.

Writes memory_tiny_risk.json: update = e^logScale times what theta moves by at step size 1. Needs mpmath.
Shampoo drops the null directions of its sums, eigenvalues <= side 2^-52 times the largest, as the program documents; the gradients are drawn anew until
all other eigenvalues are far from that bound, so that binary64 can be accurate. The gradients of momentum keep their signs, so that nothing cancels.
"""
import itertools
import json
import random

from mpmath import diag, eigsy, exp, eye, log, matrix, mp, mpf, sqrt

mp.dps = 60
STEPS = 40


def momentum(options, grads):
    mu = mpf(options["momentum"])
    gain = 1 if options["accumulate"] == "sum" else 1 - mu
    b = [mpf(0)] * len(grads[0])
    for g in grads:
        b = [mu * x + gain * y for x, y in zip(b, g)]
        yield [-(mu * x + gain * y) if options["nesterov"] else -x for x, y in zip(b, g)]


def quotient(g, v, options):
    epsilon = mpf(options["epsilon"])
    below = sqrt(v + epsilon) if options.get("epsilonPlacement") == "inside" else sqrt(v) + epsilon
    return g / below if g != 0 else mpf(0)


def rms_prop(options, grads):
    alpha, mu = (mpf(options[name]) for name in ("decay", "momentum"))
    v, b = [mpf(0)] * len(grads[0]), [mpf(0)] * len(grads[0])
    for g in grads:
        v = [alpha * x + (1 - alpha) * y * y for x, y in zip(v, g)]
        b = [mu * x + quotient(y, w, options) for x, y, w in zip(b, g, v)]
        yield [-x for x in b]


def ada_grad(options, grads):
    v = [mpf(0)] * len(grads[0])
    for g in grads:
        v = [x + y * y for x, y in zip(v, g)]
        yield [-quotient(y, w, options) for y, w in zip(g, v)]


class IllConditioned(Exception):
    pass


def inverse_root(m, a, least):
    values, vectors = eigsy(m)
    top, side = max(values), m.rows
    powers = []
    for value in values:
        if top == 0 or value <= side * mpf(2) ** -52 * top:
            if value > mpf(10) ** -18 * top:
                raise IllConditioned
            powers.append(mpf(0))
        else:
            if value < least * top:
                raise IllConditioned
            powers.append(value**-a)
    return vectors * diag(powers) * vectors.T


BLOCKS = [(2, 3), (1, 2)]


def shampoo(options, grads):
    a = mpf(1) / (4 if options["exponent"] == "quarter" else 2)
    sequential = options["exponent"] == "sequentialHalf"
    epsilon = mpf(options["epsilon"])
    least = mpf("1e-3") if epsilon == 0 else mpf("1e-5")
    sums = [(epsilon * eye(rows), epsilon * eye(columns)) for rows, columns in options["blocks"]]
    for flat in grads:
        row, offset = [], 0
        for k, (rows, columns) in enumerate(options["blocks"]):
            g = matrix([flat[offset + i * columns : offset + (i + 1) * columns] for i in range(rows)])
            offset += rows * columns
            left = sums[k][0] + g * g.T
            half_way = inverse_root(left, a, least) * g
            summand = half_way if sequential else g
            sums[k] = (left, sums[k][1] + summand.T * summand)
            step = half_way * inverse_root(sums[k][1], a, least)
            row += [-step[i, j] for i in range(rows) for j in range(columns)]
        yield row


kinds = {"momentum": momentum, "rmsProp": rms_prop, "adaGrad": ada_grad, "shampoo": shampoo}


def draw(rng, count, never, sometimes, keep_signs):
    row = []
    for j in range(count):
        value = round(rng.uniform(-1, 1), 3) or 0.001
        value = (-1) ** j * abs(value) if keep_signs else value
        row.append(0.0 if j in never or (j in sometimes and rng.random() < 0.3) else value)
    return row


def case(name, kind, options, log_risks, never=(), sometimes=(), scaled=True):
    count = sum(rows * columns for rows, columns in options["blocks"]) if kind == "shampoo" else 3
    log_risks = [round(z, 2) for z in log_risks]
    for attempt in itertools.count():
        rng = random.Random(f"{name} {attempt}")
        ghats = [draw(rng, count, never, sometimes, kind == "momentum") for _ in log_risks]
        try:
            steps = list(kinds[kind](options, [[exp(mpf(z)) * mpf(x) for x in row] for z, row in zip(log_risks, ghats)]))
            break
        except IllConditioned:
            pass
    log_scales, updates = [], []
    for row in steps:
        largest = max(abs(x) for x in row)
        log_scales.append(float(round(-log(largest), 1)) if scaled and largest > 0 else 0.0)
        updates.append([float(x * exp(mpf(log_scales[-1]))) for x in row])
    return {"name": name, "kind": kind, "options": options, "logRisk": log_risks, "logScale": log_scales, "ghat": ghats, "update": updates}



fall = [-384.7 * t for t in range(STEPS)]  # to -15000
rise = [-15000 + 407.7 * t for t in range(STEPS)]  # to 900
slow = [-0.15 * t for t in range(STEPS)]
creep = [-14000 - 0.004 * t for t in range(STEPS)]
rng = random.Random(2)
wild = [rng.choice(range(-3000, 901, 300)) + 0.5 * rng.random() for _ in range(STEPS)]
sequences = {
    "the risk falls to e^-15000": fall,
    "the risk grows from e^-15000 to e^900": rise,
    "the risk falls as slowly as the memory": slow,
    "the risk creeps at e^-14000": creep,
    "the risk jumps": wild,
}


def cases():
    for accumulate in ("sum", "average"):
        for nesterov in (False, True):
            for name, sequence in sequences.items():
                options = {"momentum": 0.9, "accumulate": accumulate, "nesterov": nesterov}
                label = f"{'nesterov ' if nesterov else ''}momentum, {accumulate}: {name}"
                yield case(label, "momentum", options, sequence, sometimes=(1,), never=(2,) if sequence is rise else ())
    for mu in (0, 0.9):
        for epsilon in (0.0, 1e-8):
            for name, sequence in sequences.items():
                label = f"rmsProp, epsilon {epsilon}, momentum {mu}: {name}"
                options = {"decay": 0.99, "epsilon": epsilon, "momentum": mu}
                yield case(label, "rmsProp", options, sequence, sometimes=(1,) if sequence in (slow, creep) else (), never=(2,) if sequence is rise else (), scaled=False)
    for epsilon in (0.0, 1e-10):
        for name, sequence in sequences.items():
            yield case(f"adaGrad, epsilon {epsilon}: {name}", "adaGrad", {"epsilon": epsilon}, sequence, never=(2,) if sequence is rise else ())
    for name, sequence in sequences.items():
        sometimes, never = (1,) if sequence in (slow, creep) else (), (2,) if sequence is rise else ()
        options = {"decay": 0.99, "epsilon": 1e-16, "momentum": 0.9, "epsilonPlacement": "inside"}
        yield case(f"rmsProp, epsilon inside: {name}", "rmsProp", options, sequence, sometimes=sometimes, never=never, scaled=False)
        yield case(f"adaGrad, epsilon inside: {name}", "adaGrad", {"epsilon": 1e-20, "epsilonPlacement": "inside"}, sequence, never=never)
    for exponent in ("quarter", "half", "sequentialHalf"):
        for epsilon in (0.0, 1e-4):
            for name, sequence in sequences.items():
                options = {"exponent": exponent, "accumulate": True, "epsilon": epsilon, "blocks": BLOCKS}
                yield case(f"shampoo, {exponent}, epsilon {epsilon}: {name}", "shampoo", options, sequence)


with open("memory_tiny_risk.json", "w") as out:
    out.write('{"schema": "memory_tiny_risk/1", "cases": [\n')
    out.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases()))
    out.write("\n]}\n")
