import { type PythonSnippet, pythonSnippet } from "../pythonSnippet.js";
import { rankOne } from "./tensors.js";

export const l1Class: PythonSnippet = pythonSnippet(
  `
class L1:
    """Sum of the absolute entries. Steepest direction: along the largest entry of the gradient, the first of ties."""

    def __init__(self, shapes):
        pass

    def norm(self, x):
        return x.abs().sum().item()

    def dual(self, g):
        return g.abs().max().item()

    def lmo(self, g):
        out = torch.zeros_like(g)
        j = g.abs().argmax()
        out[j] = -torch.sign(g[j])
        return out

    def dual_of_samples(self, factors):
        return rank_one(factors, math.inf, math.inf).amax(0)
`,
  rankOne,
);

export const l2Class: PythonSnippet = pythonSnippet(
  `
class L2:
    """Euclidean norm."""

    def __init__(self, shapes):
        pass

    def norm(self, x):
        return torch.linalg.vector_norm(x).item()

    dual = norm

    def lmo(self, g):
        length = self.norm(g)
        return -g / length if length > 0 else torch.zeros_like(g)

    def dual_of_samples(self, factors):
        return torch.linalg.vector_norm(rank_one(factors, 2, 2), 2, 0)
`,
  rankOne,
);

export const linfClass: PythonSnippet = pythonSnippet(
  `
class Linf:
    """Largest absolute entry. Steepest direction: minus the signs of the gradient, 0 for 0."""

    def __init__(self, shapes):
        pass

    def norm(self, x):
        return x.abs().max().item()

    def dual(self, g):
        return g.abs().sum().item()

    def lmo(self, g):
        return -torch.sign(g)

    def dual_of_samples(self, factors):
        return rank_one(factors, 1, 1).sum(0)
`,
  rankOne,
);
