import type { Kernels, Pointer } from "@steepest/kernels";
import { knownOptions, refuseUnknownKeys } from "../check/knownKeys.js";
import { requireAbove, requireOneOf, requirePositive } from "../check/require.js";
import { l2 } from "../norm/l2.js";
import { l1 } from "../norm/linfAndL1.js";
import { lp } from "../norm/lp.js";
import type { Norm } from "../norm/norm.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import type { Optimizer } from "./optimizer.js";

/** A separable potential φ, as data. */
export type Potential =
  /** ½ ||θ||₂²: mirror descent is gradient descent. */
  | { readonly kind: "quadratic" }
  /** Σ |θⱼ|^p / p, 1 < p < ∞. */
  | { readonly kind: "power"; readonly p: number }
  /** Σ θⱼ asinh(θⱼ / β) - √(θⱼ² + β²), β > 0. */
  | { readonly kind: "hyperbolicEntropy"; readonly beta: number };

export interface MirrorDescentOptions {
  readonly potential: Potential;
}

/** θ ← ∇φ*(∇φ(θ) + length direction), entry by entry; `dual` is f64[n] of scratch. */
type MirrorStep = (kernels: Kernels, theta: Pointer, direction: Pointer, dual: Pointer, n: number, length: number) => void;

interface MirrorMap {
  /** The norm whose margin it raises, in linear models. */
  readonly norm: Norm;
  readonly source: string;
  readonly step: MirrorStep;
}

/**
 * Mirror descent with a separable potential φ.
 *
 *   θ ← ∇φ*(∇φ(θ) - η ∇R)
 *
 *   quadratic            ∇φ(θ) = θ                      ∇φ*(z) = z
 *   power                ∇φ(θ) = sign(θ) |θ|^(p-1)      ∇φ*(z) = sign(z) |z|^(1/(p-1))
 *   hyperbolicEntropy    ∇φ(θ) = asinh(θ / β)           ∇φ*(z) = β sinh(z)
 *
 * No state: ∇φ(θ) is computed anew in every step. With power a weight without gradient keeps its bits, at every p and magnitude; with hyperbolicEntropy it
 * moves by the rounding of the round trip, a few ULP. `direction` is -ghat, and `move` returns the multiple of it by which ∇φ(θ), not θ, moved. Steps are
 *     measured in the potential's own norm only roughly.
 * Source: Nemirovski & Yudin, 1983; power: Azizan, Lale & Hassibi, 2021; hyperbolicEntropy: Ghai, Hazan & Singer, ALT 2020.
 *
 * @param options  the potential, as data
 * @returns an optimiser whose own norm is that of the potential, and whose steps scale with the gradient
 * @throws DefinitionError  on an unknown option or potential, or a parameter of it out of its range
 */
export function mirrorDescent(options: MirrorDescentOptions): Optimizer {
  const { potential } = knownOptions("mirrorDescent", options, { potential: true });
  const { norm, source, step } = mirrorMap(potential);
  const spans = (parameterCount: number) => ({ dual: parameterCount });
  return recorded("mirrorDescent", [{ potential }], {
    id: "mirrorDescent",
    ownNorm: norm,
    expectation: { margin: norm, source },
    lengthUnit: "gradient",
    movesAlongDirection: potential.kind === "quadratic",
    plan: (plan, { length }) => {
      plan.spans(spans(length));
    },
    bind: ({ kernels, arena, theta, ghat, direction }) => {
      const n = theta.length;
      const { dual } = arena.spans(spans(n));
      let frame = Number.NaN;
      return {
        carry: () => {},
        aim: (logRisk) => {
          frame = logRisk;
          kernels.scale(ghat.ptr, direction.ptr, n, -1);
        },
        move: ({ size, logScale }) => {
          const length = size * kernels.exp(frame + logScale);
          step(kernels, theta.ptr, direction.ptr, dual.ptr, n, length);
          return length;
        },
      };
    },
  });
}

function mirrorMap(potential: Potential): MirrorMap {
  requireOneOf("potential.kind", potential?.kind, ["quadratic", "power", "hyperbolicEntropy"]);
  switch (potential.kind) {
    case "quadratic":
      refuseUnknownKeys("potential", potential, { kind: true });
      return quadratic;
    case "power":
      refuseUnknownKeys("potential", potential, { kind: true, p: true });
      return power(requireAbove("potential.p", potential.p, 1));
    case "hyperbolicEntropy":
      refuseUnknownKeys("potential", potential, { kind: true, beta: true });
      return hyperbolicEntropy(requirePositive("potential.beta", potential.beta));
  }
}

const quadratic: MirrorMap = {
  norm: l2,
  source: "Lyu & Li, ICLR 2020, as gradient descent",
  step: (kernels, theta, direction, _dual, n, length) => kernels.axpy(direction, theta, n, length),
};

const power = (p: number): MirrorMap => ({
  norm: lp(p),
  source: "Sun et al., NeurIPS 2022, for linear models",
  step: (kernels, theta, direction, _dual, n, length) => kernels.mirrorPower(theta, direction, n, length, p - 1),
});

const hyperbolicEntropy = (beta: number): MirrorMap => ({
  norm: l1,
  source: "Pesme, Dragomir & Flammarion, NeurIPS 2024, for the flow of linear models, as l1 is what the potential tends to far out",
  step: (kernels, theta, direction, dual, n, length) => {
    kernels.scaledAsinh(theta, dual, n, beta);
    kernels.axpy(direction, dual, n, length);
    kernels.scaledSinh(dual, theta, n, beta);
  },
});

export const mirrorDescentMember: OptimizerMember = {
  factory: "mirrorDescent",
  make: mirrorDescent,
  title: "mirror descent",
  examples: () => ({
    "mirror descent, power": mirrorDescent({ potential: { kind: "power", p: 3 } }),
    "mirror descent, hyperbolic entropy": mirrorDescent({ potential: { kind: "hyperbolicEntropy", beta: 0.5 } }),
  }),
};
