import type { RunOutcome, TrainWarning } from "@steepest/core";
import type { RunEnd } from "../run.js";
import { refuse } from "./refuse.js";

/** The content of the outcome.json of a complete run. */
export interface ParsedEnd {
  /** Without warnings if the run was made before there were any. */
  readonly end: RunEnd;
  /** SHA-256 of rows.jsonl, in hex. */
  readonly resultHash: string;
  readonly rowCount: number;
}

/** By the kind of an outcome, what else it says and the values of that. */
const details = {
  finished: { reason: ["steps", "logRiskBelow"] },
  diverged: { what: ["scores", "logRisk", "gradient", "parameters", "stepLength", "underflow"] },
  "stationary-not-separated": {},
  stalled: {},
} as const satisfies { readonly [Kind in RunOutcome["kind"]]: Details<Extract<RunOutcome, { readonly kind: Kind }>> };

type Details<Outcome> = { readonly [Name in keyof Omit<Outcome, "kind" | "step">]: readonly Outcome[Name][] };

const warned = { chatter: true, deadSamples: true, lostUpdates: true, underflow: true, overdecay: true } as const satisfies Readonly<
  Record<TrainWarning["what"], true>
>;

/**
 * How a run ended, from the JSON of its outcome.json.
 *
 * @throws DataError  naming what is not as it should be
 */
export function parseEnd(path: string, json: unknown): ParsedEnd {
  const { outcome: end, resultHash, rowCount } = membersOf(json);
  const { outcome, perfectAccuracyStep, separationStep, warnings = [] } = membersOf(end);
  const { kind, step } = membersOf(outcome);
  const need = (name: string, value: unknown, holds: boolean, expected: string): void => {
    if (!holds) refuse(path, `has ${name} ${shown(value)}, expected ${expected}`, value);
  };
  const oneOf = (name: string, value: unknown, choices: readonly unknown[]): void =>
    need(name, value, choices.includes(value), `one of ${choices.join(", ")}`);
  oneOf("outcome.outcome.kind", kind, Object.keys(details));
  need("outcome.outcome.step", step, isCount(step), "an integer from 0 on");
  for (const [name, choices] of Object.entries<readonly unknown[]>(details[kind as RunOutcome["kind"]]))
    oneOf(`outcome.outcome.${name}`, membersOf(outcome)[name], choices);
  for (const [name, value] of Object.entries({ perfectAccuracyStep, separationStep })) {
    const holds = value === undefined || (isCount(value) && (value as number) <= (step as number));
    need(`outcome.${name}`, value, holds, `nothing, or an integer from 0 to ${step}, where the run ended`);
  }
  need("outcome.warnings", warnings, Array.isArray(warnings), "a list");
  for (const [i, warning] of (warnings as unknown[]).entries()) {
    const { kind, what, step: at, value, advice } = membersOf(warning);
    const name = `outcome.warnings[${i}]`;
    oneOf(`${name}.kind`, kind, ["warning"]);
    oneOf(`${name}.what`, what, Object.keys(warned));
    need(`${name}.step`, at, isCount(at), "an integer from 0 on");
    need(`${name}.value`, value, typeof value === "number", "a number");
    need(`${name}.advice`, advice, advice === undefined || typeof advice === "string", "nothing, or a text");
  }
  need("resultHash", resultHash, typeof resultHash === "string" && /^[0-9a-f]{64}$/.test(resultHash), "a SHA-256 in hex");
  need("rowCount", rowCount, isCount(rowCount), "an integer from 0 on");
  return { end: { outcome, perfectAccuracyStep, separationStep, warnings }, resultHash, rowCount } as ParsedEnd;
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const shown = (value: unknown): string | number => (typeof value === "number" ? value : (JSON.stringify(value)?.slice(0, 40) ?? "nothing"));
