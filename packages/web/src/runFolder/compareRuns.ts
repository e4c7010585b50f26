import { canonicalJson } from "@steepest/core";
import type { Row } from "@steepest/experiments";
import { countText } from "../view/numberText.js";
import { firstDifference } from "./alignRuns.js";
import type { OpenedRun } from "./readRun.js";

/** Parts of a run's definition that decide its rows, in the words of the page. */
const parts: readonly (readonly [string, (run: OpenedRun) => unknown])[] = [
  ["data set", ({ run }) => run.dataset],
  ["network", ({ run }) => run.network],
  ["loss", ({ run }) => run.loss],
  ["optimiser", ({ run }) => run.arm.optimizer],
  ["step rule", ({ run }) => run.arm.step],
  ["phases", ({ run }) => run.arm.phases],
  ["batches", ({ run }) => run.arm.batch],
];

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one ?? null) === canonicalJson(other ?? null);

/**
 * The relation of another run to the first: a run of another seed, of another definition or on other data, and where it is none of these, the same rows or where
 * they part. Runs that end elsewhere, are incomplete or record something else are compared in what both recorded.
 */
export function compareRuns(first: OpenedRun, other: OpenedRun): string {
  if (first.run.seed !== other.run.seed)
    return `another seed, ${other.run.seed} instead of ${first.run.seed}: other initial weights, and other data where they are drawn`;
  const changed = parts.filter(([, part]) => !isSame(part(first), part(other))).map(([name]) => name);
  if (changed.length > 0) return `another definition: other ${changed.join(", ")}`;
  if (!isSame(first.environment.data, other.environment.data)) return "other data, as the hashes of what the runs were trained on say";
  const isWhole =
    [first, other].every(({ sealed }) => sealed) && isSame([first.run.record, first.run.stop], [other.run.record, other.run.stop]);
  const [left, right] = isWhole ? [first.rows, other.rows] : [common(first.rows, other.rows), common(other.rows, first.rows)];
  const difference = firstDifference({ rows: left }, { rows: right });
  if (!difference) return isWhole ? "bit for bit the same rows" : `bit for bit the same in what both recorded, ${left.length} rows`;
  const { step, probe, values } = difference;
  const what =
    probe === undefined ? "only one of them recorded it" : `${probe} is ${values[1] ?? "missing"} instead of ${values[0] ?? "missing"}`;
  return `differs from step ${countText(step)} on: ${what}`;
}

/** The rows whose step the others have too, with the probes that the others have. */
function common(rows: readonly Row[], others: readonly Row[]): Row[] {
  const byStep = new Map(others.map((row) => [row.step, row]));
  return rows.flatMap((row) => {
    const other = byStep.get(row.step);
    return other ? [Object.fromEntries(Object.entries(row).filter(([name]) => name in other)) as Row] : [];
  });
}
