import { type PythonSnippet, pythonSnippet } from "../pythonSnippet.js";
import { flat, matrices } from "./tensors.js";

const powerNorm: PythonSnippet = pythonSnippet(`
def power_norm(x, p, dim):
    """(sum |x|^p)^(1/p) of x / max |x|, so that no power leaves float64."""
    largest = x.abs().amax(dim, keepdim=True)
    return torch.linalg.vector_norm(x / largest.masked_fill(largest == 0, 1), p, dim) * largest.squeeze(dim)
`);

export const lpClass: PythonSnippet = pythonSnippet(
  `
class Lp:
    """(sum |x|^p)^(1/p), with 1/p + 1/q = 1."""

    def __init__(self, shapes, p):
        self.p, self.q = p, p / (p - 1)

    def norm(self, x):
        return power_norm(x, self.p, 0).item()

    def dual(self, g):
        return power_norm(g, self.q, 0).item()

    def lmo(self, g):
        largest = g.abs().max()
        if largest == 0:
            return torch.zeros_like(g)
        g = g / largest
        return -torch.sign(g) * (g.abs() / torch.linalg.vector_norm(g, self.q)) ** (self.q - 1)

    def dual_of_samples(self, factors):
        layers = [power_norm(d, self.q, 1) * power_norm(a, self.q, 1) for d, a in factors]
        return power_norm(torch.stack(layers), self.q, 0)
`,
  powerNorm,
);

export const maxOfClass: PythonSnippet = pythonSnippet(
  `
class MaxOf:
    """max over layers of weight times a norm of the layer's own: every layer moves, by 1 / weight."""

    def __init__(self, shapes, norms, weights):
        self.shapes, self.norms, self.weights = shapes, norms, weights

    def parts(self, x):
        return zip(matrices(x, self.shapes), self.norms, self.weights)

    def norm(self, x):
        return max(weight * norm.norm(m.reshape(-1)) for m, norm, weight in self.parts(x))

    def dual(self, g):
        return sum(norm.dual(m.reshape(-1)) / weight for m, norm, weight in self.parts(g))

    def lmo(self, g):
        return flat([norm.lmo(m.reshape(-1)) / weight for m, norm, weight in self.parts(g)])

    def dual_of_samples(self, factors):
        return sum(norm.dual_of_samples([pair]) / weight for pair, norm, weight in zip(factors, self.norms, self.weights))
`,
  matrices,
  flat,
);

/** The classes of the norm forms that have a translation, by the key of the form. */
export const pytorchForms: Readonly<Record<"lp" | "max", PythonSnippet>> = { lp: lpClass, max: maxOfClass };
