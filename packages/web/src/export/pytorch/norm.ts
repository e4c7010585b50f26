import { DefinitionError, type NormExpression, type NormId } from "@steepest/core";
import { pythonNumber } from "./python.js";
import { type Snippet, snippet } from "./snippet.js";

/** A norm as an expression over classes of the program. */
export interface NormSource {
  readonly text: string;
  readonly needs: readonly Snippet[];
}

export const matrices: Snippet = snippet(`
def matrices(v, shapes):
    """The layers of a flat vector, row-major w[outputs][inputs]."""
    return [part.reshape(shape) for part, shape in zip(v.split([m * n for m, n in shapes]), shapes)]
`);

export const flat: Snippet = snippet(`
def flat(layers):
    return torch.cat([layer.reshape(-1) for layer in layers])
`);

/** ||δ ⊗ a|| layer by layer, for norms that are multiplicative on rank-one matrices. */
const rankOne = snippet(`
def rank_one(factors, left, right):
    """[layer, sample]: the norms of delta times those of a, where delta (x) a is the gradient of a sample's score in a layer."""
    return torch.stack([torch.linalg.vector_norm(d, left, 1) * torch.linalg.vector_norm(a, right, 1) for d, a in factors])
`);

const l1 = snippet(
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

const l2 = snippet(
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

const linf = snippet(
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

export const polarFactor: Snippet = snippet(`
def polar_factor(m):
    """U V^T of m = U S V^T without null directions, S <= max(m.shape) epsilon S[0]."""
    u, s, vt = torch.linalg.svd(m, full_matrices=False)
    kept = s > max(m.shape) * torch.finfo(torch.float64).eps * s[0]
    return u[:, kept] @ vt[kept]
`);

const spectral = snippet(
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

const nuclear = snippet(
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

const rows = snippet(
  `
class Rows:
    """Euclidean norms of the rows (or columns) of all layers: the largest, or their sum. A zero row gives 0; the first of ties."""

    def __init__(self, shapes, combine, of):
        self.shapes, self.combine, self.columns = shapes, combine, of == "columns"

    def lengths(self, x):
        return [torch.linalg.vector_norm(m, 2, 0 if self.columns else 1) for m in matrices(x, self.shapes)]

    def norm(self, x):
        lengths = torch.cat(self.lengths(x))
        return (lengths.max() if self.combine == "max" else lengths.sum()).item()

    def dual(self, g):
        lengths = torch.cat(self.lengths(g))
        return (lengths.sum() if self.combine == "max" else lengths.max()).item()

    def lmo(self, g):
        lengths = self.lengths(g)
        if self.combine == "max":
            moves = [length > 0 for length in lengths]
        else:
            every = torch.cat(lengths)
            moves = (torch.arange(len(every)) == every.argmax()).logical_and(every > 0).split([len(one) for one in lengths])
        factors = [torch.where(move, 1 / length, torch.zeros_like(length)) for move, length in zip(moves, lengths)]
        axis = 0 if self.columns else 1
        return flat([-m * factor.unsqueeze(axis) for m, factor in zip(matrices(g, self.shapes), factors)])

    def dual_of_samples(self, factors):
        other = 1 if self.combine == "max" else math.inf
        table = rank_one(factors, 2, other) if self.columns else rank_one(factors, other, 2)
        return table.sum(0) if self.combine == "max" else table.amax(0)
`,
  matrices,
  flat,
  rankOne,
);

const powerNorm = snippet(`
def power_norm(x, p, dim):
    """(sum |x|^p)^(1/p) of x / max |x|, so that no power leaves float64."""
    largest = x.abs().amax(dim, keepdim=True)
    return torch.linalg.vector_norm(x / largest.masked_fill(largest == 0, 1), p, dim) * largest.squeeze(dim)
`);

const lp = snippet(
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

const maxOf = snippet(
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

const named: Readonly<Record<NormId, { readonly class: string; readonly options: string; readonly needs: Snippet }>> = {
  l1: { class: "L1", options: "", needs: l1 },
  l2: { class: "L2", options: "", needs: l2 },
  linf: { class: "Linf", options: "", needs: linf },
  spectral: { class: "Spectral", options: "", needs: spectral },
  nuclear: { class: "Nuclear", options: "", needs: nuclear },
  rowMax: { class: "Rows", options: ', "max", "rows"', needs: rows },
  rowSum: { class: "Rows", options: ', "sum", "rows"', needs: rows },
  colMax: { class: "Rows", options: ', "max", "columns"', needs: rows },
  colSum: { class: "Rows", options: ', "sum", "columns"', needs: rows },
};

/**
 * A norm on the layers of these shapes.
 *
 * @param shapes  a Python expression: a list of (rows, columns)
 * @throws DefinitionError  if the norm has no translation
 */
export function normSource(norm: NormExpression, shapes: string = "shapes"): NormSource {
  if (typeof norm === "string" && Object.hasOwn(named, norm)) {
    const { class: name, options, needs } = named[norm];
    return { text: `${name}(${shapes}${options})`, needs: [needs] };
  }
  if (typeof norm === "object" && "lp" in norm) return { text: `Lp(${shapes}, ${pythonNumber("norm.lp", norm.lp)})`, needs: [lp] };
  if (typeof norm === "object" && "max" in norm) return maxSource(norm.max, norm.weights ?? norm.max.map(() => 1), shapes);
  const name = typeof norm === "string" ? norm : Object.keys(norm ?? {})[0];
  throw new DefinitionError(`norm: "${name}" has no translation to PyTorch`, {
    path: "norm",
    value: norm,
    hint: `those of ${Object.keys(named).join(", ")}, lp and max have one; the TypeScript program has every norm`,
  });
}

/** One norm per layer. */
export function maxSource(norms: readonly NormExpression[], weights: readonly number[], shapes: string = "shapes"): NormSource {
  const parts = norms.map((norm, i) => normSource(norm, `[${shapes}[${i}]]`));
  const factors = weights.map((weight, i) => pythonNumber(`norm.weights[${i}]`, weight));
  return {
    text: `MaxOf(${shapes}, [${parts.map(({ text }) => text).join(", ")}], [${factors.join(", ")}])`,
    needs: [...parts.flatMap(({ needs }) => needs), maxOf],
  };
}
