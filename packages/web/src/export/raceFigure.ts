import { type FigureSpec, figure, type Row } from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { shownNorms } from "../setup/defaults.js";
import { armPalette } from "../setup/palette.js";
import { summaryOf } from "../setup/summary.js";
import { type Recorded, raceDefinition, recordings } from "./raceExport.js";

/** The figure of the race. @throws Error  if the figure's logarithmic axes would be empty */
export function raceFigure(lab: Laboratory): FigureSpec {
  const recorded = recordings(lab);
  const isShown = (row: Row): boolean => row.step > 0 && shownNorms.some((norm) => row[`margin.${norm}`]! > 0);
  if (!recorded.some(({ rows }) => rows.some(isShown))) {
    throw new Error("The figure shows margins above zero, and no optimiser has one yet: let one get every sample right first.");
  }
  const definition = raceDefinition(lab);
  const panels = definition.figure.map((panel) => ({ ...panel, from: leastOnceSeparated(recorded, panel.probe) }));
  return figure({ ...definition, figure: panels }, recorded, {
    about: [summaryOf(lab.setup.value).join("; ")],
    stepTitle: "step",
    ownThick: true,
    colors: armPalette.light, // the figure is on white, whatever the page is on
    firstStep: Math.min(...recorded.flatMap(({ perfectAccuracyStep }) => perfectAccuracyStep ?? [])),
  });
}

/** The least positive value of an arm since it separated the data, or its last value if it has not: the rise to it would take most of an axis. */
function leastOnceSeparated(recorded: readonly Recorded[], probe: string): number | undefined {
  const values = recorded.flatMap(({ rows, separationStep = rows.at(-1)?.step ?? 0 }) =>
    rows.flatMap(({ step, [probe]: value = Number.NaN }) => (step >= separationStep && value > 0 ? [value] : [])),
  );
  return values.length === 0 ? undefined : Math.min(...values);
}
