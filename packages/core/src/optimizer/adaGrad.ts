import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireNonNegative } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import { adaptiveDescent, fixedScales } from "./adaptiveDescent.js";
import { type EpsilonPlacement, requirePlacement } from "./epsilonPlacement.js";
import type { OptimizerMember } from "./member.js";
import { none } from "./memory/none.js";
import { secondMoments } from "./memory/secondMoments.js";
import type { Optimizer } from "./optimizer.js";

export interface AdaGradOptions {
  /** ε >= 0 in units of the gradient of the risk that the optimiser sees; inside the root, of its square. 0/0 is 0. */
  readonly epsilon: number;
  /** Outside the root where it is absent: √v + ε, as in torch.optim. "inside": √(v + ε), as in TensorFlow.js. */
  readonly epsilonPlacement?: EpsilonPlacement | undefined;
}

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
 *
 * @param options  epsilon >= 0 in units of the gradient (inside the root: of its square), and its placement
 * @returns an optimiser with own norm ℓ∞
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function adaGrad(options: AdaGradOptions): Optimizer {
  refuseUnknownKeys("adaGrad", options, { epsilon: true, epsilonPlacement: true });
  const epsilon = requireNonNegative("epsilon", options.epsilon);
  const placement = requirePlacement("epsilonPlacement", options.epsilonPlacement);
  return recorded(
    "adaGrad",
    [options],
    adaptiveDescent({
      id: "adaGrad",
      first: none,
      second: secondMoments({ accumulate: "sum" }),
      startScales: () => fixedScales({ mean: 1, root: 1, epsilon: 1 }),
      epsilon,
      placement,
      expectation: {
        margin: undefined,
        source: "not l2: a norm weighted by the limit of the sums, so by the run itself; Wang et al., ICML 2021, for the flow",
      },
      lengthUnit: "gradient",
    }),
  );
}

export const adaGradMember: OptimizerMember = {
  factory: "adaGrad",
  make: adaGrad,
  title: "AdaGrad",
  examples: () => ({ adaGrad: adaGrad({ epsilon: 0 }) }),
};
