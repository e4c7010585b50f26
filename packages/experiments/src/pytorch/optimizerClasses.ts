import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";
import { pytorchTensors } from "@steepest/core/internal";
import { exp, log, lossFrame } from "./lossFrame.js";

const { flat, matrices } = pytorchTensors;

/**
 * Every class has aim(ghat, log_risk, theta): it takes e^log_risk ghat into its memory and returns a direction d and u, such that a step of size eta is
 * theta + eta e^u d.
 */
export const steepestDescent: Snippet = snippet(`
class SteepestDescent:
    """theta <- theta + eta ||grad R||_* lmo(grad R); normalised: theta <- theta + eta lmo(grad R)."""

    def __init__(self, norm, normalized):
        self.norm, self.normalized = norm, normalized

    def aim(self, ghat, log_risk, theta):
        direction = self.norm.lmo(ghat)
        return (direction, 0.0) if self.normalized else (self.norm.dual(ghat) * direction, log_risk)
`);

export const smoothedSteepestDescent: Snippet = snippet(`
class SmoothedSteepestDescent:
    """
    Steepest descent along a direction u of the unit ball with <grad R, u> <= -(1 - delta) ||grad R||_*, spread over near-ties as far as the
    alignment of -grad R and theta allows: delta = (1 - max(alignment, 0)) / 2.
    """

    def __init__(self, norm, normalized, smooth):
        self.norm, self.normalized, self.smooth = norm, normalized, smooth

    def aim(self, ghat, log_risk, theta):
        dual, largest, length = self.norm.dual(ghat), ghat.abs().max(), self.norm.norm(theta)
        direction = self.norm.lmo(ghat)
        if largest > 0:
            d = -ghat / largest
            alignment = ((d @ theta) / length / (dual / largest)).item() if length > 0 else 0.0
            delta = 0.5 * (1 - max(alignment, 0.0))
            if delta > 2.0**-50:
                direction = self.smooth(d, delta)
        return (direction, 0.0) if self.normalized else (dual * direction, log_risk)
`);

export const heavyBall: Snippet = snippet(
  `
class HeavyBall:
    """b <- mu b + grad R, theta <- theta - eta b; Nesterov: theta <- theta - eta (grad R + mu b)."""

    def __init__(self, momentum, nesterov):
        self.momentum, self.nesterov = momentum, nesterov
        self.frame, self.b = LossFrame(momentum), 0.0

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        self.b = self.momentum * memory * self.b + gain * ghat
        return -(self.momentum * self.b + gain * ghat if self.nesterov else self.b), self.frame.s
`,
  lossFrame,
);

export const momentumDescent: Snippet = snippet(
  `
class MomentumDescent:
    """m <- mu m + (1 - mu) grad R, theta <- theta + eta radius lmo(m); Nesterov: lmo(mu m + (1 - mu) grad R)."""

    def __init__(self, norm, momentum, nesterov, radius=1.0):
        self.norm, self.momentum, self.nesterov, self.radius = norm, momentum, nesterov, radius
        self.frame, self.m = LossFrame(momentum), 0.0

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        fresh = (1 - self.momentum) * gain * ghat
        self.m = self.momentum * memory * self.m + fresh
        return self.radius * self.norm.lmo(self.momentum * self.m + fresh if self.nesterov else self.m), 0.0
`,
  lossFrame,
);

export const muon: Snippet = snippet(
  `
class Muon:
    """b <- mu b + grad R, W <- W - eta scale(W) U V^T with U S V^T = grad R + mu b (Nesterov) or b, layer by layer."""

    def __init__(self, shapes, momentum, nesterov, orthogonalize, scale):
        self.shapes, self.momentum, self.nesterov = shapes, momentum, nesterov
        self.orthogonalize, self.scale = orthogonalize, scale
        self.frame, self.b = LossFrame(momentum), 0.0

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        self.b = self.momentum * memory * self.b + gain * ghat
        value = self.momentum * self.b + gain * ghat if self.nesterov else self.b
        return flat([-self.scale(*m.shape) * self.orthogonalize(m) for m in matrices(value, self.shapes)]), 0.0
`,
  matrices,
  flat,
  lossFrame,
);

export const byLayer: Snippet = snippet(
  `
class ByLayer:
    """An optimiser of its own for every layer, whose steps are multiplied by its scale."""

    def __init__(self, shapes, optimizers, scales):
        self.shapes, self.optimizers, self.scales = shapes, optimizers, scales

    def aim(self, ghat, log_risk, theta):
        parts = zip(self.optimizers, self.scales, matrices(ghat, self.shapes), matrices(theta, self.shapes))
        return flat([scale * one.aim(g.reshape(-1), log_risk, w.reshape(-1))[0] for one, scale, g, w in parts]), 0.0
`,
  matrices,
  flat,
);

export const lion: Snippet = snippet(
  `
class Lion:
    """theta <- theta - eta sign(beta1 m + (1 - beta1) grad R), m <- beta2 m + (1 - beta2) grad R."""

    def __init__(self, beta1, beta2):
        self.beta1, self.beta2 = beta1, beta2
        self.frame, self.m = LossFrame(beta2), torch.zeros(1)

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        direction = -torch.sign(self.beta1 * memory * self.m + (1 - self.beta1) * gain * ghat)
        self.m = self.beta2 * memory * self.m + (1 - self.beta2) * gain * ghat
        return direction, 0.0
`,
  lossFrame,
);

const ratio: Snippet = snippet(`
def ratio(a, b):
    """a / b; 0 where a is 0, so that a weight without gradient stays."""
    return torch.where(a == 0, torch.zeros_like(a), a / b)
`);

