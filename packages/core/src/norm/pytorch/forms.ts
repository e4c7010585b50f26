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

    def duals_of_samples(self, factors):
        return torch.stack([norm.dual_of_samples([pair]) / weight for pair, norm, weight in zip(factors, self.norms, self.weights)])

    def dual_of_samples(self, factors):
        return self.duals_of_samples(factors).sum(0)
`,
  matrices,
  flat,
);

export const sumOfClass: PythonSnippet = pythonSnippet(
  `
class SumOf(MaxOf):
    """Sum over layers of weight times a norm of the layer's own: one layer moves, the first with the largest dual norm / weight."""

    def norm(self, x):
        return sum(weight * norm.norm(m.reshape(-1)) for m, norm, weight in self.parts(x))

    def dual(self, g):
        return max(norm.dual(m.reshape(-1)) / weight for m, norm, weight in self.parts(g))

    def lmo(self, g):
        duals = [norm.dual(m.reshape(-1)) / weight for m, norm, weight in self.parts(g)]
        top = duals.index(max(duals))
        return flat(
            [norm.lmo(m.reshape(-1)) / weight if i == top else torch.zeros_like(m) for i, (m, norm, weight) in enumerate(self.parts(g))]
        )

    def dual_of_samples(self, factors):
        return self.duals_of_samples(factors).amax(0)
`,
  maxOfClass,
);

export const l2OfClass: PythonSnippet = pythonSnippet(
  `
class L2Of(MaxOf):
    """Root of the sum of squares over layers of weight times a norm of the layer's own: a layer moves by its share of the dual norm."""

    def norm(self, x):
        return math.hypot(*[weight * norm.norm(m.reshape(-1)) for m, norm, weight in self.parts(x)])

    def dual(self, g):
        return math.hypot(*[norm.dual(m.reshape(-1)) / weight for m, norm, weight in self.parts(g)])

    def lmo(self, g):
        dual = self.dual(g)
        if dual == 0:
            return torch.zeros_like(g)
        return flat(
            [norm.dual(m.reshape(-1)) / weight / dual / weight * norm.lmo(m.reshape(-1)) for m, norm, weight in self.parts(g)]
        )

    def dual_of_samples(self, factors):
        return torch.linalg.vector_norm(self.duals_of_samples(factors), 2, 0)
`,
  maxOfClass,
);

export const weightedClass: PythonSnippet = pythonSnippet(`
class Weighted:
    """The norm of d theta, entry by entry."""

    def __init__(self, norm, d):
        self.inner, self.d = norm, d

    def norm(self, x):
        return self.inner.norm(self.d * x)

    def dual(self, g):
        return self.inner.dual(g / self.d)

    def lmo(self, g):
        return self.inner.lmo(g / self.d) / self.d
`);

/** A class of a Python program for a form of norms. */
export interface PytorchForm {
  readonly class: PythonSnippet;
  readonly name: string;
}

/** The classes of the norm forms, by the key of the form. */
export const pytorchForms: Readonly<Record<"lp" | "max" | "sum" | "l2" | "weighted", PytorchForm>> = {
  lp: { class: lpClass, name: "Lp" },
  max: { class: maxOfClass, name: "MaxOf" },
  sum: { class: sumOfClass, name: "SumOf" },
  l2: { class: l2OfClass, name: "L2Of" },
  weighted: { class: weightedClass, name: "Weighted" },
};
