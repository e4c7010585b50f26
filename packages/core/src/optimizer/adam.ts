import { carrying } from "../carry/carrier.js";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireDecay } from "../check/require.js";
import { linf } from "../norm/linfAndL1.js";
import { recorded } from "../recipe/recipe.js";
import { adaptiveDescent, type ScalesOfRun } from "./adaptiveDescent.js";
import { type Epsilon, requireEpsilon } from "./epsilon.js";
import { type EpsilonPlacement, requirePlacement } from "./epsilonPlacement.js";
import type { OptimizerMember } from "./member.js";
import { momentum } from "./memory/momentum.js";
import { secondMoments } from "./memory/secondMoments.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** ε >= 0 in units of the gradient of the risk that the optimiser sees; inside the root, of its square. 0/0 is 0. */
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
 *
 * @param options  beta1, beta2 in [0, 1); epsilon >= 0 in units of the gradient (inside the root: of its square)
 * @returns an optimiser with own norm ℓ∞ and the reading `epsilonShare`
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function adam(options: AdamOptions): Optimizer {
  refuseUnknownKeys("adam", options, { beta1: true, beta2: true, epsilon: true, epsilonPlacement: true });
  const beta1 = requireDecay("beta1", options.beta1);
  const beta2 = requireDecay("beta2", options.beta2);
  const epsilon = requireEpsilon("epsilon", options.epsilon);
  const placement = requirePlacement("epsilonPlacement", options.epsilonPlacement);
  return recorded(
    "adam",
    [options],
    adaptiveDescent({
      id: "adam",
      first: momentum({ momentum: beta1, accumulate: "average", nesterov: false }),
      second: secondMoments({ accumulate: "average", decay: beta2 }),
      startScales: () => corrections(beta1, beta2),
      epsilon,
      placement,
      expectation: {
        margin: linf,
        source: "Tsilivis et al., JMLR 27 (2026), section 4, while epsilon is negligible; l2 once epsilon dominates the second moments",
        ...(epsilon === 0 && { grows: true }),
      },
      lengthUnit: "unit",
    }),
  );
}

/** Adam's corrections of the bias of averages that start at 0, step by step. */
function corrections(beta1: number, beta2: number): ScalesOfRun {
  const powers = { beta1: 1, beta2: 1 };
  return carrying(
    () => {
      powers.beta1 *= beta1;
      powers.beta2 *= beta2;
      return { mean: 1 / (1 - powers.beta1), root: Math.sqrt((1 - beta2) / (1 - powers.beta2)), epsilon: 1 };
    },
    (carrier) => carrier.values(powers),
  );
}

const logOfExampleEpsilon = -6.907755278982137; // log 1e-3

/** Options of the examples. */
export function someAdam(logFrame: number): AdamOptions & { readonly epsilon: { readonly log: number } } {
  return { beta1: 0.9, beta2: 0.99, epsilon: { log: logOfExampleEpsilon + logFrame } };
}

export const adamMember: OptimizerMember = {
  factory: "adam",
  make: adam,
  title: "Adam",
  examples: (logFrame) => {
    const options = someAdam(logFrame);
    return {
      adam: adam(options),
      "adam, epsilon inside": adam({ ...options, epsilon: { log: 2 * options.epsilon.log }, epsilonPlacement: "inside" }),
    };
  },
};
