"""Times numpy's thin SVD in CPU seconds per call; prints "ready" first.

Line "matrix ROWS COLUMNS BASE64" sets the matrix (little-endian doubles), line "time CALLS" answers with the seconds.
"""

import base64
import sys
import time

import numpy as np

print("ready", np.__version__, flush=True)
for line in sys.stdin:
    word, *rest = line.split()
    if word == "matrix":
        rows, columns, values = rest
        g = np.frombuffer(base64.b64decode(values), dtype="<f8").reshape(int(rows), int(columns))
        np.linalg.svd(g, full_matrices=False)
    else:
        calls = int(rest[0])
        start = time.process_time()
        for _ in range(calls):
            np.linalg.svd(g, full_matrices=False)
        print((time.process_time() - start) / calls, flush=True)
