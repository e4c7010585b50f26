import { requireNonNegative } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { linf } from "../norm/linfAndL1.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { checkExpectation, type Expectation, type Optimizer, optimizerPart } from "./optimizer.js";
import { steepestDescent } from "./steepestDescent.js";

/**
 * Decoupled weight decay: θ ← (1 - η λ) θ, then the optimiser's own move. The decay does not pass through the memory, so no loss frame touches it.
 * With `adam` this is AdamW. Decay 0 is the optimiser itself, bit for bit.
 *
 * From η λ = 1 on a step keeps nothing of θ, above it θ is turned around and leaves the ball ||θ|| <= 1 / λ that it is to stay in, for η λ > 2 without
 * bound: step rules whose sizes are known are refused there, `checkStepRule`, others are warned of.
 *
 * Source: Loshchilov & Hutter, ICLR 2019.
 *
 * @param optimizer    the optimiser that moves θ after the decay
 * @param decay        λ >= 0, per unit of step size
 * @param expectation  theory's statement about the combination
 * @returns an optimiser with the own norm and memory of `optimizer`
 * @throws DefinitionError  unless it is an optimizer, and the decay is finite and >= 0
 */
export function decoupledDecay(optimizer: Optimizer, decay: number, expectation: Expectation = bounded): Optimizer {
  requirePart("optimizer", optimizer, optimizerPart);
  requireNonNegative("decay", decay);
  checkExpectation("expectation", expectation);
  if (decay === 0) return optimizer;
  return recorded("decoupledDecay", expectation === bounded ? [optimizer, decay] : [optimizer, decay, expectation], {
    ...optimizer,
    id: `${optimizer.id} with decoupled decay`,
    expectation,
    decay: (optimizer.decay ?? 0) + decay,
    needsEveryWeight: true, // weights without a gradient decay too
    bind: (context) => {
      const { kernels, theta } = context;
      const bound = optimizer.bind(context);
      return {
        ...bound,
        decay: (bound.decay ?? 0) + decay,
        rescales: true,
        move: (stepSize) => {
          const { size, logScale } = stepSize;
          kernels.scale(theta.ptr, theta.ptr, theta.length, 1 - decay * size * kernels.exp(logScale));
          return bound.move(stepSize);
        },
      };
    },
  });
}

const bounded: Expectation = {
  margin: undefined,
  boundsParameters: true,
  source:
    "decay bounds θ, so the risk does not vanish and margin theory is silent; for AdamW the limit is a KKT point in a linf ball: Xie & Li, ICML 2024",
};

export const decoupledDecayMember: OptimizerMember = {
  factory: "decoupledDecay",
  make: decoupledDecay,
  title: "decoupled decay",
  examples: () => ({
    "sign descent, decoupled decay": decoupledDecay(steepestDescent({ norm: linf, normalized: true }), 0.1),
  }),
};
