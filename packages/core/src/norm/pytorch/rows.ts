import { type PythonSnippet, pythonSnippet } from "../pythonSnippet.js";
import { flat, matrices, rankOne } from "./tensors.js";

export const rowsClass: PythonSnippet = pythonSnippet(
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
