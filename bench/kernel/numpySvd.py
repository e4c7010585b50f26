"""Answers lines "rows columns calls" with the CPU seconds per call of numpy's thin SVD of a fixed normal matrix of that shape; prints "ready" first."""

import sys
import time

import numpy as np

print("ready", np.__version__, flush=True)
matrices = {}
for line in sys.stdin:
    rows, columns, calls = (int(word) for word in line.split())
    if (rows, columns) not in matrices:
        matrices[rows, columns] = np.random.default_rng(1).standard_normal((rows, columns))
        np.linalg.svd(matrices[rows, columns], full_matrices=False)
    start = time.process_time()
    for _ in range(calls):
        np.linalg.svd(matrices[rows, columns], full_matrices=False)
    print((time.process_time() - start) / calls, flush=True)
