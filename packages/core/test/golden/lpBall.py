"""Projections onto lp balls and proximal points of lp norms: writes lpBall.json.

Needs mpmath (run with 1.2.1). 100 decimal digits throughout; the numbers written are the nearest doubles. p, the entries and the sizes are taken as the
doubles that stand in the file.

The projection u of x onto {||u||_p <= r}, r < ||x||_p, and w = x - u, the proximal point of r ||.||_q with 1/p + 1/q = 1:

    |u_i| = r v_i,  |w_i| = m v_i^(p-1),  r v_i + m v_i^(p-1) = |x_i|,  sum v_i^p = 1

m is found by Newton's method in log m, safeguarded by bisection; every v_i by Newton's method in log v_i. What is written has passed the optimality
conditions to 60 digits: u + w = x entry by entry, ||u||_p = r, ||w||_q = m and <w, u> = m r (so that w is m times a subgradient at u).

A case is [vector, p, what, size, result]: `what` is "project" (size is the radius) or "prox" (size is t in prox of t ||.||_p).
"""

import json
from mpmath import mp, mpf

mp.dps = 100

exponents = [1.00001, 1.0001, 1.001, 1.01, 1.1, 1.25, 1.5, 2.0, 3.0, 10.0, 100.0, 1000.0, 1e4, 1e6, 1e8]
shares = [1e-12, 1e-6, 1e-3, 0.5, 0.99]

vectors = {
    "ties": [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 1.0],
    "mixed": [3.0, -1.0, 0.5, 0.2, 0.0],
    "nearTies": [1.0, 1 - 2.0**-53, -(1 - 1e-10), 0.999, -1.0, 0.5],
    "wideRange": [1e150, -1e-150, 1.0, 3e149, -1e100, 9.9e149],
    "tiny": [3e-150, -1e-160, 2.5e-150, 0.0],
    "single": [0.0, -7.25, 0.0],
    "graded": [(-1.0) ** k * 10.0**-k for k in range(17)],
    "long": [((37 * i) % 67 - 33) / 16 for i in range(67)],
}


def log_parts(log_a, log_r, log_m, p):
    """log v with r v + m v^(p-1) = a: Newton on the convex log(r v + m v^(p-1)) - log a, from the right."""
    y = min(log_a - log_r, (log_a - log_m) / (p - 1))
    for _ in range(500):
        one, other = log_r + y, log_m + (p - 1) * y
        top = max(one, other)
        e1, e2 = mp.exp(one - top), mp.exp(other - top)
        step = (top + mp.log(e1 + e2) - log_a) / ((e1 + (p - 1) * e2) / (e1 + e2))
        y -= step
        if abs(step) <= mpf(10) ** -84:
            return y
    raise ArithmeticError("no root")


def split(x, p, r, checked=True):
    """(u, w) for the exponent p and radius r, as lists of mpf."""
    p, r = mpf(p), mpf(r)
    a = [abs(mpf(v)) for v in x]
    logs = [mp.log(v) for v in a if v > 0]
    q = p / (p - 1)
    norm = lambda z, e: max(z) * mp.fsum((v / max(z)) ** e for v in z if v > 0) ** (1 / e)
    if norm(a, p) <= r:
        return [mpf(v) for v in x], [mpf(0)] * len(x)
    log_r, log_m = mp.log(r), mp.log(norm(a, q))
    low, high = None, log_m
    for _ in range(400):
        ys = [log_parts(v, log_r, log_m, p) for v in logs]
        total = mp.fsum(mp.exp(p * y) for y in ys)
        f = mp.log(total)
        if abs(f) <= mpf(10) ** -70:
            break
        low, high = (log_m, high) if f > 0 else (low, log_m)
        slope = mpf(0)
        for y in ys:
            s = 1 / (1 + mp.exp(log_m - log_r + (p - 2) * y))
            slope -= mp.exp(p * y) / total * p * (1 - s) / (s + (p - 1) * (1 - s))
        step = log_m - f / slope
        if low is None:
            log_m = min(step, log_m - 1) if step < log_m else log_m - 1
        elif low < step < high:
            log_m = step
        else:
            log_m = (low + high) / 2
    m = mp.exp(log_m)
    values = iter(ys)
    us, ws = [], []
    for v, entry in zip(a, x):
        y = next(values) if v > 0 else mp.ninf
        sign = -1 if entry < 0 else 1
        us.append(sign * r * mp.exp(y))
        ws.append(sign * m * mp.exp((p - 1) * y))
    if not checked:
        return us, ws
    tolerance = mpf(10) ** -60
    for v, u, w in zip(x, us, ws):
        assert abs(u + w - mpf(v)) <= tolerance * abs(mpf(v)), "u + w = x"
    assert abs(norm([abs(u) for u in us], p) / r - 1) <= tolerance, "norm of the projection"
    assert abs(norm([abs(w) for w in ws], q) / m - 1) <= tolerance * q, "dual norm of the rest"
    assert abs(mp.fdot(us, ws) / (m * r) - 1) <= tolerance * q, "alignment"
    return us, ws


def nearest(values):
    return [float(v) for v in values]


def main():
    cases = []
    for name, x in vectors.items():
        for p in exponents:
            a = [abs(mpf(v)) for v in x]
            q = mpf(p) / (mpf(p) - 1)
            norm = lambda e: max(a) * mp.fsum((v / max(a)) ** e for v in a if v > 0) ** (1 / e)
            for share in shares if name != "long" else [1e-12, 1e-3, 0.5, 0.99]:
                radius = float(share * norm(mpf(p)))
                cases.append([name, p, "project", radius, nearest(split(x, p, radius)[0])])
            for share in [1e-6, 0.5, 0.99] if name != "long" else [0.5, 0.99]:
                t = float(share * norm(q))
                # the exponent of the dual ball is q itself, not its nearest double
                cases.append([name, p, "prox", t, nearest(split(x, q, t)[1])])
        print(name, len(cases), flush=True)
    # the values that a user found wrong
    x = vectors["ties"]
    radius = float(norm_of(x, 10000.0) / 2)
    cases.append(["ties", 10000.0, "project", radius, nearest(split(x, 10000.0, radius)[0])])
    x = vectors["mixed"]
    p = mpf(1.001)
    cases.append(["mixed", 1.001, "prox", 0.3, nearest(split(x, p / (p - 1), 0.3)[1])])
    text = ",\n".join(json.dumps(case) for case in cases)
    with open("lpBall.json", "w") as file:
        file.write('{"vectors":' + json.dumps(vectors) + ',\n"cases":[\n' + text + "\n]}\n")


def norm_of(x, p):
    a = [abs(mpf(v)) for v in x]
    return max(a) * mp.fsum((v / max(a)) ** mpf(p) for v in a if v > 0) ** (1 / mpf(p))


if __name__ == "__main__":
    main()
