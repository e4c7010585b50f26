import type { Arena, ArenaPlan, Kernels, Span } from "@steepest/kernels";
import type { Carrying } from "../carry/carrier.js";
import { knownOptions } from "../check/knownKeys.js";
import { requireList, requireObject, requireOneOf, requireText } from "../check/require.js";
import { type PartKind, requirePart } from "../check/requirePart.js";
import type { Decomposition } from "../direction/direction.js";
import { type Norm, type NormShape, normPart } from "../norm/norm.js";

/**
 * An optimiser: it moves the parameters, given the gradient in the loss frame: ∇R = e^logRisk · ghat. It never sees R itself, so it works at
 * any tiny risk.
 */
export interface Optimizer {
  readonly id: string;
  /** The norm its steps are measured in: alignment, margin-paced steps and the own soft margin use it. */
  readonly ownNorm: Norm;
  /** The margin that theory says the optimiser raises, if theory says so. */
  readonly expectation: Expectation;
  /** "unit": a step of size η moves by about η in the own norm, whatever the risk. "gradient": in proportion to ∇R, by η ||∇R||_* without a memory. */
  readonly lengthUnit: "unit" | "gradient";
  /** The length, in the own norm, of a step of size 1, decay aside. Default 1. Rules that pace by that norm divide by it. */
  readonly unitLength?: number;
  /** true: it also moves, or looks at, weights whose gradient is always zero, so none may be left out. Default false. */
  readonly needsEveryWeight?: boolean;
  /** false: the multiple of the direction that `move` returns moves another variable than θ, such as a dual one. Default true. */
  readonly movesAlongDirection?: boolean;
  /** Decompositions that a step makes of every matrix. Default none. */
  readonly decompositions?: readonly Decomposition[];
  /** λ of a decoupled decay: a step of size η multiplies θ by 1 - η λ first, which makes sense up to η = 1 / λ. Absent: none, or not known before `bind`. */
  readonly decay?: number;
  /** Conventions on which libraries differ, one sentence each, for reports: "ε outside the root: √v + ε, as in torch.optim". Absent: none. */
  readonly conventions?: readonly string[];
  plan(plan: ArenaPlan, shape: NormShape): void;
  /** @throws DefinitionError  if the optimiser does not fit the shape */
  bind(context: OptimizerContext): BoundOptimizer;
}

/** The kind of optimisers. */
export const optimizerPart: PartKind<Optimizer> = {
  what: "an optimizer such as steepestDescent({ norm: norms.l2, normalized: true }) makes",
  hint: "optimizers are made by factories: adam, muon, steepestDescent and others",
  functions: ["plan", "bind"],
  check: (path, { ownNorm, lengthUnit, expectation, conventions = [] }) => {
    requirePart(`${path}.ownNorm`, ownNorm, normPart);
    requireOneOf(`${path}.lengthUnit`, lengthUnit, ["unit", "gradient"]);
    checkExpectation(`${path}.expectation`, expectation);
    for (const [i, text] of requireList(`${path}.conventions`, conventions, "texts").entries())
      requireText(`${path}.conventions.${i}`, text);
  },
};

/** Checks an expectation. @throws DefinitionError  unless it is a norm or undefined, with a source, and nothing that no expectation has */
export function checkExpectation(path: string, expectation: Expectation): void {
  const { margin, source } = knownOptions(path, requireObject(path, expectation), {
    margin: true,
    source: true,
    grows: true,
    boundsParameters: true,
  });
  if (margin !== undefined) requirePart(`${path}.margin`, margin, normPart);
  requireText(`${path}.source`, source);
}

/** An expectation of theory; `margin` is undefined where theory is silent, and `source` then says what is known. */
export interface Expectation {
  readonly margin: Norm | undefined;
  readonly source: string;
  /**
   * true: along the flow, which ever shorter steps follow whatever the memory, the own soft margin never falls once the data is separated, on every
   * homogeneous network; a fall then comes from the steps. Absent: theory is silent, or speaks of the limit, of linear models or of a part of the run alone.
   */
  readonly grows?: true;
  /** true: θ stays bounded, so that the risk has a least value, at which a good run settles. Absent: it may fall to 0. */
  readonly boundsParameters?: true;
}

export interface OptimizerContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  /** The matrices that θ, ghat and the direction consist of. */
  readonly shape: NormShape;
  /** f64[p], moved in place. */
  readonly theta: Span;
  /** f64[p], ∇R / R; not modified. */
  readonly ghat: Span;
  /** f64[p], the optimiser's to write in `aim`, not modified by others until the next `aim`. */
  readonly direction: Span;
}

/** A step size in the form η = size · e^logScale, so that η / R needs no R. */
export interface StepSize {
  readonly size: number;
  readonly logScale: number;
}

/**
 * One step is `aim`, then `move`. A step that is taken back restores θ and calls `move` again, with another size. `carry` carries the memory, between two
 * steps; θ and the direction are the caller's.
 */
export interface BoundOptimizer extends Carrying {
  /** Takes the gradient at the current θ into the memory and writes the direction. `logRisk` belongs to the risk that the optimiser sees. */
  aim(logRisk: number): void;
  /** Moves θ by a multiple of the direction (mirror descent: ∇φ(θ), not θ), and returns that multiple. Changes nothing else that outlives the step. */
  move(stepSize: StepSize): number;
  /** Weight decay of the optimiser, per unit of step size; the largest one where layers have their own. */
  readonly decay?: number;
  /** true: a step also scales or projects θ, so the multiple of the direction is not all that moved it. Default false. */
  readonly rescales?: boolean;
  /** True if the last `move` was no step along the direction but a rescaling of θ, which no step size makes shorter. Absent: never. */
  hasRescaled?(): boolean;
  /** Numbers of its own for the record, each a mean over the weights, such as Adam's share of entries that epsilon dominates. */
  readings?(): Readonly<Record<string, number>>;
}
