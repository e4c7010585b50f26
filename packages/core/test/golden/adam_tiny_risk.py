"""Adam in 60-digit arithmetic on given (log risk, ghat) sequences, gradient = e^logRisk ghat. Writes adam_tiny_risk.json. Needs mpmath."""
import json
import random

from mpmath import exp, mp, mpf, sqrt

mp.dps = 60
STEPS = 100


def adam(beta1, beta2, epsilon, log_risks, ghats, inside):
    b1, b2, eps = mpf(beta1), mpf(beta2), mpf(epsilon)
    count = len(ghats[0])
    m, v = [mpf(0)] * count, [mpf(0)] * count
    updates = []
    for t, (log_risk, ghat) in enumerate(zip(log_risks, ghats), start=1):
        scale = exp(mpf(log_risk))
        row = []
        for j in range(count):
            g = scale * mpf(ghat[j])
            m[j] = b1 * m[j] + (1 - b1) * g
            v[j] = b2 * v[j] + (1 - b2) * g * g
            numerator = m[j] / (1 - b1**t)
            corrected = v[j] / (1 - b2**t)
            denominator = sqrt(corrected + eps) if inside else sqrt(corrected) + eps
            row.append(float(-numerator / denominator) if numerator != 0 else 0.0)
        updates.append(row)
    return updates


def draw(rng, never, sometimes, positive):
    row = []
    for j in range(3):
        value = round(rng.uniform(0 if positive else -1, 1), 3) or 0.001
        row.append(0.0 if j in never or (j in sometimes and rng.random() < 0.3) else value)
    return row


def case(name, beta1, beta2, epsilon, log_risks, never=(), sometimes=(), positive=False, inside=False):
    rng = random.Random(name)
    ghats = [draw(rng, never, sometimes, positive) for _ in log_risks]
    log_risks = [round(z, 2) for z in log_risks]
    return {
        "name": name,
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "logRisk": log_risks,
        "ghat": ghats,
        "update": adam(beta1, beta2, epsilon, log_risks, ghats, inside),
        **({"epsilonPlacement": "inside"} if inside else {}),
    }


fall = [-151.5 * t for t in range(STEPS)]
rise = [-15000 + 159.0 * t for t in range(STEPS)]
slow = [-12 - 0.15 * t for t in range(STEPS)]
creep = [-14000 - 0.004 * t for t in range(STEPS)]
rng = random.Random(1)
wild = [rng.uniform(-3000, 900) for _ in range(STEPS)]
around = [rng.choice([-2000, -30, -18, -5, 3]) + rng.random() for _ in range(STEPS)]

cases = [
    case("the risk falls to e^-15000", 0.9, 0.999, 0.0, fall, sometimes=(2,)),
    case("the risk falls to e^-15000, epsilon 1e-8", 0.9, 0.999, 1e-8, fall),
    case("the risk grows from e^-15000 to e^741", 0.9, 0.99, 0.0, rise, never=(1,)),
    case("the risk grows from e^-15000 to e^741, epsilon 1e-8", 0.9, 0.99, 1e-8, rise),
    case("the gradient passes epsilon", 0.9, 0.999, 1e-8, slow, sometimes=(0,)),
    case("the risk falls more slowly than the memory forgets", 0.9, 0.99, 0.0, creep, sometimes=(1,)),
    case("the risk jumps", 0.9, 0.99, 0.0, wild),
    case("the risk jumps, epsilon 1e-8", 0.9, 0.99, 1e-8, around),
    case("the risk jumps, no memory", 0.0, 0.0, 0.0, wild, sometimes=(0,), never=(1,)),
    case("the risk jumps, no memory, epsilon 1e-8", 0.0, 0.0, 1e-8, around),
    case("first moment only", 0.9, 0.0, 0.0, slow, positive=True),
    case("the risk jumps, second moment only", 0.0, 0.99, 0.0, wild),
    case("inside: the risk falls to e^-15000, epsilon 1e-16", 0.9, 0.999, 1e-16, fall, inside=True),
    case("inside: the risk grows from e^-15000 to e^741, epsilon 1e-16", 0.9, 0.99, 1e-16, rise, never=(1,), inside=True),
    case("inside: the gradient passes epsilon", 0.9, 0.999, 1e-16, slow, sometimes=(0,), inside=True),
    case("inside: epsilon of the order of the moments", 0.9, 0.99, 0.1, [-0.05 * t for t in range(STEPS)], inside=True),
    case("inside: the risk jumps, no memory, epsilon 1e-16", 0.0, 0.0, 1e-16, around, inside=True),
    case("inside: the risk jumps, no epsilon", 0.9, 0.99, 0.0, wild, inside=True),
]

with open("adam_tiny_risk.json", "w") as out:
    out.write('{"schema": "adam_tiny_risk/1", "cases": [\n')
    out.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
    out.write("\n]}\n")
