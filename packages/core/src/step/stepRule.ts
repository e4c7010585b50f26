import type { Kernels } from "@steepest/kernels";
import type { StepSize } from "../optimizer/optimizer.js";

/** What a step rule may look at. */
export interface StepContext {
  readonly kernels: Kernels;
  /** t: the number of steps already made. */
  readonly step: number;
  /** log of the risk that the optimiser sees. */
  readonly logRisk: number;
  /** maxᵢ ||∇f(xᵢ)||_* in the dual of the optimiser's own norm; computed when asked for. */
  maxSampleGradient(): number;
}

export interface StepRule {
  readonly id: string;
  /** Which optimisers the rule makes sense for; "any" or the optimiser's `lengthUnit`. */
  readonly appliesTo: "any" | "unit" | "gradient";
  size(context: StepContext): StepSize;
}
