import type { Arena, ArenaPlan, Kernels, Span } from "@steepest/kernels";
import type { Norm, NormShape } from "../norm/norm.js";

/**
 * What an optimiser does to the parameters, given the gradient in the loss frame: ∇R = e^logRisk · ghat. It never sees R itself, so it works at
 * any tiny risk.
 */
export interface Optimizer {
  readonly id: string;
  /** The norm whose margin theory says this optimiser raises. */
  readonly ownNorm: Norm;
  /** "unit": a step of size η moves by about η in the own norm, whatever the risk. "gradient": by η ||∇R||_*. */
  readonly lengthUnit: "unit" | "gradient";
  plan(plan: ArenaPlan, shape: NormShape): void;
  bind(context: OptimizerContext): BoundOptimizer;
}

export interface OptimizerContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  /** The matrices that θ, ghat and the direction consist of. */
  readonly shape: NormShape;
  /** f64[p], moved in place by each step. */
  readonly theta: Span;
  /** f64[p], ∇R / R; not modified. */
  readonly ghat: Span;
  /** f64[p], scratch for the direction. */
  readonly direction: Span;
}

/** A step size in the form η = size · e^logScale, so that η / R needs no R. */
export interface StepSize {
  readonly size: number;
  readonly logScale: number;
}

export interface BoundOptimizer {
  /** Moves θ. `logRisk` belongs to the risk that the optimiser sees (the mean where the loss says so). Returns what multiplied the direction. */
  step(logRisk: number, stepSize: StepSize): number;
}
