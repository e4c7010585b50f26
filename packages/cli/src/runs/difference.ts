import type { Row } from "@steepest/experiments";
import microdiff from "microdiff";

/** A member in which two definitions differ; undefined on a side without it. */
export interface ChangedMember {
  readonly path: string;
  readonly values: readonly [unknown, unknown];
}

/** A probe whose values differ somewhere. */
export interface ChangedProbe {
  readonly probe: string;
  /** The first step at which they differ, and both values there. */
  readonly step: number;
  readonly values: readonly [number, number];
  /** Largest |a - b|, NaN and infinities aside, and its step; undefined if the values differ in those alone. */
  readonly largest: { readonly step: number; readonly difference: number } | undefined;
}

/** The differences of two runs' rows. */
export interface RowsDifference {
  /** Steps at which both have a row. */
  readonly common: number;
  /** Rows of steps that only the first, only the second run has. */
  readonly alone: readonly [number, number];
  /** Probes that only the first, only the second run has. */
  readonly probesAlone: readonly [readonly string[], readonly string[]];
  /** Probes of both that differ somewhere, in the order of their first differing steps, then of the first run. */
  readonly changed: readonly ChangedProbe[];
}

/**
 * The members in which two values of JSON differ.
 *
 * @returns in the order of the first, then what only the second has
 */
export function changedMembers(first: object, second: object): readonly ChangedMember[] {
  return microdiff(first, second).map((change) => ({
    path: change.path.map(String).join("."),
    values: [change.type === "CREATE" ? undefined : change.oldValue, change.type === "REMOVE" ? undefined : change.value],
  }));
}

/** The differences of rows, bit for bit: NaN equals NaN, -0 is not 0. */
export function rowsDifference(first: readonly Row[], second: readonly Row[]): RowsDifference {
  const byStep = new Map(second.map((row) => [row.step!, row]));
  const pairs = first.flatMap((row) => {
    const other = byStep.get(row.step!);
    return other ? [[row, other] as const] : [];
  });
  const probesOf = (rows: readonly Row[]): string[] => Object.keys(rows[0] ?? {}).filter((name) => name !== "step");
  const [mine, others] = [probesOf(first), probesOf(second)];
  const changed = mine.filter((probe) => others.includes(probe)).flatMap((probe) => changedProbe(probe, pairs));
  return {
    common: pairs.length,
    alone: [first.length - pairs.length, second.length - pairs.length],
    probesAlone: [mine.filter((probe) => !others.includes(probe)), others.filter((probe) => !mine.includes(probe))],
    changed: changed.sort((a, b) => a.step - b.step),
  };
}

function changedProbe(probe: string, pairs: readonly (readonly [Row, Row])[]): ChangedProbe[] {
  const differing = pairs
    .map(([a, b]) => ({ step: a.step!, values: [a[probe]!, b[probe]!] as const }))
    .filter(({ values: [a, b] }) => !Object.is(a, b));
  if (differing.length === 0) return [];
  let largest: ChangedProbe["largest"];
  for (const { step, values } of differing) {
    const difference = Math.abs(values[0] - values[1]);
    if (Number.isFinite(difference) && difference > (largest?.difference ?? -1)) largest = { step, difference };
  }
  return [{ probe, ...differing[0]!, largest }];
}
