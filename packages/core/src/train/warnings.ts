import type { Loss } from "../loss/loss.js";
import { type Samples, sampleCountOf } from "../network/data.js";
import type { Optimizer } from "../optimizer/optimizer.js";
import type { StepRule } from "../step/stepRule.js";
import type { Descent } from "./descentWatch.js";
import type { TrainPoint } from "./point.js";

/**
 * The run goes on, but something is wrong with it; told once each, at the first point that shows it.
 *
 *   chatter      a step after separation changes sample margins by more than 2, `value` says by how much, and the step rule does not watch the own soft
 *                margin
 *   softMarginFall  the own soft margin, which by theory grows, has lost the share `value` of its peak, by however small steps
 *   deadSamples  how many samples nothing can reach
 *   lostUpdates  rounding swallows every update
 *   underflow    how many samples have a score or gradient that is not 0 but that no double holds: what they add to a step is lost
 *   stagnation   for `value` steps, the later half of the run at least, the log risk has gone up and down and its least value has hardly fallen: the steps
 *                undo each other, at a kink of a ReLU network or around a minimum that they are too long for
 *   overdecay    a step multiplied θ by 1 - value < 0: decoupled decay turned it around, and it leaves the ball that decay keeps it in
 */
export interface TrainWarning {
  readonly kind: "warning";
  readonly what: "chatter" | "softMarginFall" | "deadSamples" | "lostUpdates" | "underflow" | "overdecay" | "stagnation";
  readonly step: number;
  readonly value: number;
  /** The remedy, as a clause: "use a smaller c". */
  readonly advice: string;
}

/** The circumstances that decide, besides the numbers of a point, which warnings are true, and their advice. */
export interface WarningFacts {
  readonly optimizer: Optimizer;
  readonly rule: StepRule;
  readonly loss: Loss;
  /** true: the rule takes back steps after which the own soft margin has fallen. */
  readonly keepsSoftMargin: boolean;
  /** Largest η λ of a step so far, λ the decoupled decay. */
  readonly largestDecay: number;
  readonly descent: Descent;
  /** Number of training samples that are all 0. */
  readonly zeroSamples: number;
}

/** Margin-paced steps of c = 1 reach 1.1 after separation, through curvature; from 20 on sign descent loses its margin. */
const chatterAbove = 2;

/** Runs of the catalog lose at most 1.1e-4 of their peak; sign descent at the kinks of a ReLU network may lose nearly all of it. */
const fallsAbove = 0.05;

/** Fewest steps that show that steps undo each other; the risk falls by less than 1 % in them, and by less than 1 % of the way that its logarithm goes. */
const fewestSteps = 500;
const hardlyFalls = 0.01;

/** The mean change of the log risk by a step, relative to it, from which on it is not that of rounding. */
const isChange = 2 ** -36;

/** Up to it η λ may be 1 but for rounding. */
const decaysAll = 1 + 2 ** -50;

export function warningsOf({ step, logRisk, health, separationStep }: TrainPoint, facts: WarningFacts): TrainWarning[] {
  const warnings: TrainWarning[] = [];
  const warn = (what: TrainWarning["what"], value: number, advice: string): void => {
    warnings.push({ kind: "warning", what, step, value, advice });
  };
  const { marginChange, deadSamples, lostUpdates, underflows, softMarginFall } = health;
  const { largestDecay, keepsSoftMargin } = facts;
  if (largestDecay > decaysAll) warn("overdecay", largestDecay, overdecayAdvice(facts));
  if (separationStep !== undefined && marginChange > chatterAbove && !keepsSoftMargin) warn("chatter", marginChange, chatterAdvice(facts));
  if (softMarginFall > fallsAbove) warn("softMarginFall", softMarginFall, fallAdvice(facts));
  if (deadSamples > 0) warn("deadSamples", deadSamples, deadAdvice(deadSamples, facts));
  if (underflows > 0) warn("underflow", underflows, "start from larger weights or multiply the inputs by a constant");
  if (isStagnant(facts, logRisk)) warn("stagnation", facts.descent.steps, stagnationAdvice(facts));
  if (lostUpdates === 1) warn("lostUpdates", lostUpdates, lostAdvice(facts));
  return warnings;
}

/** True if steps that move undo each other. Where decay bounds θ the risk has a least value that a good run settles at. */
function isStagnant({ optimizer, descent, largestDecay }: WarningFacts, logRisk: number): boolean {
  const { steps, fall, variation } = descent;
  if (steps < fewestSteps || largestDecay > 0 || optimizer.expectation.boundsParameters) return false;
  return fall < hardlyFalls && fall < hardlyFalls * variation && variation > steps * isChange * Math.max(1, Math.abs(logRisk));
}

const shorter = ({ rule }: WarningFacts): string => rule.remedy?.shorter ?? "shorter steps";

function overdecayAdvice(facts: WarningFacts): string {
  const { decay = 0 } = facts.optimizer;
  return decay > 0 ? `use ${shorter(facts)}: steps must be at most 1 / decay = ${1 / decay}` : `use ${shorter(facts)} or a smaller decay`;
}

function chatterAdvice(facts: WarningFacts): string {
  const { optimizer, rule } = facts;
  const pacing = optimizer.lengthUnit === "unit" && rule.appliesTo === "any" ? " or marginPaced" : "";
  return `use ${shorter(facts)}${pacing}`;
}

function fallAdvice({ optimizer, rule, keepsSoftMargin }: WarningFacts): string {
  const { shorter = "shorter steps", steadier = shorter } = rule.remedy ?? {};
  const judging = "backtracking, which takes back steps that lower it";
  return optimizer.lengthUnit === "unit" && !keepsSoftMargin ? `use ${judging}, or ${steadier}` : `use ${steadier}`;
}

function stagnationAdvice(facts: WarningFacts): string {
  return `use ${shorter(facts)} or momentum, unless there is no lower risk`;
}

function deadAdvice(dead: number, { zeroSamples }: WarningFacts): string {
  return dead === zeroSamples ? "remove what is 0 in every input" : "use a wider network or another initialisation";
}

function lostAdvice({ optimizer, rule, loss }: WarningFacts): string {
  const vanishes = optimizer.lengthUnit === "gradient" && rule.appliesTo === "any"; // its steps are in proportion to the gradient
  return vanishes && loss.sees !== "targets"
    ? "use lossBased steps, which do not vanish with the gradient, or stop earlier"
    : `stop earlier or use ${rule.remedy?.longer ?? "longer steps"}`;
}

/** Number of samples whose inputs are all 0. */
export function zeroSampleCount(data: Samples): number {
  const { inputs, inputDim } = data;
  let count = 0;
  for (let i = 0; i < sampleCountOf(data); i++) if (inputs.subarray(i * inputDim, (i + 1) * inputDim).every((x) => x === 0)) count++;
  return count;
}
