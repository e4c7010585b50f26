import type { Kernels } from "@steepest/kernels";
import type { Carrying } from "../carry/carrier.js";
import { requireOneOf } from "../check/require.js";
import type { PartKind } from "../check/requirePart.js";
import type { StepSize } from "../optimizer/optimizer.js";
import type { Member } from "../recipe/member.js";

/** The state before a step, as far as a step rule sees it. */
export interface StepContext {
  readonly kernels: Kernels;
  /** t: the number of steps that the rule has already made. */
  readonly step: number;
  /** log of the risk that the optimiser sees: of the mean, where the loss says so. With variance-reduced gradients that of all samples, as the batch's estimate it. */
  readonly logRisk: number;
  /** log Σᵢ l(qᵢ) over the samples of the step, whatever the loss's reduction. */
  readonly logRiskOfSum: number;
  /** R < l(0), R the risk of the samples of the step. */
  readonly separated: boolean;
  /** L. */
  readonly degree: number;
  /** ||θ|| in the optimiser's own norm. */
  normOfTheta(): number;
  /** ||θ|| of the weights that move alone: those of inputs that are zero in every sample are in no gradient. */
  normOfMoving(): number;
  /** ||ghat||_* in the optimiser's own norm; with e^logRisk it is ||∇R||_*. */
  dualNormOfGhat(): number;
  /** maxᵢ ||∇f(xᵢ)||_* in the dual of the optimiser's own norm, over the samples of the step; computed when asked for, first before the step is tried. */
  maxSampleGradient(): number;
}

/** The state before or after a tried step, as far as a rule may judge it. NaN where a score stopped being finite. */
export interface Judged {
  /** log of the risk that the optimiser sees. */
  readonly logRisk: number;
  readonly separated: boolean;
  /** Soft margin in the optimiser's own norm. */
  softMargin(): number;
}

/** A rule as a value; every run starts a control of its own. */
export interface StepRule {
  readonly id: string;
  /** The optimisers that the rule fits: "any", or those of this `lengthUnit`. The sizes of a "unit" rule are lengths in the own norm. */
  readonly appliesTo: "any" | "unit" | "gradient";
  /** true: the rule judges steps by the risk of all samples, which mini-batches do not see. Default false. */
  readonly needsWholeData?: boolean;
  /** true: its sizes, or what it takes back, come from margins or the soft margin, which a loss of targets does not have. Default false. */
  readonly needsMargins?: boolean;
  /** true: its sizes grow as 1 / R, which only the gradient of a loss with an exponential tail makes up for. Default false. */
  readonly needsExponentialTail?: boolean;
  /** The largest size of all its steps, where that is known before the run. */
  readonly largestSize?: number;
  /** true: its sizes are shares of ||θ||, so from θ = 0 it never moves. Default false. */
  readonly isRelative?: boolean;
  /**
   * Words for shorter and longer steps of the rule, for advice: "a smaller size". Absent: "shorter steps" and "longer steps". `steadier`: for steps that
   * keep the own soft margin better, where those are others than the shorter ones.
   */
  readonly remedy?: { readonly shorter: string; readonly longer: string; readonly steadier?: string };
  start(): StepControl;
}

/** The kind of step rules. */
export const stepRulePart: PartKind<StepRule> = {
  what: "a step rule such as constant({ size: 0.1 }) makes",
  hint: "step rules are made by factories: constant, marginPaced, lossBased and others",
  functions: ["start"],
  check: (path, { appliesTo }) => {
    requireOneOf(`${path}.appliesTo`, appliesTo, ["any", "unit", "gradient"]);
  },
};

/** The sizes of one run's steps. `carry` carries what earlier steps have left behind, between two steps. */
export interface StepControl extends Carrying {
  size(context: StepContext): StepSize;
  /** True if the step of the last size stands; false takes it back, and `size` is asked again. Absent: every step stands. */
  accepts?(before: Judged, after: Judged): boolean;
  /** true: no step stands after which the own soft margin has fallen. Default false. */
  readonly keepsSoftMargin?: boolean;
}

/** A step rule in the registry. */
export type StepRuleMember = Member<StepRule>;
