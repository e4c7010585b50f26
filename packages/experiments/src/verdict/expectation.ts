import { type Loss, losses, type Norm } from "@steepest/core";
import type { ArmDefinition } from "../definition/arm.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import { isHomogeneous, type NetworkOfDefinition, notExpected } from "../network/isHomogeneous.js";
import { buildOptimizer } from "../optimizer/registry.js";
import type { RunRecord } from "../record/runRecord.js";
import { batchGap, notExpectedInBatches } from "./batches.js";
import { numberText, rangeText } from "./numberText.js";

/** The margin that theory expects an arm to raise, next to the measured ones. */
export interface ExpectationFinding {
  readonly arm: string;
  /** "margin.linf", or that theory is silent. */
  readonly expects: string;
  readonly source: string;
  /** The comparison of that margin with those of the other arms, at the log risk named there; or the reason why it is not judged. */
  readonly largest: string;
}

/** Most arms ahead that are named. */
const mostNames = 3;

/** Above this log risk nothing is judged: there margins still change order for reasons that the theorems are not about. */
const judgedBelow = -5;

/** The margin that theory expects an arm to raise, or the reason why it expects none. */
export interface ArmExpectation {
  readonly arm: string;
  readonly margin: Norm | undefined;
  /** "margin.linf", or in words that there is none. */
  readonly expects: string;
  readonly source: string;
}

/** The parts of a definition that say what theory expects of its arms. */
type ExpectedParts = NetworkOfDefinition & Pick<ExperimentDefinition, "arms" | "loss">;

/**
 * The expectations of the arms of an experiment, in their order, each by the optimiser that it ends with: the theorems are about what moves after separation,
 * exponentially tailed losses, homogeneous networks and steps that see all samples.
 */
export function armExpectations({ arms, loss, ...parts }: ExpectedParts): ArmExpectation[] {
  const none = withoutTheory(losses[loss.kind], parts);
  return Object.entries(arms).map(([arm, choice]): ArmExpectation => {
    if (none) return { arm, margin: undefined, ...none };
    const gap = batchGap(choice, parts);
    if (gap !== undefined) return { arm, margin: undefined, expects: notExpectedInBatches, source: gap };
    const { margin, source } = buildOptimizer(lastChoice(choice)).expectation;
    return { arm, margin, expects: margin ? `margin.${margin.id}` : "theory is silent", source };
  });
}

/** The words where no theorem is about the experiment; undefined where some may be. */
function withoutTheory({ sees, id }: Loss, parts: NetworkOfDefinition): Pick<ArmExpectation, "expects" | "source"> | undefined {
  if (sees === "targets")
    return { expects: "theory is silent", source: `theory is of exponentially tailed losses; the loss ${id} has no such tail` };
  if (isHomogeneous(parts)) return undefined;
  return { expects: notExpected, source: "theory is of networks with f(x; cθ) = c^L f(x; θ)" };
}

function lastChoice({ optimizer, phases = [] }: ArmDefinition): ArmDefinition["optimizer"] {
  return phases.findLast((phase) => phase.optimizer)?.optimizer ?? optimizer;
}

/**
 * The optimisers' expectations against the rows; one finding per arm. The theorems are about what happens after separation and as the risk falls, so that
 * of each seed only arms that separated the data are judged, all of them at one log risk: the deepest that every one of them reached, if that is at most -5.
 * Arms that expect the same margin are not compared: theory does not rank them.
 *
 * @param definition  the experiment
 * @param records     its runs
 * @returns one finding per arm, in the order of the arms
 */
export function expectationFindings(definition: ExperimentDefinition, records: readonly RunRecord[]): ExpectationFinding[] {
  const arms = armExpectations(definition).map(({ margin, ...rest }) => ({ ...rest, probe: margin && `margin.${margin.id}` }));
  const comparable = comparableBySeed(records);
  const logLossAtZero = losses[definition.loss.kind].separationLogRisk({ log: Math.log }); // for a text only
  return arms.map(({ arm, probe, expects, source }): ExpectationFinding => {
    if (probe === undefined) return { arm, expects, source, largest: "-" };
    const missing = [probe, "logRisk"].find((name) => !definition.record.probes.includes(name));
    if (missing !== undefined) return { arm, expects, source, largest: `not judged: ${missing} is not recorded` };
    const rivals = arms.filter((other) => other.probe !== probe).map((other) => other.arm);
    const peers = arms.some((other) => other.probe === probe && other.arm !== arm);
    return { arm, expects, source, largest: largestText({ arm, probe, rivals, peers, logLossAtZero }, records, comparable) };
  });
}

/** The runs of one seed that separated the data, and the deepest log risk that all of them recorded. */
interface Comparable {
  readonly runs: readonly RunRecord[];
  readonly logRisk: number;
  /** The arm that came no deeper. */
  readonly slowest: string;
}

function comparableBySeed(records: readonly RunRecord[]): Map<number, Comparable> {
  const seeds = [...new Set(records.map(({ seed }) => seed))];
  return new Map(
    seeds.map((seed) => {
      const runs = records.filter((record) => record.seed === seed && hasSeparated(record));
      const logRisk = Math.max(...runs.map(deepest));
      return [seed, { runs, logRisk, slowest: runs.find((run) => deepest(run) === logRisk)?.arm ?? "" }];
    }),
  );
}

