import { refuseUnknownKeys } from "../knownKeys.js";
import { linf } from "../norm/linf.js";
import { recorded } from "../recipe.js";
import { requireDecay } from "../require.js";
import { type Epsilon, requireEpsilon } from "./epsilon.js";
import { besideRoot, type EpsilonPlacement, planBesideRoot, requirePlacement } from "./epsilonPlacement.js";
import { epsilonShare } from "./epsilonShare.js";
import { lossFrame } from "./lossFrame.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** In units of the gradient of the risk that the optimiser sees; inside the root, of its square. 0 is allowed; 0/0 is 0. */
  readonly epsilon: Epsilon;
  /** Outside the root where it is absent: √v̂ + ε. "inside": √(v̂ + ε), v̂ the corrected second moment. */
  readonly epsilonPlacement?: EpsilonPlacement | undefined;
}

/**
 * Adam with its moments in the loss frame s, so that at risk e^-4000 it does what real arithmetic would.
 *
 *   m ← β1 e^(s' - s) m + (1 - β1) e^(logRisk - s) ghat
 *   r ← √(β2 (e^(s' - s) r)² + (e^(logRisk - s) ghat)²)          √(1 - β2) r is the root of the second moment: no entry of ghat is too small for it
 *   θ ← θ - η (m / (1 - β1^t)) / (r √((1 - β2) / (1 - β2^t)) + ε e^-s)      inside: / √((r ...)² + ε e^-2s)
 *
 * Raises the ℓ∞ margin while ε is negligible against r, the ℓ2 margin once ε dominates: Tsilivis et al., JMLR 27 (2026), section 4.
 * Source: Kingma & Ba, ICLR 2015; Adam(β1 = β2 = ε = 0) is sign descent, bit for bit.
 */
export function adam(options: AdamOptions): Optimizer {
  refuseUnknownKeys("adam", options, { beta1: true, beta2: true, epsilon: true, epsilonPlacement: true });
  const beta1 = requireDecay("beta1", options.beta1);
  const beta2 = requireDecay("beta2", options.beta2);
  const epsilon = requireEpsilon("epsilon", options.epsilon);
  const placement = requirePlacement("epsilonPlacement", options.epsilonPlacement);
  const spans = (parameterCount: number) => ({ mean: parameterCount, root: parameterCount });
  return recorded("adam", [options], {
    id: "adam",
    ownNorm: linf,
    expectation: {
      margin: linf,
      source: "Tsilivis et al., JMLR 27 (2026), section 4, while epsilon is negligible; l2 once epsilon dominates the second moments",
    },
    lengthUnit: "unit",
    plan: (plan, { length }) => {
      plan.spans(spans(length));
      planBesideRoot(plan, placement, length);
    },
    bind: ({ kernels, arena, theta, ghat, direction }) => {
      const { mean, root } = arena.spans(spans(theta.length));
      const moveFrame = lossFrame(kernels, Math.max(beta1, Math.sqrt(beta2)));
      const n = theta.length;
      const { logRoot, divide } = besideRoot(arena, kernels, placement, epsilon, n);
      let beta1Power = 1;
      let beta2Power = 1;
      let rootScale = Number.NaN;
      let epsilonInFrame = Number.NaN;
      return {
        aim: (logRisk) => {
          const { frame, logMemory, logGain } = moveFrame(logRisk);
          const memory = kernels.exp(logMemory);
          const gain = kernels.exp(logGain);
          beta1Power *= beta1;
          beta2Power *= beta2;
          kernels.axpby(ghat.ptr, mean.ptr, n, (1 - beta1) * gain, beta1 * memory);
          kernels.decayHypot(ghat.ptr, root.ptr, n, Math.sqrt(beta2) * memory, gain);
          rootScale = Math.sqrt((1 - beta2) / (1 - beta2Power));
          epsilonInFrame = kernels.exp(logRoot - frame);
          divide(mean.ptr, root.ptr, direction.ptr, 1 / (1 - beta1Power), rootScale, epsilonInFrame);
        },
        move: ({ size, logScale }) => {
          const length = size * kernels.exp(logScale);
          kernels.axpy(direction.ptr, theta.ptr, n, length);
          return length;
        },
        readings: () => ({ epsilonShare: epsilonShare(root.view, epsilonInFrame / rootScale) }),
      };
    },
  });
}
