"""Times HiGHS through scipy on the linear programme of the largest margin, in CPU seconds per solve; prints "ready" first.

Line "case JSON" sets {"values": signed samples row by row, "size": their length, "norm": "l1" or "linf"} and answers with the margin. Line "time CALLS"
answers with the seconds.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import linprog


def programme(z, norm):
    n, p = z.shape
    if norm == "linf":
        return np.c_[-z, np.ones(n)], np.zeros(n), [(-1, 1)] * p + [(None, None)]
    budget = np.r_[np.ones(2 * p), 0]
    return np.r_[np.c_[-z, z, np.ones(n)], [budget]], np.r_[np.zeros(n), 1], [(0, None)] * (2 * p) + [(None, None)]


def solve():
    a, b, bounds = programme(z, norm)
    cost = np.zeros(a.shape[1])
    cost[-1] = -1
    return -linprog(cost, a, b, bounds=bounds, method="highs").fun


print("ready", scipy.__version__, flush=True)
for line in sys.stdin:
    word, rest = line.split(" ", 1)
    if word == "case":
        case = json.loads(rest)
        z, norm = np.array(case["values"]).reshape(-1, case["size"]), case["norm"]
        print(json.dumps([solve()]), flush=True)
    else:
        calls = int(rest)
        start = time.process_time()
        for _ in range(calls):
            solve()
        print((time.process_time() - start) / calls, flush=True)
