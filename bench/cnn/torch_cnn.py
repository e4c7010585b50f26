"""Times steps of gradient descent on the small CNN in PyTorch, float64, one thread, in CPU seconds per step; prints "ready" first.

Line "case JSON" sets {"x": [...], "labels": [...], "w1": [...], "w2": [...], "w3": [...], "stepSize": number} and answers with the log risk and the lengths of the gradients of
the log risk; line "time STEPS" answers with the seconds.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def step():
    for w in weights:
        w.grad = None
    hidden = F.relu(F.conv2d(x, weights[0]))
    hidden = F.relu(F.conv2d(hidden, weights[1]))
    scores = F.linear(hidden.flatten(1), weights[2])[:, 0]
    risk = F.softplus(-labels * scores).sum()
    risk.backward()
    return risk


def descend():
    step()
    with torch.no_grad():
        for w in weights:
            w.sub_(w.grad, alpha=size)


print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    word, rest = line.split(" ", 1)
    if word == "case":
        case = json.loads(rest)
        size = case.pop("stepSize")
        case = {name: torch.tensor(values, dtype=torch.float64) for name, values in case.items()}
        x, labels = case["x"].reshape(-1, 1, 28, 28), case["labels"]
        shapes = [(8, 1, 5, 5), (16, 8, 5, 5), (1, 6400)]
        weights = [case[f"w{i + 1}"].reshape(shape).requires_grad_() for i, shape in enumerate(shapes)]
        risk = step()
        print(json.dumps([risk.log().item()] + [(w.grad.norm() / risk).item() for w in weights]), flush=True)
    else:
        steps = int(rest)
        start = time.process_time()
        for _ in range(steps):
            descend()
        print((time.process_time() - start) / steps, flush=True)
