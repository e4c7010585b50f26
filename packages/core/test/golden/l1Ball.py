"""Projections onto (weighted) l1 balls by rational arithmetic: writes l1Ball.json. Python's fractions only; the numbers written are the nearest doubles.

|u_i| = max(|x_i| - tau d_i, 0) with sum d_i |u_i| = radius. Every active set {i : |x_i| / d_i among the k largest} is tried; what is written has passed
sum d_i |u_i| = radius exactly, u_i > 0 for the active and |x_i| <= tau d_i for the others.

A case is [vector, diagonal or null, radius, result].
"""

import json
from fractions import Fraction

vectors = {
    "ties": [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 1.0],
    "nearTies": [1.0, 1 - 2.0**-53, -(1 - 1e-10), 0.999, -1.0, 0.5, 0.0],
    "wideRange": [1e150, -1e-150, 1.0, 3e149, -1e100, 9.9e149],
    "tiedByWeight": [0.1 * 10.0 ** (5 * i % 17 - 8) for i in range(17)],
    "long": [((37 * i) % 67 - 33) / 16 + 1e-13 * i for i in range(67)],
}


def project(x, d, radius):
    a, d, radius = [abs(Fraction(v)) for v in x], [Fraction(v) for v in d], Fraction(radius)
    order = sorted(range(len(a)), key=lambda i: -a[i] / d[i])
    weighted, squares = Fraction(0), Fraction(0)
    for k, i in enumerate(order):
        weighted += a[i] * d[i]
        squares += d[i] * d[i]
        tau = (weighted - radius) / squares
        last = k + 1 == len(order)
        if a[i] > tau * d[i] and (last or a[order[k + 1]] <= tau * d[order[k + 1]]):
            break
    u = [max(v - tau * w, Fraction(0)) for v, w in zip(a, d)]
    assert tau > 0 and sum(v * w for v, w in zip(u, d)) == radius
    return [float(v) if entry >= 0 else -float(v) for v, entry in zip(u, x)]


def main():
    cases = []
    for name, x in vectors.items():
        n = len(x)
        diagonals = [None, [10.0 ** (5 * i % 17 - 8) for i in range(n)], [10.0 ** (8 - 16 * i / max(n - 1, 1)) for i in range(n)], [1.0 + i % 3 for i in range(n)]]
        for d in diagonals:
            norm = sum(Fraction(abs(v)) * Fraction(w) for v, w in zip(x, d or [1.0] * n))
            for share in [1e-12, 1e-6, 1e-3, 0.5, 0.99]:
                radius = float(Fraction(share) * norm)
                cases.append([name, d, radius, project(x, d or [1.0] * n, radius)])
    text = ",\n".join(json.dumps(case) for case in cases)
    with open("l1Ball.json", "w") as file:
        file.write('{"vectors":' + json.dumps(vectors) + ',\n"cases":[\n' + text + "\n]}\n")


if __name__ == "__main__":
    main()
