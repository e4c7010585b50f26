"""A ReLU network without biases as PyTorch differentiates it, in float64, under the laws of homogeneous networks:

    steepest check --subject "exec:python3 torch_network.py 4 5 3 1"

Replace `scores` to put your own architecture under the laws.
"""

import sys

import torch
from steepest_subject import serve

SAMPLES = 6


def main():
    widths = [int(width) for width in sys.argv[1:]]
    if len(widths) < 2 or widths[-1] != 1:
        sys.exit("usage: torch_network.py INPUTS [HIDDEN...] 1")
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    inputs = torch.randn(SAMPLES, widths[0], generator=torch.Generator().manual_seed(1))
    shapes = list(zip(widths[1:], widths[:-1]))
    lengths = [rows * columns for rows, columns in shapes]

    def scores(theta):
        z = inputs
        layers = [part.view(shape) for part, shape in zip(theta.split(lengths), shapes)]
        for layer in layers[:-1]:
            z = torch.relu(z @ layer.T)
        return (z @ layers[-1].T)[:, 0]

    def gradient(theta, coefficients):
        theta = torch.tensor(theta, requires_grad=True)
        scores(theta).backward(torch.tensor(coefficients))
        return theta.grad

    blocks = [{"offset": sum(lengths[:l]), "length": length, "degree": 1} for l, length in enumerate(lengths)]
    hello = {"family": "networks", "degree": len(lengths), "blocks": blocks}
    serve(hello, {"scores": lambda theta: scores(torch.tensor(theta)), "gradient": gradient})


main()
