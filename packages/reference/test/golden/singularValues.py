"""Writes singularValues.json: matrices with their singular values from multiple precision (mpmath), rounded to nearest double.

`relative` says what the kernel promises: each value to a few n eps of itself (scaled rows or columns of a matrix whose leading blocks, before scaling,
are well-conditioned), or of the largest.
The working precision covers the scales of the matrix: the squares of its singular values are found among the eigenvalues of a Gram matrix.
Usage: python3 singularValues.py > singularValues.json
"""

import json
import random

import mpmath as mp

random.seed(20260101)


def dense(rows, columns, entry):
    return [[float(entry(i, j)) for j in range(columns)] for i in range(rows)]


def normal(*_):
    return random.gauss(0, 1)


def graded(i, count, decades):
    return 10.0 ** (-decades * i / (count - 1))


def low_rank(rows, columns, rank):
    """Small integers, so that the rank is exact."""
    left = dense(rows, rank, lambda i, j: random.randint(-4, 4))
    right = dense(rank, columns, lambda i, j: random.randint(-4, 4))
    return [[sum(left[i][r] * right[r][j] for r in range(rank)) for j in range(columns)] for i in range(rows)]


CASES = [
    # name, matrix, relative, decimal digits beyond the 40 that count
    ("columns 1e300..1e-300, wide", dense(4, 9, lambda i, j: 1e300 * normal() * graded(j, 9, 600)), True, 1300),
    ("normal 7 x 5", dense(7, 5, normal), True, 10),
    ("normal 5 x 12", dense(5, 12, normal), True, 10),
    ("rows 1..1e-300", dense(7, 7, lambda i, j: normal() * graded(i, 7, 300)), True, 700),
    ("columns 1..1e-300", dense(7, 7, lambda i, j: normal() * graded(j, 7, 300)), True, 700),
    ("rows 1..1e-300, ascending, tall", dense(9, 4, lambda i, j: normal() * graded(8 - i, 9, 300)), True, 700),
    ("columns 1..1e-300, ascending, tall", dense(9, 4, lambda i, j: normal() * graded(3 - j, 4, 300)), True, 700),
    ("rows 1..1e-300, wide", dense(4, 9, lambda i, j: normal() * graded(i, 4, 300)), True, 700),
    ("rows and columns 1..1e-140", dense(6, 6, lambda i, j: normal() * graded(i, 6, 140) * graded(j, 6, 140)), True, 700),
    ("Hilbert 8 x 8", dense(8, 8, lambda i, j: 1 / (i + j + 1)), False, 40),
    ("Kahan 10 x 10", dense(10, 10, lambda i, j: 0 if j < i else 0.6**i * (1 if i == j else -0.8)), False, 40),
    ("rank 3 of 8 x 6", low_rank(8, 6, 3), False, 40),
    ("rows 1e-24..1", dense(7, 7, lambda i, j: normal() * graded(6 - i, 7, 24)), True, 60),
    ("columns 1e-24..1", dense(7, 7, lambda i, j: normal() * graded(6 - j, 7, 24)), True, 60),
    ("rows 1e-24..1, tall", dense(9, 4, lambda i, j: normal() * graded(8 - i, 9, 24)), True, 60),
    ("columns 1e-24..1, wide", dense(4, 9, lambda i, j: normal() * graded(8 - j, 9, 24)), True, 60),
    ("repeated values", [[3.0, 0, 0, 0], [0, 0, -3.0, 0], [0, 2.0, 0, 2.0], [0, 2.0, 0, -2.0]], True, 40),
]


def singular_values(matrix):
    g = mp.matrix(matrix)
    gram = g * g.T if g.rows <= g.cols else g.T * g
    squares = mp.eigsy(gram, eigvals_only=True)
    noise = max(squares) * mp.mpf(10) ** -mp.mp.dps * 1000  # of an exact zero
    return sorted((float(mp.sqrt(square)) if square > noise else 0.0 for square in squares), reverse=True)


def golden(name, matrix, relative, more_digits):
    mp.mp.dps = 2 * (40 + more_digits)
    return {"name": name, "relative": relative, "matrix": matrix, "sigma": singular_values(matrix)}


print(json.dumps({"cases": [golden(*case) for case in CASES]}))
