import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";
import { exp, log } from "./lossFrame.js";

export const coupledDecay: Snippet = snippet(
  `
class CoupledDecay:
    """The optimiser of the risk + decay / 2 ||theta||^2."""

    def __init__(self, optimizer, decay):
        self.optimizer, self.log_decay = optimizer, log(decay)

    def __getattr__(self, name):
        return getattr(self.optimizer, name)

    def aim(self, ghat, log_risk, theta):
        scale = max(log_risk, self.log_decay)
        return self.optimizer.aim(exp(log_risk - scale) * ghat + exp(self.log_decay - scale) * theta, scale, theta)
`,
  exp,
  log,
);

export const clipped: Snippet = snippet(
  `
class Clipped:
    """Gradients longer than length in the dual of the norm are shortened to it: the optimiser is told a smaller risk."""

    def __init__(self, optimizer, norm, length):
        self.optimizer, self.norm, self.log_length = optimizer, norm, log(length)

    def __getattr__(self, name):
        return getattr(self.optimizer, name)

    def aim(self, ghat, log_risk, theta):
        dual = float(self.norm.dual(ghat))
        clipped = self.log_length - log(dual) if dual > 0 else math.inf
        return self.optimizer.aim(ghat, min(log_risk, clipped), theta)
`,
  log,
);
