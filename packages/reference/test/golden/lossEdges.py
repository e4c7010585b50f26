"""Writes lossEdges.json: log risk and weights at margins where the formulas of the losses change branch, from 50-digit arithmetic (mpmath).

Usage: python3 lossEdges.py > lossEdges.json
"""

import json

import mpmath as mp

mp.mp.dps = 1000  # log(1 + e^-q) needs q / ln 10 digits beyond 50; larger margins use the leading term
margin_sets = {
    "around37": [36.0, 36.9, 37.0, 37.1, 38.0, 40.0],
    "aroundMinus37": [-36.0, -36.9, -37.0, -37.1, -38.0, 5.0],
    "aroundOne": [0.9, 1.0, 1.1, 0.0, -1.0, 1e-9],
    "past745": [746.0, 750.5, 800.25, 1200.0],
    "far": [1e5, 1e5 + 0.5, 1e5 + 3.0, 2e5],
    "million": [1e6, 1e6 + 1.0, 1e6 + 20.0, 1e6 + 0.25],
    "wrong": [-1e5, -1e5 + 1.0, 3.0, 700.0],
    "mixed": [-3.25, 0.5, 12.0, 60.0, 500.0],
}


def log_exponential(q):
    return -q


def log_logistic(q):
    if q > 2000:
        return -q  # the next term, -e^-q / 2, is below 1e-800
    return mp.log(mp.log1p(mp.exp(-q)))


def case(name, loss, margins):
    q = [mp.mpf(m) for m in margins]
    logs = [(log_exponential if loss == "exp" else log_logistic)(m) for m in q]
    largest = max(logs)
    log_risk = largest + mp.log(mp.fsum(mp.exp(v - largest) for v in logs))
    slopes = [-m if loss == "exp" else -(m + mp.log1p(mp.exp(-m)) if m > 0 else mp.log1p(mp.exp(m))) for m in q]
    weights = [float(mp.exp(s - log_risk)) for s in slopes]
    return {"name": f"{name}_{loss}", "loss": loss, "margins": margins, "log_loss": float(log_risk), "q": weights}


cases = [case(name, loss, margins) for loss in ["exp", "logistic"] for name, margins in margin_sets.items()]
print('{"cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}")
