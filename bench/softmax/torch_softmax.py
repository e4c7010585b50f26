"""Times steps of online training of a linear softmax model in PyTorch, float64, one thread, in CPU seconds per step; prints "ready" first.

Line "case JSON" sets {"x": [...], "teacher": [...], "w": [...], "samples": count, "inputDim": count, "classes": count, "stepSize": number} and answers with the log
risk of that batch and the length of its gradient; training starts from 0. Line "time STEPS" answers with the seconds.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def labelled(x):
    x = x * (math.sqrt(x.shape[1]) / x.norm(dim=1, keepdim=True))
    return x, (x @ teacher.T).argmax(1)


def step():
    x, labels = labelled(torch.randn(samples, input_dim, dtype=torch.float64))
    optimizer.zero_grad()
    F.cross_entropy(F.linear(x, w), labels).backward()
    optimizer.step()


print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    word, rest = line.split(" ", 1)
    if word == "case":
        case = json.loads(rest)
        samples, input_dim = case["samples"], case["inputDim"]
        teacher, w, x = (torch.tensor(case[name], dtype=torch.float64).reshape(-1, input_dim) for name in ("teacher", "w", "x"))
        w.requires_grad_()
        x, labels = labelled(x)
        risk = F.cross_entropy(F.linear(x, w), labels, reduction="sum")
        risk.backward()
        print(json.dumps([risk.log().item(), (w.grad.norm() / risk).item()]), flush=True)
        with torch.no_grad():
            w.zero_()
        optimizer = torch.optim.SGD([w], lr=case["stepSize"])
    else:
        steps = int(rest)
        start = time.process_time()
        for _ in range(steps):
            step()
        print((time.process_time() - start) / steps, flush=True)