function hasSeparated({ separationStep, outcome }: RunRecord): boolean {
  return separationStep !== undefined && outcome.kind !== "diverged";
}

function deepest({ rows }: RunRecord): number {
  return Math.min(...rows.flatMap(({ logRisk = Number.NaN }) => (Number.isNaN(logRisk) ? [] : [logRisk])));
}

/** The probe's value where a run first reaches a log risk, between two recorded rows on the straight line over log risk; NaN if it has none there. */
function valueAtLogRisk({ rows }: RunRecord, probe: string, logRisk: number): number {
  const i = rows.findIndex((row) => row.logRisk! <= logRisk);
  const [before, row] = [rows[i - 1], rows[i]];
  const value = row?.[probe] ?? Number.NaN;
  if (row === undefined || before === undefined || row.logRisk === logRisk) return value;
  const share = (before.logRisk! - logRisk) / (before.logRisk! - row.logRisk!);
  const from = before[probe] ?? Number.NaN;
  return Number.isFinite(from) && Number.isFinite(before.logRisk) ? from + share * (value - from) : value;
}

interface Expected {
  readonly arm: string;
  readonly probe: string;
  readonly rivals: readonly string[];
  /** true: other arms expect the same. */
  readonly peers: boolean;
  /** The log risk that is below it once the data is separated. */
  readonly logLossAtZero: number;
}

/** A run that can be judged: at which log risk, and who is ahead there or has exactly as much. */
interface Judged {
  readonly logRisk: number;
  readonly ahead: readonly string[];
  readonly level: readonly string[];
}

/** A run that could be judged at a log risk that is still too high. */
interface Early {
  readonly tooEarly: number;
  readonly slowest: string;
}

function judgeRun(
  run: RunRecord,
  { probe, rivals, logLossAtZero }: Expected,
  { runs, logRisk, slowest }: Comparable,
): Judged | Early | string {
  if (run.outcome.kind === "diverged") return "diverged";
  if (!hasSeparated(run)) return notSeparatedText(run, logLossAtZero);
  const others = runs.filter(({ arm }) => rivals.includes(arm));
  if (others.length === 0) return "no rival separated";
  const own = valueAtLogRisk(run, probe, logRisk);
  if (Number.isNaN(own)) return "no value";
  if (logRisk > judgedBelow) return { tooEarly: logRisk, slowest };
  const named = (isSo: (value: number) => boolean): string[] =>
    others.filter((other) => isSo(valueAtLogRisk(other, probe, logRisk))).map(({ arm }) => arm);
  return { logRisk, ahead: named((value) => value > own), level: named((value) => value === own) };
}

/** Perfect accuracy is not yet separation, which takes a risk below the loss of a single sample at score 0. */
function notSeparatedText({ perfectAccuracyStep }: RunRecord, logLossAtZero: number): string {
  if (perfectAccuracyStep === undefined) return "not separated";
  return `not separated (every sample was right, but the log risk never below ${numberText(logLossAtZero)})`;
}

function largestText(expected: Expected, records: readonly RunRecord[], comparable: ReadonlyMap<number, Comparable>): string {
  if (expected.rivals.length === 0) return "nothing to compare with";
  const runs = records.filter(({ arm }) => arm === expected.arm);
  const found = runs.map((run) => judgeRun(run, expected, comparable.get(run.seed)!));
  const judged = found.filter((entry) => typeof entry === "object" && "ahead" in entry);
  const early = found.filter((entry) => typeof entry === "object" && "tooEarly" in entry);
  const reasons = [...new Set([...found.filter((entry) => typeof entry === "string"), ...(early.length > 0 ? [earlyText(early)] : [])])];
  if (judged.length === 0) return `not judged: ${reasons.join(", ") || "no run"}`;
  const left = found.length - judged.length;
  const rest = left === 0 ? "" : `; ${left} of ${found.length} seeds not judged: ${reasons.join(", ")}`;
  return `${rankText(judged, expected.peers)}, at log risk ${rangeText(judged.map(({ logRisk }) => logRisk))}${rest}`;
}

/** "too early, log risk -3.773 is as deep as gradient came" */
function earlyText(early: readonly Early[]): string {
  const slowest = [...new Set(early.map(({ slowest }) => slowest))].join(", ");
  return `too early, log risk ${rangeText(early.map(({ tooEarly }) => tooEarly))} is as deep as ${slowest} came`;
}

/** "yes", or who is ahead and who has exactly as much: the largest is larger than all others. */
function rankText(judged: readonly Judged[], peers: boolean): string {
  const beaten = judged.filter(({ ahead, level }) => ahead.length + level.length > 0);
  if (beaten.length === 0) return `yes${peers ? ", beside arms that expect the same" : ""}`;
  const share = judged.length === 1 ? "" : ` for ${beaten.length} of ${judged.length} seeds`;
  const places = [
    namesText(
      "behind",
      beaten.flatMap(({ ahead }) => ahead),
    ),
    namesText(
      "level with",
      beaten.flatMap(({ level }) => level),
    ),
  ];
  return `no${share}: ${places.filter((text) => text !== "").join(", ")}`;
}

function namesText(place: string, arms: readonly string[]): string {
  const names = [...new Set(arms)];
  if (names.length === 0) return "";
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  return `${place} ${names.slice(0, mostNames).join(", ")}${more}`;
}
