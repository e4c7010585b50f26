"""Projections onto balls of sums and l2 combinations of lp norms over two blocks: writes combinedBall.json.

Needs mpmath (run with 1.2.1). 100 decimal digits, roots to 30 or more; the numbers written are the nearest doubles. A combination is "sum", "l2" of the norms lp(p)
of two blocks of 12 and 5 entries with weights; p = 1 and p = "inf" are l1 and linf. With the multiplier m,

    sum:  u_l = prox of m w_l ||.||_l at x_l, and sum w_l ||u_l||_l = radius
    l2:   u_l = the projection of x_l onto the ball of radius t_l, with ||x_l - u_l||_l* = m w_l^2 t_l, and sum (w_l t_l)^2 = radius^2

Every result has passed <x - u, u> = radius ||x - u||_* to 25 digits.

A case is [rule, p's, weights, vector, radius, result].
"""

import json
from mpmath import mp, mpf
from lpBall import log_parts, split

inf = mpf("inf")
digits = mpf(10) ** -30
tiny = mpf(10) ** -60  # lets log stand at a rest of 0

combinations = [
    ["sum", [1.001, 3.0], [1.0, 1.0]],
    ["sum", [10000.0, "inf"], [1e-3, 1.0]],
    ["sum", [1.0, 2.0], [2.0, 3.0]],
    ["l2", [1.01, 1000.0], [1.0, 1.0]],
    ["l2", ["inf", 1.0], [1e3, 1.0]],
    ["l2", [3.0, 2.0], [0.25, 4.0]],
]
vectors = {
    "scattered": [((7 * i) % 17) - 8.25 for i in range(17)],
    "graded": [(-1.0) ** i * 10.0**-i for i in range(17)],
}
lengths = [12, 5]


def norm(z, p):
    a = [abs(v) for v in z]
    top = max(a)
    if top == 0 or p == inf:
        return top
    return top * mp.fsum((v / top) ** p for v in a if v > 0) ** (1 / mpf(p))


def conjugate(p):
    return inf if p == 1 else mpf(1) if p == inf else mpf(p) / (mpf(p) - 1)


def clip_level(a, t):
    """tau with sum max(a - tau, 0) = t."""
    order = sorted(a, reverse=True)
    for k in range(1, len(order) + 1):
        tau = (mp.fsum(order[:k]) - t) / k
        if k == len(order) or order[k] <= tau:
            return max(tau, mpf(0))


def project(z, p, r):
    """(u, z - u) for the ball of radius r."""
    if norm(z, p) <= r:
        return z, [mpf(0)] * len(z)
    if r == 0:
        return [mpf(0)] * len(z), z
    a = [abs(v) for v in z]
    if p == inf:
        u = [min(v, r) for v in a]
    elif p == 1:
        tau = clip_level(a, r)
        u = [max(v - tau, mpf(0)) for v in a]
    elif p == 2:
        factor = r / norm(z, 2)
        u = [v * factor for v in a]
    else:
        us, ws = split(z, p, r, checked=False)
        return [mpf(v) for v in us], [mpf(v) for v in ws]
    u = [v if entry >= 0 else -v for v, entry in zip(u, z)]
    return u, [entry - v for v, entry in zip(u, z)]


def root(f, low, high):
    """Zero of a decreasing f by the Illinois method."""
    fl, fh = f(low), f(high)
    assert fl >= 0 >= fh, (fl, fh)
    side = 0
    for _ in range(400):
        if fl == 0:
            return low
        if fh == 0 or high - low <= digits * abs(high):
            return high
        x = (low * fh - high * fl) / (fh - fl)
        fx = f(x)
        if abs(fx) <= digits * mpf(10) ** -3 * scale:
            return x
        if fx > 0:
            low, fl = x, fx
            fh = fh / 2 if side == 1 else fh
            side = 1
        else:
            high, fh = x, fx
            fl = fl / 2 if side == -1 else fl
            side = -1
    raise ArithmeticError("no root")


scale = mpf(1)


def shrunk_by_square(z, p, c):
    """The norm t of the u that minimises 1/2 ||u - z||^2 + c/2 ||u||_p^2."""
    global scale
    if p == 2:
        return norm(z, 2) / (1 + c)
    scale = mpf(1)
    top = mp.log(norm(z, p))
    if p in (1, inf):
        q = conjugate(p)
        rest = lambda log_t: mp.log(norm(project(z, p, mp.exp(log_t))[1], q) + tiny) - mp.log(c) - log_t
    else:
        # u_i = t v_i, z_i - u_i = c t v_i^(p-1), sum v_i^p = 1
        logs = [mp.log(abs(v)) for v in z if v != 0]
        parts = lambda log_t: (log_parts(v, log_t, mp.log(c) + log_t, p) for v in logs)
        rest = lambda log_t: mp.log(mp.fsum(mp.exp(p * y) for y in parts(log_t)))
    return mp.exp(root(rest, top - 150, top))


def solve(rule, ps, weights, blocks, radius):
    global scale
    duals = [conjugate(p) for p in ps]
    if rule == "sum":
        parts = lambda m: [project(z, q, m * w)[1] for z, q, w in zip(blocks, duals, weights)]
        excess = lambda m: mp.fsum(w * norm(u, p) for u, p, w in zip(parts(m), ps, weights)) - radius
        scale = radius
        enough = max(norm(z, q) / w for z, q, w in zip(blocks, duals, weights))
        return parts(root(excess, mpf(0), enough))

    def lengths_at(m):
        return [shrunk_by_square(z, p, m * w * w) for z, p, w in zip(blocks, ps, weights)]

    def excess(log_m):
        global scale
        found = lengths_at(mp.exp(log_m))
        scale = mpf(1)
        return mp.log(mp.fsum((w * t) ** 2 for w, t in zip(weights, found))) / 2 - mp.log(radius)

    m = mp.exp(root(excess, mpf(-60), mpf(60)))
    return [project(z, p, t)[0] for z, p, t in zip(blocks, ps, lengths_at(m))]


def whole(rule, ps, weights, blocks):
    values = [w * norm(z, p) for z, p, w in zip(blocks, ps, weights)]
    return {"sum": mp.fsum(values), "max": max(values), "l2": mp.sqrt(mp.fsum(v * v for v in values))}[rule]


def main():
    cases = []
    for rule, names, weights in combinations:
        ps = [inf if p == "inf" else p for p in names]
        weights = [mpf(w) for w in weights]
        for name, x in vectors.items():
            z = [mpf(v) for v in x]
            blocks = [z[: lengths[0]], z[lengths[0] :]]
            for share in [1e-3, 0.5, 0.99]:
                radius = float(share * whole(rule, ps, weights, blocks))
                u = solve(rule, ps, weights, blocks, mpf(radius))
                rest = [[a - b for a, b in zip(zl, ul)] for zl, ul in zip(blocks, u)]
                dual = whole({"sum": "max", "l2": "l2"}[rule], [conjugate(p) for p in ps], [1 / w for w in weights], rest)
                inner = mp.fsum(mp.fdot(a, b) for a, b in zip(rest, u))
                gap = abs(inner / (dual * mpf(radius)) - 1)
                assert gap < mpf(10) ** -25, mp.nstr(gap)
                cases.append([rule, names, [float(w) for w in weights], name, radius, [float(v) for v in u[0] + u[1]]])
        print(rule, names, flush=True)
    text = ",\n".join(json.dumps(case) for case in cases)
    with open("combinedBall.json", "w") as file:
        file.write('{"vectors":' + json.dumps(vectors) + ',\n"cases":[\n' + text + "\n]}\n")


if __name__ == "__main__":
    main()
