import type { ExperimentDefinition } from "../definition/definition.js";
import type { Recording } from "../record/runRecord.js";
import { deepest, leastDepth } from "./overRisk.js";
import { drawnValues, type PanelContent } from "./panel.js";
import { panelTitle } from "./panelTitle.js";

/** Reason why a panel shows nothing of an arm although it was recorded. */
function reasonOf({ which, axis }: PanelContent, runs: readonly Recording[]): string {
  const isOverDepth = which.over === "depth";
  if (isOverDepth && !runs.some((run) => deepest(run) >= leastDepth)) return `log risk never at ${-leastDepth} or below`;
  const values = drawnValues(runs, which).flatMap(({ rows }) =>
    rows.flatMap(({ step, [which.probe]: value = Number.NaN }) => (step > 0 ? [value] : [])),
  );
  if (!values.some(Number.isFinite)) return "no value";
  if (which.scale === "log" && !values.some((value) => value > 0 && Number.isFinite(value))) return "never above 0";
  return values.some((value) => value >= axis.low && Number.isFinite(value))
    ? `no ${isOverDepth ? "depth" : "step"} at which every seed has a value`
    : "below the axis";
}

/** The arms of which a panel shows no curve, and why. */
export interface Absent {
  readonly reason: string;
  /** Their labels. */
  readonly arms: readonly string[];
}

/** The arms of which a panel shows no curve although they were recorded, by the reason. */
export function absentArms(
  definition: ExperimentDefinition,
  content: PanelContent,
  records: readonly Recording[],
  titles: ReadonlyMap<string, string>,
): Absent[] {
  const absent = new Map<string, string[]>();
  for (const [arm, title] of titles) {
    const runs = records.filter((record) => record.arm === arm && record.rows.some(({ step }) => step > 0));
    if (runs.length === 0 || content.lines.some((point) => point.arm === title)) continue;
    const reason = reasonOf(content, runs);
    absent.set(reason, [...(absent.get(reason) ?? []), definition.arms[arm]!.label ?? arm]);
  }
  return [...absent].map(([reason, arms]) => ({ reason, arms }));
}

/** True for a panel in which nothing is drawn. */
export const isEmptyPanel = ({ lines, bands, marks }: PanelContent): boolean => lines.length + bands.length + marks.length === 0;

/** The reasons why nothing is drawn in a panel, a line each. */
export const emptyTexts = (absent: readonly Absent[]): string[] =>
  absent.map(({ reason, arms }) => (absent.length === 1 ? `nothing to draw: ${reason}` : `${reason}: ${arms.join(", ")}`));

/** A line about arms that a panel with others does not show. */
export const absentText = ({ reason, arms }: Absent, { which }: PanelContent, definition: ExperimentDefinition): string =>
  `not drawn in ${panelTitle(which, definition)}, ${reason}: ${arms.join(", ")}`;
