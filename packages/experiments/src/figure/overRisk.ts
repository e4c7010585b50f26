import type { Row } from "../record/row.js";
import type { Recording } from "../record/runRecord.js";

/** The least depth that a logarithmic axis of depths shows. */
export const leastDepth = 1;

/** The depth of a row, -log R. */
const depthOf = ({ logRisk = Number.NaN }: Row): number => -logRisk;

/** The deepest finite depth of a run; -Infinity where it has none. */
export function deepest({ rows }: Recording): number {
  return rows.reduce(
    (most, row) => (depthOf(row) > most && depthOf(row) < Number.POSITIVE_INFINITY ? depthOf(row) : most),
    Number.NEGATIVE_INFINITY,
  );
}

/** Places of the rows that are deeper than all before them, in their order. */
function deepening({ rows }: Recording): number[] {
  let most = Number.NEGATIVE_INFINITY;
  return rows.flatMap((row, i) => {
    const depth = depthOf(row);
    if (!(depth > most) || depth === Number.POSITIVE_INFINITY) return [];
    most = depth;
    return [i];
  });
}

/** The value of a probe where a run first is so deep: on the straight line over the depth between that row and the one before. */
function valueAt(row: Row, before: Row | undefined, depth: number, probe: string): number {
  const value = row[probe] ?? Number.NaN;
  if (before === undefined || depthOf(row) === depth) return value;
  const share = (depth - depthOf(before)) / (depthOf(row) - depthOf(before));
  const from = before[probe] ?? Number.NaN;
  return from + share * (value - from);
}

/**
 * Runs of one arm over their depth in place of their steps: every run has a row at each depth at which one of them has become deeper than ever, and where the
 * axis begins, up to its own deepest, with the values at which it first was so deep. A run that comes back to a risk is not drawn twice.
 *
 * @param runs  runs whose rows hold logRisk and the probe
 * @returns runs with a `step` that is -log R
 */
export function overRisk(runs: readonly Recording[], probe: string): Recording[] {
  const deeper = runs.map(deepening);
  const reached = runs.flatMap(({ rows }, run) => deeper[run]!.map((i) => depthOf(rows[i]!)));
  const depths = [...new Set([...reached, leastDepth])].sort((a, b) => a - b);
  return runs.map((run, which) => {
    const places = deeper[which]!;
    const rows = depths.flatMap((depth): Row[] => {
      const place = places.find((i) => depthOf(run.rows[i]!) >= depth);
      if (place === undefined || depth < depthOf(run.rows[places[0]!]!)) return [];
      return [{ step: depth, [probe]: valueAt(run.rows[place]!, run.rows[place - 1], depth, probe) }];
    });
    return { ...run, rows };
  });
}
