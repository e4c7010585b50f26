import { refuseUnknownKeys } from "../knownKeys.js";
import { linf } from "../norm/linf.js";
import { recorded } from "../recipe.js";
import { requireNonNegative } from "../require.js";
import { besideRoot, type EpsilonPlacement, planBesideRoot, requirePlacement } from "./epsilonPlacement.js";
import { epsilonShare } from "./epsilonShare.js";
import { lossFrame } from "./lossFrame.js";
import type { Optimizer } from "./optimizer.js";
import { sumOfLogs } from "./sumOfLogs.js";

export interface AdaGradOptions {
  /** In units of the gradient of the risk that the optimiser sees; inside the root, of its square. 0 is allowed; 0/0 is 0. */
  readonly epsilon: number;
  /** Outside the root where it is absent: √v + ε, as in torch.optim. "inside": √(v + ε), as in TensorFlow.js. */
  readonly epsilonPlacement?: EpsilonPlacement | undefined;
}

const smallestGain = 2 ** -960;

/**
 * AdaGrad as in torch.optim, with its sums in the loss frame s, which never sinks: s = max over all steps, and over log ε (inside: ½ log ε).
 *
 *   v ← v + g²,  g = e^logRisk ghat      θ ← θ - η g / (√v + ε), inside g / √(v + ε)
 *   r ← √((e^(s' - s) r)² + (e^(logRisk - s) ghat)²)      θ ← θ - η e^(logRisk - s) ghat / (r + ε e^-s)      r = e^-s √v
 *
 * Once the sums have settled its steps are proportional to the gradient, so at a constant step size it all but stops where the risk is tiny; with
 * η / R it goes on to any depth. The factor e^(logRisk - s) stays a logarithm until it meets the step size. Where it is below 2^-960, roots r below
 * 2^-960 count as that: weights without a gradient before then move less than in real arithmetic.
 * Source: Duchi, Hazan & Singer, JMLR 12 (2011), diagonal case.
 */
export function adaGrad(options: AdaGradOptions): Optimizer {
  refuseUnknownKeys("adaGrad", options, { epsilon: true, epsilonPlacement: true });
  const epsilon = requireNonNegative("epsilon", options.epsilon);
  const placement = requirePlacement("epsilonPlacement", options.epsilonPlacement);
  const spans = (parameterCount: number) => ({ root: parameterCount });
  return recorded("adaGrad", [options], {
    id: "adaGrad",
    ownNorm: linf,
    expectation: {
      margin: undefined,
      source: "not l2: a norm weighted by the limit of the sums, so by the run itself; Wang et al., ICML 2021, for the flow",
    },
    lengthUnit: "gradient",
    plan: (plan, { length }) => {
      plan.spans(spans(length));
      planBesideRoot(plan, placement, length);
    },
    bind: ({ kernels, arena, theta, ghat, direction }) => {
      const n = theta.length;
      const { root } = arena.spans(spans(n));
      const moveFrame = lossFrame(kernels, 1);
      const { logRoot, divide } = besideRoot(arena, kernels, placement, epsilon, n);
      moveFrame(logRoot); // so that ε e^-s <= 1
      let logRiskTaken = Number.NaN;
      let frame = Number.NaN;
      let epsilonInFrame = Number.NaN;
      return {
        aim: (logRisk) => {
          const moved = moveFrame(logRisk);
          logRiskTaken = logRisk;
          frame = moved.frame;
          epsilonInFrame = kernels.exp(logRoot - frame);
          const gain = kernels.exp(moved.logGain);
          kernels.decayHypot(ghat.ptr, root.ptr, n, kernels.exp(moved.logMemory), gain);
          const leastRoot = gain < smallestGain ? smallestGain : Number.MIN_VALUE; // keeps the direction finite where a root underflowed
          divide(ghat.ptr, root.ptr, direction.ptr, 1, 1, Math.max(epsilonInFrame, leastRoot));
        },
        move: ({ size, logScale }) => {
          const length = size * kernels.exp(sumOfLogs(logScale, logRiskTaken, -frame));
          kernels.axpy(direction.ptr, theta.ptr, n, length);
          return length;
        },
        readings: () => ({ epsilonShare: epsilonShare(root.view, epsilonInFrame) }),
      };
    },
  });
}
