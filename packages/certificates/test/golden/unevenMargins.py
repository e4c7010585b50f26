"""References of largest margins: python3 unevenMargins.py > unevenMargins.json (needs mpmath).

Case c: rows Z (K x p) of a kind, from a generator of integers that the test has too. `margin` = max {min_k <Z_k, theta> : ||theta|| <= 1}, the lower end of a
bracket of relative width 1e-20 by the ellipsoid method: the best margin of its centres, and the most that any point of the last ellipsoid can have.
"""
import json
from mpmath import mp, mpf, matrix, sqrt, svd_r

mp.dps = 160  # the ellipsoids are as flat as 1e-60
STATE = [0]

def integer():
    STATE[0] = (STATE[0] * 1103515245 + 12345) % 2147483648
    return STATE[0]

def entry(bits): return integer() // 2 ** (31 - bits) - 2 ** (bits - 1)  # in [-2^(bits-1), 2^(bits-1))
def small(most): return 1 + integer() // 65536 % most
def exponent(span): return integer() // 65536 % (2 * span + 1) - span

def sign(v): return (v > 0) - (v < 0)

# value and subgradient of a norm at x, a matrix of r rows and c columns row by row
def l1(x, r, c): return sum(abs(v) for v in x), [mpf(sign(v)) for v in x]
def linf(x, r, c):
    j = max(range(len(x)), key=lambda i: abs(x[i]))
    return abs(x[j]), [mpf(sign(v)) if i == j else mpf(0) for i, v in enumerate(x)]
def l2(x, r, c):
    n = sqrt(sum(v * v for v in x))
    return n, [v / n for v in x]
def lp(p):
    def both(x, r, c):
        n = sum(abs(v) ** p for v in x) ** (1 / p)
        return n, [sign(v) * (abs(v) / n) ** (p - 1) for v in x]
    return both
def singular(join):
    def both(x, r, c):
        u, s, v = svd_r(matrix([[x[i * c + j] for j in range(c)] for i in range(r)]))
        value, weights = join([s[i] for i in range(len(s))])
        return value, [sum(u[i, k] * weights[k] * v[k, j] for k in range(len(s))) for i in range(r) for j in range(c)]
    return both
def groups(which, join):
    def both(x, r, c):
        parts = which(r, c)
        sizes = [sqrt(sum(x[i] ** 2 for i in part)) for part in parts]
        value, weights = join(sizes)
        out = [mpf(0)] * len(x)
        for part, size, weight in zip(parts, sizes, weights):
            for i in part: out[i] = weight * x[i] / size if size else mpf(0)
        return value, out
    return both
def rows(r, c): return [[i * c + j for j in range(c)] for i in range(r)]
def columns(r, c): return [[i * c + j for i in range(r)] for j in range(c)]
# value and derivatives of joined sizes, none negative
def largest(v):
    j = max(range(len(v)), key=lambda i: v[i])
    return v[j], [mpf(int(i == j)) for i in range(len(v))]
def total(v): return sum(v), [mpf(1)] * len(v)
def root(v):
    n = sqrt(sum(a * a for a in v))
    return n, [a / n for a in v]

BASE = {"l1": l1, "l2": l2, "linf": linf, "lp(3)": lp(mpf(3)), "lp(1.5)": lp(mpf(1.5)), "lp(7.25)": lp(mpf(7.25)), "spectral": singular(largest),
        "nuclear": singular(total), "rowMax": groups(rows, largest), "rowSum": groups(rows, total), "colMax": groups(columns, largest),
        "colSum": groups(columns, total)}
# two blocks: the first rows x columns, the second 1 x 2
COMBINED = {
    "max(spectral,linf)": (largest, [("spectral", 1), ("linf", 1)]),
    "sum(nuclear,0.5*l1)": (total, [("nuclear", 1), ("l1", mpf(0.5))]),
    "l2(0.75*lp(3),rowMax)": (root, [("lp(3)", mpf(0.75)), ("rowMax", 1)]),
    "max(3*l2,0.125*l1)": (largest, [("l2", 3), ("l1", mpf(0.125))]),
}

