"""Times steps of online training of a linear softmax model in PyTorch, float64, one thread, in CPU seconds per step; prints "ready" first.

Line "case JSON" sets {"x", "labels", "w": a batch and weights, "fixed", "fixedLabels": samples whose risk is looked at after "stepsPerEpoch" steps if "looks", "samples", "inputDim",
"classes", "stepSize"} and answers with the log risk of that batch and the length of its gradient; training starts from 0. Line "time STEPS" answers with the seconds.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def fresh():
    x = torch.randn(samples, input_dim, dtype=torch.float64)
    x = x * (math.sqrt(input_dim) / x.norm(dim=1, keepdim=True))
    return x, (x @ teacher.T).argmax(1)


def step():
    x, labels = fresh()
    optimizer.zero_grad()
    F.cross_entropy(F.linear(x, w), labels).backward()
    optimizer.step()


def look():
    """Risk of the fixed samples."""
    with torch.no_grad():
        return F.cross_entropy(F.linear(fixed, w), fixed_labels).item()


print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    word, rest = line.split(" ", 1)
    if word == "case":
        case = json.loads(rest)
        samples, input_dim = case["samples"], case["inputDim"]
        x, w, fixed = (torch.tensor(case[name], dtype=torch.float64).reshape(-1, input_dim) for name in ("x", "w", "fixed"))
        labels, fixed_labels = (torch.tensor(case[name], dtype=torch.int64) for name in ("labels", "fixedLabels"))
        w.requires_grad_()
        risk = F.cross_entropy(F.linear(x, w), labels, reduction="sum")
        risk.backward()
        print(json.dumps([risk.log().item(), (w.grad.norm() / risk).item()]), flush=True)
        with torch.no_grad():
            w.zero_()
        teacher = torch.randn(case["classes"], input_dim, dtype=torch.float64)
        optimizer = torch.optim.SGD([w], lr=case["stepSize"])
        epoch = case["stepsPerEpoch"] if case["looks"] else math.inf
        done = 0
    else:
        steps = int(rest)
        start = time.process_time()
        for _ in range(steps):
            step()
            done += 1
            if done % epoch == 0:
                look()
        print((time.process_time() - start) / steps, flush=True)
