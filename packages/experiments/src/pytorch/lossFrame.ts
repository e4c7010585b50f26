import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";

export const exp: Snippet = snippet(`
def exp(x):
    """e^x; inf where it leaves float64."""
    return torch.tensor(x, dtype=torch.float64).exp().item()
`);

export const log: Snippet = snippet(`
def log(x):
    """log x; -inf for 0."""
    return math.log(x) if x > 0 else -math.inf
`);

export const lossFrame: Snippet = snippet(
  `
class LossFrame:
    """
    Where memories of gradients live: divided by e^s, so that nothing underflows however small the risk gets.

        s = max(log risk, s + log rho), rho the slowest memory
    """

    def __init__(self, slowest_memory, s=-math.inf):
        self.log_rho, self.s = log(slowest_memory), s

    def move(self, log_risk):
        """What multiplies the memory, and what multiplies the gradient of the log risk."""
        before, self.s = self.s, max(log_risk, self.s + self.log_rho)
        return 0.0 if before == -math.inf or self.log_rho == -math.inf else exp(before - self.s), exp(log_risk - self.s)
`,
  exp,
  log,
);
