import type { Row } from "@steepest/experiments";

interface Recorded {
  readonly rows: readonly Row[];
}

/** Curves over one axis of steps: null where a run recorded nothing, which is drawn as a gap; NaN where it recorded NaN. */
export interface AlignedRuns {
  /** Every step that some run recorded, in order. */
  readonly steps: readonly number[];
  /** Per run, per step. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** One probe of several runs, aligned by step. */
export function alignRuns(runs: readonly Recorded[], probe: string): AlignedRuns {
  const steps = [...new Set(runs.flatMap(({ rows }) => rows.map(({ step }) => step)))].sort((a, b) => a - b);
  const values = runs.map(({ rows }) => {
    const byStep = new Map(rows.map((row) => [row.step, row[probe] ?? null]));
    return steps.map((step) => byStep.get(step) ?? null);
  });
  return { steps, values };
}

/** The first difference of two runs: the first step of either at which a probe, or the step's being recorded, differs in a bit. */
export interface Difference {
  readonly step: number;
  /** Undefined if only one of the runs has the row. */
  readonly probe: string | undefined;
  readonly values: readonly [number | undefined, number | undefined];
}

/** The first difference of two runs. @returns undefined if the rows are equal, bit for bit */
export function firstDifference(a: Recorded, b: Recorded): Difference | undefined {
  for (let i = 0; i < Math.max(a.rows.length, b.rows.length); i++) {
    const [left, right] = [a.rows[i], b.rows[i]];
    if (!left || !right || left.step !== right.step) {
      const step = Math.min(left?.step ?? Number.POSITIVE_INFINITY, right?.step ?? Number.POSITIVE_INFINITY);
      return { step, probe: undefined, values: [left?.step, right?.step] };
    }
    const probe = [...new Set([...Object.keys(left), ...Object.keys(right)])].find((name) => !Object.is(left[name], right[name]));
    if (probe !== undefined) return { step: left.step, probe, values: [left[probe], right[probe]] };
  }
  return undefined;
}