def norm_at(name, x, r, c):
    if name in BASE: return BASE[name](x, r, c)
    join, parts = COMBINED[name]
    pieces = [(x[:r * c], r, c), (x[r * c:], 1, 2)]
    both = [(w, *BASE[n](*piece)) for (n, w), piece in zip(parts, pieces)]
    value, weights = join([w * n for w, n, _ in both])
    return value, [weight * w * v for weight, (w, _, slopes) in zip(weights, both) for v in slopes]

KINDS = ["columns 10", "columns 17", "columns 27", "rows 27", "both 17", "tiny 20", "tiny 30", "tiny 40"]  # powers of two

def case(kind, size):
    name, power = kind.split()
    power, count = int(power), size + small(4) + (2 * size if name == "tiny" else 0)
    if name == "tiny":  # entry 0 decides, 2^-power of the others; then all are mixed by integers
        z = [[mpf(128 + entry(8) // 2) / 2 ** (power + 7)] + [mpf(entry(8)) / 128 for _ in range(size - 1)] for _ in range(count)]
        a, b = [entry(2) for _ in range(size)], [entry(2) for _ in range(size)]
        z = [[row[0]] + [v + a[j + 1] * row[0] for j, v in enumerate(row[1:])] for row in z]
        return [[row[0] + sum(b[j + 1] * v for j, v in enumerate(row[1:]))] + row[1:] for row in z]
    teacher = [entry(12) for _ in range(size)]
    ofColumns = [exponent(power) if name != "rows" else 0 for _ in range(size)]
    z = []
    while len(z) < count:
        x = [entry(12) for _ in range(size)]
        product = sum(u * v for u, v in zip(x, teacher))
        if product == 0: continue
        shift = exponent(power) if name != "columns" else 0
        z.append([mpf(sign(product) * v) * mpf(2) ** (ofColumns[j] + shift - 11) for j, v in enumerate(x)])
    return z

def margin(name, z, r, c):
    size = len(z[0])
    x = [mpf(0)] * size
    x[0] = mpf(1) / 16
    shape = [[mpf(256) if i == j else mpf(0) for j in range(size)] for i in range(size)]  # {x : (x - x0)' shape^-1 (x - x0) <= 1}
    best, above = mpf(0), mpf("inf")
    for step in range(200000):
        value, slopes = norm_at(name, x, r, c)
        products = [sum(a * b for a, b in zip(row, x)) for row in z]
        k = min(range(len(z)), key=lambda i: products[i])
        if value > 0: best = max(best, products[k] / value)
        if value > 1: g, depth = slopes, value - 1  # <g, y - x> <= -depth for all y in the ball
        else: g, depth = [-v for v in z[k]], best - products[k]
        moved = [sum(a * b for a, b in zip(row, g)) for row in shape]
        length = sqrt(sum(a * b for a, b in zip(moved, g)))
        if value <= 1: above = min(above, products[k] + length)
        if above - best <= best * mpf(10) ** -20: return best
        t = depth / length
        if not t < 1: return best  # none is better
        n = size
        x = [v - (1 + n * t) / (n + 1) / length * m for v, m in zip(x, moved)]
        scale, share = mpf(n * n) / (n * n - 1) * (1 - t * t), 2 * (1 + n * t) / (n + 1) / (1 + t) / length ** 2
        shape = [[scale * (v - share * moved[i] * moved[j]) for j, v in enumerate(row)] for i, row in enumerate(shape)]
    raise RuntimeError((name, best, above))

def doubled(v):
    high = float(v)
    return [high, float(v - mpf(high))]

cases = []
names = list(BASE) + list(COMBINED)
for c in range(len(names) * len(KINDS) * 2):
    STATE[0] = c * 7919 + 1
    name, kind = names[c % len(names)], KINDS[c // len(names) % len(KINDS)]
    for _ in range(3): integer()
    width = 2 + small(2)
    r, n = (1, width) if names.index(name) < 6 else (2, 2)
    size = r * n + (0 if name in BASE else 2)
    cases.append({"norm": name, "kind": kind, "rows": r, "columns": n, "margin": doubled(margin(name, case(kind, size), r, n))})
print("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases) + "\n]")
