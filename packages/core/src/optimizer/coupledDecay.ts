import { requirePart } from "../check/requirePart.js";
import { l2 } from "../norm/l2.js";
import { norms } from "../norm/registry.js";
import { recorded } from "../recipe/recipe.js";
import { adam, someAdam } from "./adam.js";
import { type Epsilon, logOfEpsilon, requireEpsilon } from "./epsilon.js";
import type { OptimizerMember } from "./member.js";
import { type Expectation, type Optimizer, optimizerPart } from "./optimizer.js";
import { steepestDescent } from "./steepestDescent.js";

const bounded: Expectation = {
  margin: undefined,
  boundsParameters: true,
  source: "decay bounds θ, so the risk does not vanish and margin theory is silent; the limit is a stationary point of R + λ/2 ||θ||₂²",
};

/**
 * Coupled weight decay: the optimiser sees the gradient of R + λ/2 ||θ||₂², so that the decay passes through its memory, its norm and its step size.
 *
 *   ∇R + λ θ = e^s (e^(logRisk - s) ghat + e^(log λ - s) θ),  s = max(logRisk, log λ)
 *
 * Neither factor leaves binary64, however small the risk. Decay 0 is the optimiser itself, bit for bit. Decoupled decay, `decoupledDecay`, is another
 * algorithm for every optimiser but gradient descent.
 * Source: Krogh & Hertz, NeurIPS 1991; the option weight_decay of torch.optim.SGD and Adam.
 *
 * @param optimizer  the optimiser of the regularised risk
 * @param decay      λ >= 0, or its logarithm, in units of the gradient of the risk that the optimiser sees, per unit of θ
 * @returns an optimiser with the own norm and memory of `optimizer`
 * @throws DefinitionError  unless it is an optimizer, and the decay is finite and >= 0
 */
export function coupledDecay(optimizer: Optimizer, decay: Epsilon): Optimizer {
  requirePart("optimizer", optimizer, optimizerPart);
  requireEpsilon("decay", decay);
  if (decay === 0) return optimizer;
  return recorded("coupledDecay", [optimizer, decay], {
    ...optimizer,
    id: `${optimizer.id} with coupled decay`,
    expectation: bounded,
    needsEveryWeight: true, // weights without a gradient decay too
    plan: (plan, shape) => {
      plan.span(shape.length);
      optimizer.plan(plan, shape);
    },
    bind: (context) => {
      const { kernels, arena, theta, ghat } = context;
      const regularised = arena.span(ghat.length);
      const bound = optimizer.bind({ ...context, ghat: regularised });
      const logDecay = logOfEpsilon(kernels, decay);
      return {
        ...bound,
        aim: (logRisk) => {
          const scale = Math.max(logRisk, logDecay);
          kernels.scale(theta.ptr, regularised.ptr, theta.length, kernels.exp(logDecay - scale));
          kernels.axpy(ghat.ptr, regularised.ptr, ghat.length, kernels.exp(logRisk - scale));
          bound.aim(scale);
        },
      };
    },
  });
}

export const coupledDecayMember: OptimizerMember = {
  factory: "coupledDecay",
  make: coupledDecay,
  title: "coupled decay",
  examples: (logFrame) => {
    const decay = { log: logFrame - 7 };
    return {
      "gradient descent, coupled decay": coupledDecay(steepestDescent({ norm: l2, normalized: false }), decay),
      "adam, coupled decay": coupledDecay(adam(someAdam(logFrame)), decay),
      "spectral descent, coupled decay": coupledDecay(steepestDescent({ norm: norms.spectral, normalized: true }), decay),
    };
  },
};
