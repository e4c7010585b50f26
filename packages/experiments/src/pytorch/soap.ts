import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";
import { pytorchTensors } from "@steepest/core/internal";
import { exp, log, lossFrame } from "./lossFrame.js";

const { flat, matrices } = pytorchTensors;

/** SOAP, with `aim` as the optimisers of `optimizerClasses.ts` have it. */
export const soap: Snippet = snippet(
  `
def next_basis(m, basis):
    """
    The eigenvectors of m in rows, the largest eigenvalue first, and the order of the rows before that goes with them, by p^T m p. Null directions,
    values <= side epsilon values[-1], are completed by the rows before, each less its part in the others, the one of which most is left first.
    """
    lengths = ((basis @ m) * basis).sum(1).tolist()
    order = sorted(range(len(m)), key=lambda i: -lengths[i])
    before = basis[order]
    values, vectors = torch.linalg.eigh(m)
    kept = values > len(m) * torch.finfo(torch.float64).eps * values[-1]
    rows = vectors[:, kept].flip(1).T
    left = 1 - (before @ rows.T).square().sum(1)
    while len(rows) < len(m):
        chosen = left.tolist().index(left.max().item())
        added = before[chosen]
        for _ in range(2):
            added = added - rows.T @ (rows @ added)
        added = added / torch.linalg.vector_norm(added)
        rows = torch.cat([rows, added[None]])
        left = left - (before @ added).square()
        left[chosen] = -math.inf
    return rows, order


class Soap:
    """
    Adam in the eigenbases, the rows of P and Q, of L <- beta2 L + (1 - beta2) G G^T and R <- beta2 R + (1 - beta2) G^T G, taken anew every period
    steps: v <- beta2 v + (1 - beta2) (P G Q^T)^2, W <- W - eta P^T (P m Q^T / (sqrt(v) + epsilon)) Q. All memories are kept divided by powers of e^s,
    and sqrt(1 - beta2) r is the root of v.
    """

    def __init__(self, shapes, beta1, beta2, epsilon, period):
        self.shapes, self.beta1, self.beta2, self.log_epsilon, self.period = shapes, beta1, beta2, log(epsilon), period
        self.frame, self.t, self.m = LossFrame(max(beta1, math.sqrt(beta2))), 0, 0.0
        self.sums = [(torch.zeros(m, m), torch.zeros(n, n)) for m, n in shapes]
        self.bases = [(torch.eye(m), torch.eye(n)) for m, n in shapes]
        self.roots = [torch.zeros(m, n) for m, n in shapes]

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        due, self.t = self.t % self.period == 0, self.t + 1
        self.m = self.beta1 * memory * self.m + (1 - self.beta1) * gain * ghat
        root_scale = math.sqrt((1 - self.beta2) / (1 - self.beta2**self.t))
        epsilon, out = exp(self.log_epsilon - self.frame.s), []
        for i, (g, mean) in enumerate(zip(matrices(ghat, self.shapes), matrices(self.m, self.shapes))):
            kept, fresh = self.beta2 * memory**2, (1 - self.beta2) * gain**2
            left, right = self.sums[i]
            left, right = self.sums[i] = kept * left + fresh * (g @ g.T), kept * right + fresh * (g.T @ g)
            p, q = self.bases[i]
            if due:
                (p, from_rows), (q, from_columns) = next_basis(left, p), next_basis(right, q)
                self.bases[i], self.roots[i] = (p, q), self.roots[i][from_rows][:, from_columns]
            self.roots[i] = torch.hypot(math.sqrt(self.beta2) * memory * self.roots[i], gain * (p @ g @ q.T))
            first = p @ mean @ q.T / (1 - self.beta1**self.t)
            step = torch.where(first == 0, torch.zeros_like(first), first / (root_scale * self.roots[i] + epsilon))
            out.append(-p.T @ step @ q)
        return flat(out), 0.0
`,
  matrices,
  flat,
  lossFrame,
  exp,
  log,
);
