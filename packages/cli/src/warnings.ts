import { fstatSync } from "node:fs";
import type { TrainWarning } from "@steepest/core";
import { warningText } from "./progress/progress.js";
import type { StudyRun } from "./study/studyRun.js";

type Warned = Pick<StudyRun, "arm" | "seed" | "warnings">;

/**
 * The warnings of a study, one line for each kind and arm: of several seeds the one with the largest value is told, and the others are named.
 */
export function warningLines(runs: readonly Warned[]): string[] {
  const groups = new Map<string, { readonly run: Warned; readonly warning: TrainWarning }[]>();
  for (const run of runs) {
    for (const warning of run.warnings) {
      const key = `${run.arm} ${warning.what}`;
      groups.set(key, [...(groups.get(key) ?? []), { run, warning }]);
    }
  }
  return [...groups.values()].map((group) => {
    const worst = group.reduce((top, entry) => (entry.warning.value > top.warning.value ? entry : top));
    const others = new Set(group.filter(({ run }) => run !== worst.run).map(({ run }) => `s${run.seed}`));
    const named = others.size === 0 ? worst.run : { ...worst.run, seed: `${worst.run.seed} (${[...others].join(", ")} too)` };
    return warningText(named as Warned, worst.warning);
  });
}

/** True if stderr and stdout are read at the same place: a terminal, or a file that both were sent to. */
export function streamsMeet(): boolean {
  try {
    const [out, err] = [fstatSync(1), fstatSync(2)];
    return out.dev === err.dev && out.ino === err.ino;
  } catch {
    return false; // one of them is closed
  }
}
