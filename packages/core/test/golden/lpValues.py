"""Values, dual values and steepest directions of lp norms next to their limits: writes lpValues.json.

Needs mpmath (run with 1.2.1). 100 decimal digits; the numbers written are the nearest doubles. p and the entries are taken as the doubles that stand in
the file, q = p / (p - 1) is exact:

    ||g||_p = (sum |g_i|^p)^(1/p)      ||g||_* = ||g||_q      lmo(g)_i = -sign(g_i) (|g_i| / ||g||_q)^(q-1)

A case is [vector, p, ||g||_p, ||g||_q, lmo(g)].
"""

import json
from mpmath import mp, mpf

mp.dps = 100

exponents = [1 + 2.0**-40, 1.00001, 1.001, 1.01, 1.1, 1.5, 2.0, 3.0, 10.0, 1000.0, 1e6, 1e8, 2.0**40]

vectors = {
    "ties": [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 1.0],
    "mixed": [3.0, -1.0, 0.5, 0.2, 0.0],
    "nearTies": [1.0, 1 - 2.0**-53, -(1 - 1e-10), 0.999, -1.0, 0.5],
    "nearlyEqual": [1 - k * 1e-6 for k in range(9)],
    "wideRange": [1e150, -1e-150, 1.0, 3e149, -1e100, 9.9e149],
    "tiny": [3e-150, -1e-160, 2.5e-150, 0.0, 1e-300],
    "subnormal": [3e-310, -1e-320, 2.5e-310],
    "huge": [6e307, -5e307, 3e200],
    "single": [0.0, -7.25, 0.0],
    "long": [((37 * i) % 67 - 33) / 16 for i in range(67)],
}


def main():
    cases = []
    for name, g in vectors.items():
        a = [abs(mpf(v)) for v in g]
        norm = lambda e: max(a) * mp.fsum((v / max(a)) ** e for v in a if v > 0) ** (1 / e)
        for p in exponents:
            q = mpf(p) / (mpf(p) - 1)
            dual = norm(q)
            lmo = [(-1 if v > 0 else 1) * (abs(mpf(v)) / dual) ** (q - 1) if v != 0 else mpf(0) for v in g]
            assert abs(mp.fsum(abs(v) ** mpf(p) for v in lmo) - 1) < mpf(10) ** -60 * p
            cases.append([name, p, float(norm(mpf(p))), float(dual), [float(v) for v in lmo]])
    text = ",\n".join(json.dumps(case) for case in cases)
    with open("lpValues.json", "w") as file:
        file.write('{"vectors":' + json.dumps(vectors) + ',\n"cases":[\n' + text + "\n]}\n")


if __name__ == "__main__":
    main()