const besideRoot: Snippet = snippet(
  `
class BesideRoot:
    """epsilon beside a root of second moments, both divided by e^s: sqrt(v) + epsilon, or sqrt(v + epsilon) inside, where the root of epsilon counts."""

    def __init__(self, epsilon, inside):
        self.log_root, self.inside = (0.5 if inside else 1.0) * log(epsilon), inside

    def in_frame(self, s):
        return exp(self.log_root - s)

    def below(self, root, epsilon):
        return torch.hypot(root, torch.full_like(root, epsilon)) if self.inside else root + epsilon
`,
  exp,
  log,
);

export const adam: Snippet = snippet(
  `
class Adam:
    """
    Adam in the frame of the risk: m the first moment, and r with sqrt(1 - beta2) r the root of the second one. epsilon is in units of the
    gradient of the risk, outside the root; inside, of its square.
    """

    def __init__(self, beta1, beta2, epsilon, inside=False):
        self.beta1, self.beta2, self.beside = beta1, beta2, BesideRoot(epsilon, inside)
        self.frame = LossFrame(max(beta1, math.sqrt(beta2)))
        self.m, self.r, self.t = torch.zeros(1), torch.zeros(1), 0

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        self.t += 1
        self.m = self.beta1 * memory * self.m + (1 - self.beta1) * gain * ghat
        self.r = torch.hypot(math.sqrt(self.beta2) * memory * self.r, gain * ghat)
        root = math.sqrt((1 - self.beta2) / (1 - self.beta2**self.t)) * self.r
        return -ratio(self.m / (1 - self.beta1**self.t), self.beside.below(root, self.beside.in_frame(self.frame.s))), 0.0
`,
  lossFrame,
  ratio,
  besideRoot,
);

export const rmsProp: Snippet = snippet(
  `
class RMSProp:
    """v <- alpha v + (1 - alpha) g^2, b <- mu b + g / (sqrt(v) + epsilon), theta <- theta - eta b; r = sqrt(v / (1 - alpha)) in the frame."""

    def __init__(self, decay, epsilon, momentum, inside=False):
        self.memory, self.beside, self.momentum = math.sqrt(decay), BesideRoot(epsilon, inside), momentum
        self.root_scale = math.sqrt(1 - decay)
        self.frame, self.r, self.b = LossFrame(self.memory), torch.zeros(1), 0.0

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        self.r = torch.hypot(self.memory * memory * self.r, gain * ghat)
        epsilon = self.beside.in_frame(self.frame.s) / self.root_scale
        self.b = self.momentum * self.b - ratio(gain * ghat, self.beside.below(self.r, epsilon)) / self.root_scale
        return self.b, 0.0
`,
  lossFrame,
  ratio,
  besideRoot,
);

export const adaGrad: Snippet = snippet(
  `
class AdaGrad:
    """v <- v + g^2, theta <- theta - eta g / (sqrt(v) + epsilon); r = sqrt(v) in a frame that never sinks."""

    def __init__(self, epsilon, inside=False):
        self.beside = BesideRoot(epsilon, inside)
        self.frame, self.r = LossFrame(1, self.beside.log_root), torch.zeros(1)

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        self.r = torch.hypot(memory * self.r, gain * ghat)
        least = 2.0**-960 if gain < 2.0**-960 else 5e-324  # keeps the direction finite where a root underflowed
        epsilon = max(self.beside.in_frame(self.frame.s), least)
        return -ratio(ghat, self.beside.below(self.r, epsilon)), log_risk - self.frame.s
`,
  lossFrame,
  ratio,
  besideRoot,
);

export const shampoo: Snippet = snippet(
  `
def inverse_root(m, a):
    """m^-a of a symmetric positive semidefinite matrix; null directions give 0."""
    values, vectors = torch.linalg.eigh(m)
    kept = values > len(m) * torch.finfo(torch.float64).eps * values[-1]
    return (vectors[:, kept] * values[kept] ** -a) @ vectors[:, kept].T


class Shampoo:
    """
    L <- L + G G^T, R <- R + G^T G, both epsilon I at first, W <- W - eta L^-a G R^-a; the sums are kept divided by e^2s.
    Sequential: R <- R + H^T H with H = L^-a G, which for a = 1/2 has no unit, so that R is kept as it is.
    """

    def __init__(self, shapes, a, epsilon, sequential=False):
        self.shapes, self.a, self.epsilon, self.sequential = shapes, a, epsilon, sequential
        self.log_epsilon = log(epsilon)
        self.frame = LossFrame(1, 0.5 * self.log_epsilon)
        self.sums = [(torch.zeros(m, m), torch.zeros(n, n)) for m, n in shapes]

    def aim(self, ghat, log_risk, theta):
        memory, gain = self.frame.move(log_risk)
        shift, out = exp(self.log_epsilon - 2 * self.frame.s), []
        kept, right_shift = (1.0, self.epsilon) if self.sequential else (memory**2, shift)
        for i, g in enumerate(matrices(ghat, self.shapes)):
            left, right = self.sums[i]
            left = memory**2 * left + gain**2 * (g @ g.T)
            h = inverse_root(left + shift * torch.eye(len(left)), self.a) @ g
            summand = h if self.sequential else g
            right = kept * right + gain**2 * (summand.T @ summand)
            self.sums[i] = (left, right)
            out.append(-h @ inverse_root(right + right_shift * torch.eye(len(right)), self.a))
        return flat(out), log_risk - (2 if self.sequential else 4) * self.a * self.frame.s
`,
  matrices,
  flat,
  lossFrame,
);
