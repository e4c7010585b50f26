import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";
import { pytorchTensors } from "@steepest/core/internal";
import { exp, log, lossFrame } from "./lossFrame.js";

const { flat, matrices } = pytorchTensors;

/** SOAP, with `aim` as the optimisers of `optimizerClasses.ts` have it. */
export const soap: Snippet = snippet(
  `
class Soap:
    """
    Adam in the eigenbases P and Q of L <- beta2 L + (1 - beta2) G G^T and R <- beta2 R + (1 - beta2) G^T G, taken anew every period steps, v along with them:
    v <- beta2 v + (1 - beta2) (P^T G Q)^2, W <- W - eta P (P^T m Q / (sqrt(v) + epsilon)) Q^T. All memories are kept divided by powers of e^s, and
    sqrt(1 - beta2) r is the root of v.
    """

    def __init__(self, shapes, beta1, beta2, epsilon, period):
        self.shapes, self.beta1, self.beta2, self.log_epsilon, self.period = shapes, beta1, beta2, log(epsilon), period
        self.frame, self.t, self.m = LossFrame(max(beta1, math.sqrt(beta2))), 0, 0.0
        self.sums = [(torch.zeros(m, m), torch.zeros(n, n)) for m, n in shapes]
        self.bases = [(torch.eye(m), torch.eye(n)) for m, n in shapes]
        self.roots = [torch.zeros(m, n) for m, n in shapes]

    @staticmethod
    def move_on(m, basis):
        """
        The eigenvectors, the largest eigenvalue first, where m is null completed by the columns before, each less its part in the span of the others,
        that with most left first; and the order of the columns before by p^T m p.
        """
        order = torch.sort((m @ basis * basis).sum(0), descending=True, stable=True)[1]
        before = basis[:, order]
        values, vectors = torch.linalg.eigh(m)
        rank = int((values > len(m) * torch.finfo(torch.float64).eps * values[-1]).sum())
        new = vectors.flip(1)[:, :rank]
        while new.shape[1] < len(m):
            rest = before - new @ (new.T @ before)
            rest -= new @ (new.T @ rest)
            best = rest[:, torch.argmax(rest.norm(dim=0))]
            new = torch.cat([new, (best / best.norm())[:, None]], 1)
        return new, order

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
            if due:
                (p, rows), (q, columns) = self.move_on(left, self.bases[i][0]), self.move_on(right, self.bases[i][1])
                self.bases[i], self.roots[i] = (p, q), self.roots[i][rows][:, columns]
            p, q = self.bases[i]
            self.roots[i] = torch.hypot(math.sqrt(self.beta2) * memory * self.roots[i], gain * (p.T @ g @ q))
            first = p.T @ mean @ q / (1 - self.beta1**self.t)
            step = torch.where(first == 0, torch.zeros_like(first), first / (root_scale * self.roots[i] + epsilon))
            out.append(-p @ step @ q.T)
        return flat(out), 0.0
`,
  matrices,
  flat,
  lossFrame,
  exp,
  log,
);
