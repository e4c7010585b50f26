import type { RunOutcome } from "@steepest/core";
import { refuse } from "./refuse.js";

/** What outcome.json says. */
export interface ParsedEnd {
  readonly outcome: RunOutcome;
  readonly resultHash: string;
  readonly rowCount: number;
}

const outcomeKinds: readonly RunOutcome["kind"][] = ["finished", "diverged", "stationary-not-separated", "stalled"];
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});

/**
 * How a run ended, from the JSON of its outcome.json.
 *
 * @throws DataError  naming what is not as it should be
 */
export function parseEnd(path: string, json: unknown): ParsedEnd {
  const { outcome: end, resultHash, rowCount } = membersOf(json);
  const { outcome, perfectAccuracyStep, separationStep } = membersOf(end);
  const { kind, step } = membersOf(outcome);
  const need = (name: string, value: unknown, holds: boolean, expected: string): void => {
    const shown = typeof value === "number" ? value : (JSON.stringify(value)?.slice(0, 40) ?? "nothing");
    if (!holds) refuse(path, `has ${name} ${shown}, expected ${expected}`, value);
  };
  need("outcome.outcome.kind", kind, outcomeKinds.includes(kind as RunOutcome["kind"]), `one of ${outcomeKinds.join(", ")}`);
  need("outcome.outcome.step", step, isCount(step), "an integer from 0 on");
  for (const [name, value] of Object.entries({ perfectAccuracyStep, separationStep })) {
    const holds = value === undefined || (isCount(value) && (value as number) <= (step as number));
    need(`outcome.${name}`, value, holds, `nothing, or an integer from 0 to ${step}, where the run ended`);
  }
  need("resultHash", resultHash, typeof resultHash === "string" && /^[0-9a-f]{64}$/.test(resultHash), "a SHA-256 in hex");
  need("rowCount", rowCount, isCount(rowCount), "an integer from 0 on");
  return { outcome, resultHash, rowCount } as ParsedEnd;
}
