import type { RunOutcome, TrainWarning } from "@steepest/core";
import { parseSealedOutcome, refuseChanged, type Seal, type TextHash } from "@steepest/core/internal";

/** The end of a run: its outcome, the steps of its two moments, and what it was warned of. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
  /** Warnings of the run, in their order. */
  readonly warnings: readonly TrainWarning[];
}

/** The content of the outcome.json of a complete run: its end, and the seal. */
export interface SealedEnd extends Seal {
  /** End of the run; runs of earlier versions have no warnings. */
  readonly end: RunEnd;
}

/** Further members of an outcome and their values, by its kind. */
const details = {
  finished: { reason: ["steps", "logRiskBelow", "zeroRisk"] },
  diverged: { what: ["scores", "logRisk", "gradient", "parameters", "stepLength", "underflow"] },
  "stationary-not-separated": {},
  stalled: {},
} as const satisfies { readonly [Kind in RunOutcome["kind"]]: Details<Extract<RunOutcome, { readonly kind: Kind }>> };

type Details<Outcome> = { readonly [Name in keyof Omit<Outcome, "kind" | "step">]: readonly Outcome[Name][] };

const warned = {
  chatter: true,
  softMarginFall: true,
  deadSamples: true,
  lostUpdates: true,
  underflow: true,
  overdecay: true,
  stagnation: true,
} as const satisfies Readonly<Record<TrainWarning["what"], true>>;

type Keys<T> = { readonly [Name in keyof T]-?: true };

const endKeys = { outcome: true, perfectAccuracyStep: true, separationStep: true, warnings: true } as const satisfies Keys<RunEnd>;
const warningKeys = { kind: true, what: true, step: true, value: true, advice: true } as const satisfies Keys<TrainWarning>;

/**
 * The end of a run, from the JSON of its outcome.json.
 *
 * @param path  path of the outcome.json, for messages
 * @param json  its decoded content
 * @param hash  SHA-256 of a text, in hex
 * @returns the end and the seal
 * @throws DataError  naming what is not as it should be
 */
export function parseEnd(path: string, json: unknown, hash: TextHash): SealedEnd {
  const { outcome: end } = membersOf(json);
  const { outcome, perfectAccuracyStep, separationStep, warnings = [] } = membersOf(end);
  const requirement = new Requirement(path);
  const step = outcomeStep(requirement, outcome);
  const isStep = (value: unknown): boolean => isCount(value) && (value as number) <= step;
  const duringRun = `an integer from 0 to ${step}, where the run ended`;
  for (const [name, value] of Object.entries({ perfectAccuracyStep, separationStep }))
    requirement.holds(`outcome.${name}`, value, value === undefined || isStep(value), `nothing, or ${duringRun}`);
  requirement.holds("outcome.warnings", warnings, Array.isArray(warnings), "a list");
  for (const [i, warning] of (warnings as unknown[]).entries()) {
    const { kind, what, step: at, value, advice } = membersOf(warning);
    const name = `outcome.warnings[${i}]`;
    requirement.oneOf(`${name}.kind`, kind, ["warning"]);
    requirement.oneOf(`${name}.what`, what, Object.keys(warned));
    requirement.holds(`${name}.step`, at, isStep(at), duringRun);
    requirement.holds(`${name}.value`, value, typeof value === "number", "a number");
    requirement.holds(`${name}.advice`, advice, advice === undefined || typeof advice === "string", "nothing, or a text");
    requirement.known(name, warning, Object.keys(warningKeys));
  }
  requirement.known("outcome", end, Object.keys(endKeys));
  const { outcome: _, ...seal } = parseSealedOutcome(path, json, hash);
  return { ...seal, end: { outcome, perfectAccuracyStep, separationStep, warnings } as RunEnd };
}

/** The step at which the run ended. */
function outcomeStep(requirement: Requirement, outcome: unknown): number {
  const { kind, step } = membersOf(outcome);
  requirement.oneOf("outcome.outcome.kind", kind, Object.keys(details));
  requirement.holds("outcome.outcome.step", step, isCount(step), "an integer from 0 on");
  const others = details[kind as RunOutcome["kind"]];
  for (const [name, choices] of Object.entries<readonly unknown[]>(others))
    requirement.oneOf(`outcome.outcome.${name}`, membersOf(outcome)[name], choices);
  requirement.known("outcome.outcome", outcome, ["kind", "step", ...Object.keys(others)]);
  return step as number;
}

/** Requirements on a file: each refuses the file unless it holds. */
class Requirement {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  holds(name: string, value: unknown, holds: boolean, expected: string): void {
    if (!holds) refuseChanged(this.#path, `has ${name} ${shown(value)}, expected ${expected}`, value);
  }

  oneOf(name: string, value: unknown, choices: readonly unknown[]): void {
    this.holds(name, value, choices.includes(value), `one of ${choices.join(", ")}`);
  }

  known(name: string, value: unknown, names: readonly string[]): void {
    const unknown = Object.keys(membersOf(value)).find((key) => !names.includes(key));
    if (unknown !== undefined)
      refuseChanged(this.#path, `has an unknown key "${unknown}" in ${name}, expected one of ${names.join(", ")}`, unknown);
  }
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const shown = (value: unknown): string | number => (typeof value === "number" ? value : (JSON.stringify(value)?.slice(0, 40) ?? "nothing"));
