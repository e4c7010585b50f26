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

export const projectL1: PythonSnippet = pythonSnippet(`
def project_l1(x, radius):
    a = x.abs().sort(descending=True).values
    if a.sum() <= radius:
        return x
    shifts = (a.cumsum(0) - radius) / torch.arange(1, len(a) + 1)
    shift = shifts[(a > shifts).nonzero()[-1, 0]]
    return torch.sign(x) * (x.abs() - shift).clamp(min=0)
`);

export const projectL2: PythonSnippet = pythonSnippet(`
def project_l2(x, radius):
    length = torch.linalg.vector_norm(x).item()
    return x if length <= radius else radius / length * x
`);

export const projectLinf: PythonSnippet = pythonSnippet(`
def project_linf(x, radius):
    return x.clamp(-radius, radius)
`);

export const nearTies: PythonSnippet = pythonSnippet(`
def near_ties(d, delta):
    """All coordinates within delta of the largest, in proportion to what is above that."""
    above = d - d.clamp(delta - 1, 1 - delta)
    return above / above.abs().sum()
`);

export const clipped: PythonSnippet = pythonSnippet(`
def clipped(d, delta):
    """d / tau clipped to [-1, 1], tau <= 1 the largest at which it still descends (1 - delta) times as fast as the signs of d."""
    a = d.abs().sort(descending=True).values
    wanted = (1 - delta) * a.sum()
    if (a * a).sum() >= wanted:
        return d
    ones = a.cumsum(0)
    rest = torch.cat([(a * a).flip(0).cumsum(0).flip(0)[1:], torch.zeros(1)])
    following = torch.cat([a[1:], torch.zeros(1)])
    k = (ones * following + rest >= wanted * following).nonzero()[0, 0]
    tau = rest[k] / (wanted - ones[k])
    return d.clamp(-tau, tau) / tau
`);
