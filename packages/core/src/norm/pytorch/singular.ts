import { type PythonSnippet, pythonSnippet } from "../pythonSnippet.js";
import { flat, matrices, rankOne } from "./tensors.js";

export const polarFactor: PythonSnippet = pythonSnippet(`
def polar_factor(m):
    """U V^T of m = U S V^T without null directions, S <= max(m.shape) epsilon S[0]."""
    u, s, vt = torch.linalg.svd(m, full_matrices=False)
    kept = s > max(m.shape) * torch.finfo(torch.float64).eps * s[0]
    return u[:, kept] @ vt[kept]
`);

export const spectralClass: PythonSnippet = pythonSnippet(
  `
class Spectral:
    """Largest singular value of any layer. Steepest direction: -U V^T of every layer of the gradient, null directions give 0."""

    def __init__(self, shapes):
        self.shapes = shapes

    def norm(self, x):
        return max(torch.linalg.svdvals(m)[0].item() for m in matrices(x, self.shapes))

    def dual(self, g):
        return sum(torch.linalg.svdvals(m).sum().item() for m in matrices(g, self.shapes))

    def lmo(self, g):
        return flat([-polar_factor(m) for m in matrices(g, self.shapes)])

    def dual_of_samples(self, factors):
        return rank_one(factors, 2, 2).sum(0)
`,
  matrices,
  flat,
  rankOne,
  polarFactor,
);

export const nuclearClass: PythonSnippet = pythonSnippet(
  `
class Nuclear:
    """Sum of the singular values of all layers. Steepest direction: -u v^T of the largest one, 0 in the other layers."""

    def __init__(self, shapes):
        self.shapes = shapes

    def norm(self, x):
        return sum(torch.linalg.svdvals(m).sum().item() for m in matrices(x, self.shapes))

    def dual(self, g):
        return max(torch.linalg.svdvals(m)[0].item() for m in matrices(g, self.shapes))

    def lmo(self, g):
        layers = matrices(g, self.shapes)
        triples = [torch.linalg.svd(m, full_matrices=False) for m in layers]
        top = max(range(len(layers)), key=lambda i: triples[i][1][0].item())
        out = [torch.zeros_like(m) for m in layers]
        u, s, vt = triples[top]
        if s[0] > 0:
            out[top] = -torch.outer(u[:, 0], vt[0])
        return flat(out)

    def dual_of_samples(self, factors):
        return rank_one(factors, 2, 2).amax(0)
`,
  matrices,
  flat,
  rankOne,
);

export const projectSpectral: PythonSnippet = pythonSnippet(
  `
def project_spectral(x, radius):
    def clip(m):
        u, s, vt = torch.linalg.svd(m, full_matrices=False)
        return m if s[0] <= radius else (u * s.clamp(max=radius)) @ vt

    return flat([clip(m) for m in matrices(x, shapes)])
`,
  matrices,
  flat,
);
