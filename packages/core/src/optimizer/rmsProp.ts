import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireDecay, requireNonNegative } from "../check/require.js";
import { linf } from "../norm/linfAndL1.js";
import { recorded } from "../recipe/recipe.js";
import { adaptiveDescent, fixedScales } from "./adaptiveDescent.js";
import { type EpsilonPlacement, requirePlacement } from "./epsilonPlacement.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { none } from "./memory/none.js";
import { secondMoments } from "./memory/secondMoments.js";
import type { Optimizer } from "./optimizer.js";

export interface RmsPropOptions {
  /** α in [0, 1): how slowly the second moments forget. */
  readonly decay: number;
  /** ε >= 0 in units of the gradient of the risk that the optimiser sees; inside the root, of its square. 0/0 is 0. */
  readonly epsilon: number;
  /** Outside the root where it is absent: √v + ε, as in torch.optim. "inside": √(v + ε), as in TensorFlow.js. */
  readonly epsilonPlacement?: EpsilonPlacement | undefined;
  /** μ in [0, 1): of a buffer of steps, not of gradients. */
  readonly momentum: number;
}

/**
 * RMSProp as in torch.optim: not centred, no bias correction. The second moments v live in the loss frame s.
 *
 *   v ← α v + (1 - α) g²,  g = e^logRisk ghat      b ← μ b + g / (√v + ε), inside g / √(v + ε)      θ ← θ - η b
 *   r ← √((√α e^(s' - s) r)² + (e^(logRisk - s) ghat)²)                        r = e^-s √(v / (1 - α)), never below |e^(logRisk - s) ghat|
 *
 * b has no unit, so it needs no frame. A weight whose first gradient comes after the risk fell by e^-745 faster than v forgets does not move then.
 * Source: Tieleman & Hinton, 2012, lecture 6.5; RMSProp(α = ε = μ = 0) is sign descent, bit for bit.
 *
 * @param options  decay α and momentum μ in [0, 1); epsilon >= 0 in units of the gradient (inside the root: of its square)
 * @returns an optimiser with own norm ℓ∞
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function rmsProp(options: RmsPropOptions): Optimizer {
  refuseUnknownKeys("rmsProp", options, { decay: ["alpha", "rho"], epsilon: true, momentum: true, epsilonPlacement: true });
  const decay = requireDecay("decay", options.decay);
  const epsilon = requireNonNegative("epsilon", options.epsilon);
  const momentum = requireDecay("momentum", options.momentum);
  const placement = requirePlacement("epsilonPlacement", options.epsilonPlacement);
  const inverse = 1 / Math.sqrt(1 - decay);
  const scales = { mean: inverse, root: 1, epsilon: inverse };
  const accumulate = { accumulate: "sum", nesterov: false } as const;
  return recorded(
    "rmsProp",
    [options],
    adaptiveDescent({
      id: "rmsProp",
      first: momentumMemory({ momentum: 0, ...accumulate }), // the gradient in the frame: it underflows there, where 0/0 is 0, or not at all
      second: secondMoments({ accumulate: "average", decay }),
      startScales: () => fixedScales(scales),
      epsilon,
      placement,
      steps: momentum === 0 ? none : momentumMemory({ momentum, ...accumulate }),
      expectation: {
        margin: linf,
        source:
          "Tsilivis et al., JMLR 27 (2026), section 4, for Adam without momentum while epsilon is negligible; l2 once epsilon dominates: Wang et al., ICML 2021",
        ...(epsilon === 0 && { grows: true }),
      },
      lengthUnit: "unit",
    }),
  );
}

export const rmsPropMember: OptimizerMember = {
  factory: "rmsProp",
  make: rmsProp,
  title: "RMSProp",
  examples: () => ({ rmsProp: rmsProp({ decay: 0.9, epsilon: 0, momentum: 0.5 }) }),
};
