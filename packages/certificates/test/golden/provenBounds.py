"""References of the bounds in 50 digits: python3 provenBounds.py > provenBounds.json (needs mpmath).

Case c: rows Z (K x p), theta and lambda from a generator of integers that the test has too; value = [high, low] with high + low the reference in twice
the precision of f64. `above`: ||sum lambda_k Z_k||_* / sum lambda_k. `below`: max(min_k <Z_k, theta>, 0) / ||theta||.
"""
import json
from mpmath import mp, mpf, matrix, svd_r, sqrt

mp.dps = 50
STATE = [0]

def integer():
    STATE[0] = (STATE[0] * 1103515245 + 12345) % 2147483648
    return STATE[0]

def entry():
    return mpf(integer() // 2048 - 524288) / 524288  # 20 bits in [-1, 1)

def singular(x, rows, columns):
    a = matrix(rows, columns)
    for r in range(rows):
        for c in range(columns):
            a[r, c] = x[r * columns + c]
    return [abs(s) for s in (svd_r(a, compute_uv=False) if rows >= columns else svd_r(a.T, compute_uv=False))]

def rows_of(x, rows, columns): return [sqrt(sum(v * v for v in x[r * columns:(r + 1) * columns])) for r in range(rows)]
def columns_of(x, rows, columns): return [sqrt(sum(x[r * columns + c] ** 2 for r in range(rows))) for c in range(columns)]

def lp(p): return lambda x, r, c: sum(abs(v) ** p for v in x) ** (1 / p)

BASE = {
    "l1": lambda x, r, c: sum(abs(v) for v in x),
    "l2": lambda x, r, c: sqrt(sum(v * v for v in x)),
    "linf": lambda x, r, c: max(abs(v) for v in x),
    "spectral": lambda x, r, c: max(singular(x, r, c)),
    "nuclear": lambda x, r, c: sum(singular(x, r, c)),
    "rowMax": lambda x, r, c: max(rows_of(x, r, c)),
    "rowSum": lambda x, r, c: sum(rows_of(x, r, c)),
    "colMax": lambda x, r, c: max(columns_of(x, r, c)),
    "colSum": lambda x, r, c: sum(columns_of(x, r, c)),
    "lp(3)": lp(mpf(3)),
    "lp(1.5)": lp(mpf(1.5)),
    "lp(7.25)": lp(mpf(7.25)),
}
DUAL = {"l1": "linf", "linf": "l1", "l2": "l2", "spectral": "nuclear", "nuclear": "spectral", "rowMax": "rowSum", "rowSum": "rowMax",
        "colMax": "colSum", "colSum": "colMax", "lp(3)": "lp(1.5)", "lp(1.5)": "lp(3)"}
DUAL_OF_725 = lp(mpf(7.25) / (mpf(7.25) - 1))

def norm(name): return BASE[name]
def dual(name): return DUAL_OF_725 if name == "lp(7.25)" else BASE[DUAL[name]]

# two blocks: the first rows x columns, the second 1 x 3
COMBINED = {
    "max(spectral,linf)": ("max", [("spectral", 1), ("linf", 1)]),
    "sum(nuclear,0.5*l1)": ("sum", [("nuclear", 1), ("l1", mpf(0.5))]),
    "l2(0.75*lp(3),rowMax)": ("l2", [("lp(3)", mpf(0.75)), ("rowMax", 1)]),
    "max(3*l2,0.125*l1)": ("max", [("l2", 3), ("l1", mpf(0.125))]),
}
JOIN = {"max": max, "sum": sum, "l2": lambda values: sqrt(sum(v * v for v in values))}
DUAL_RULE = {"max": "sum", "sum": "max", "l2": "l2"}

def value(name, x, r, c, dualised):
    if name in BASE:
        return (dual(name) if dualised else norm(name))(x, r, c)
    rule, parts = COMBINED[name]
    cut = r * c
    pieces = [(x[:cut], r, c), (x[cut:], 1, 3)]
    values = [((dual(n)(*piece) / w) if dualised else norm(n)(*piece) * w) for (n, w), piece in zip(parts, pieces)]
    return JOIN[DUAL_RULE[rule] if dualised else rule](values)

def doubled(v):
    high = float(v)
    return [high, float(v - mpf(high))]

cases = []
names = list(BASE) + list(COMBINED)
for c in range(1024):
    STATE[0] = c * 7919 + 1
    name = names[c % len(names)]
    for _ in range(3): integer()
    count, rows, columns = 1 + integer() // 65536 % 6, 1 + integer() // 65536 % 4, 1 + integer() // 65536 % 5
    size = rows * columns + (0 if name in BASE else 3)
    kind = c // len(names) % 4  # 0 plain, 1 tiny, 2 huge, 3 rows that nearly cancel
    scale = mpf(2) ** {0: 0, 1: -480, 2: 480, 3: 0}[kind]
    z = [[entry() * scale for _ in range(size)] for _ in range(count)]
    theta = [entry() for _ in range(size)]
    weights = [mpf(1 + integer() // 2048) / 1048576 for _ in range(count)]
    if kind == 3 and count > 1:
        z[1] = [-v + mpf(integer() // 2048 - 524288) / 2 ** 50 for v in z[0]]
        weights = [mpf(1) / 2, mpf(1) / 2] + [mpf(0)] * (count - 2)
    combined = [sum(w * row[j] for w, row in zip(weights, z)) for j in range(size)]
    above = value(name, combined, rows, columns, True) / sum(weights)
    least = min(sum(a * b for a, b in zip(row, theta)) for row in z)
    below = max(least, mpf(0)) / value(name, theta, rows, columns, False)
    cases.append({"norm": name, "above": doubled(above), "below": doubled(below)})
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
print("[\n" + lines + "\n]")
