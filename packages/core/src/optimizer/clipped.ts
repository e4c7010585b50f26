import { knownOptions } from "../check/knownKeys.js";
import { requirePositive } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { l2 } from "../norm/l2.js";
import { linf } from "../norm/linfAndL1.js";
import { type Norm, normPart } from "../norm/norm.js";
import { recorded } from "../recipe/recipe.js";
import { type Epsilon, logOfEpsilon, requireEpsilon } from "./epsilon.js";
import { heavyBall } from "./heavyBall.js";
import type { OptimizerMember } from "./member.js";
import { type Expectation, type Optimizer, optimizerPart } from "./optimizer.js";
import { steepestDescent } from "./steepestDescent.js";

export interface ClippedOptions {
  /** The norm of θ in whose dual gradients are measured: l2 for their Euclidean length, linf for their ℓ1 norm. */
  readonly norm: Norm;
  /** Largest dual norm of a gradient of the risk that the optimiser sees, > 0, or its logarithm. */
  readonly length: Epsilon;
}

/**
 * Gradient clipping: the optimiser sees the gradient of the risk shortened to a length, if it is longer.
 *
 *   g = ∇R min(1, length / ||∇R||_*)      in the loss frame:  g = e^min(logRisk, log length - log ||ghat||_*) ghat
 *
 * So only the logarithm of the risk that the optimiser is told changes. A normalised optimiser without a memory does the same with and without it, and so does
 * every optimiser from the step on at which all gradients are shorter: what theory expects stays, for the late phase.
 * Source: Pascanu, Mikolov & Bengio, ICML 2013; torch.nn.utils.clip_grad_norm_ with l2, without its 1e-6 in the denominator.
 *
 * @param optimizer  the optimiser that sees the clipped gradient
 * @param options    the norm, and the largest dual norm > 0
 * @returns an optimiser with the own norm and memory of `optimizer`
 * @throws DefinitionError  unless it is an optimizer, on an unknown option, or a value out of its range
 */
export function clipped(optimizer: Optimizer, options: ClippedOptions): Optimizer {
  const { norm, length } = knownOptions("clipped", options, { norm: ["norm_type"], length: ["max_norm"] });
  requirePart("optimizer", optimizer, optimizerPart);
  requirePart("clipped.norm", norm, normPart);
  if (typeof length === "object") requireEpsilon("clipped.length", length);
  else requirePositive("clipped.length", length);
  return recorded("clipped", [optimizer, { norm, length }], {
    ...optimizer,
    id: `${optimizer.id} with clipped gradients`,
    expectation: inTheLatePhase(optimizer.expectation),
    decompositions: [...(optimizer.decompositions ?? []), ...(norm.dual.decomposes ? (["polar"] as const) : [])],
    needsEveryWeight: norm.dependsOnPosition || (optimizer.needsEveryWeight ?? false),
    plan: (plan, shape) => {
      planNorm(plan, norm, shape);
      optimizer.plan(plan, shape);
    },
    bind: (context) => {
      const { kernels, arena, shape, ghat } = context;
      const { dualNorm } = bindNormIn(arena, norm, shape);
      const bound = optimizer.bind(context);
      const logLength = logOfEpsilon(kernels, length);
      return {
        ...bound,
        aim: (logRisk) => bound.aim(Math.min(logRisk, logLength - kernels.log(dualNorm(ghat)))),
      };
    },
  });
}

const inTheLatePhase = ({ margin, source }: Expectation): Expectation => ({
  margin,
  source: margin ? `${source}; once no gradient is clipped any more` : source,
});

export const clippedMember: OptimizerMember = {
  factory: "clipped",
  make: clipped,
  title: "clipped gradients",
  examples: (logFrame) => {
    const length = { log: logFrame - 2 };
    return {
      "gradient descent, clipped": clipped(steepestDescent({ norm: l2, normalized: false }), { norm: l2, length }),
      "heavy ball, clipped by the l1 norm of the gradient": clipped(heavyBall({ momentum: 0.9, nesterov: false }), { norm: linf, length }),
    };
  },
};
