import { canonicalJson } from "@steepest/core";
import {
  type ExperimentDefinition,
  type FigureSpec,
  figure,
  isLabelled,
  pytorchProgram,
  type Recording,
  type Row,
  type RunRecord,
} from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { shownNorms } from "../setup/defaults.js";
import { armNames, definitionOf } from "../setup/definition.js";
import { armPalette } from "../setup/palette.js";
import { summaryOf } from "../setup/summary.js";
import { dataCsv } from "./dataCsv.js";
import { typescriptProgram } from "./typescriptProgram.js";

/**
 * The race for `steepest run`, which refuses samples that no network can separate unless it is told that they are wanted: the page races on them and says so.
 *
 * @throws DefinitionError, Error  if the race's file has not been dropped
 */
export function raceDefinition(lab: Laboratory): ExperimentDefinition {
  const setup = lab.resolved;
  if (!setup) throw new Error("drop the race's file on the page first");
  const definition = definitionOf(setup);
  const { dataset } = definition;
  if (lab.loaded.value?.contradictions === undefined || !isLabelled(dataset)) return definition;
  return { ...definition, dataset: { ...dataset, contradictions: "keep" } };
}

export const raceDefinitionText = (lab: Laboratory): string => `${JSON.stringify(raceDefinition(lab), null, 2)}\n`;

interface Recorded extends Recording {
  readonly outcome: RunRecord["outcome"] | undefined;
}

/** Rows that the arms have recorded so far, by the arms' ids in the definition. */
function recordings(lab: Laboratory): Recorded[] {
  const { seeds, arms } = raceDefinition(lab);
  return Object.keys(arms).map((arm, i) => {
    const { frames, outcome, perfectAccuracyStep, separationStep } = lab.histories[i]!;
    return { arm, seed: seeds[0]!, rows: frames.map(({ row }) => row), outcome, perfectAccuracyStep, separationStep };
  });
}

export async function raceCsv(lab: Laboratory): Promise<string> {
  const names = armNames(lab.setup.value.arms);
  const recorded = recordings(lab).map((recording, i) => ({ ...recording, optimizer: names[i]! }));
  const { rowsCsv } = await import("./rowsCsv.js"); // its writer of CSV is not small
  return rowsCsv(recorded);
}

/** The definition with what was recorded, as one canonical JSON document; numbers as in run folders: NaN, Infinity and -Infinity are strings. */
export const raceJson = (lab: Laboratory): string => `${canonicalJson({ definition: raceDefinition(lab), runs: recordings(lab) })}\n`;

/** The data of the race, drawn or generated, as a table to be dropped on the page again. @throws Error  if they are not loaded yet */
export function raceData(lab: Laboratory): Blob {
  const [setup, loaded] = [lab.resolved, lab.loaded.value];
  if (!setup || !loaded) throw new Error("the data are not there yet");
  return new Blob(dataCsv(loaded.data, "constant" in setup.data ? setup.data.constant : 0));
}

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

export type ProgramLanguage = "TypeScript" | "PyTorch";

/**
 * One arm of the race as a program of its own, with the race's data in it, and in PyTorch its initial weights.
 *
 * @throws DefinitionError  if something in it has no translation
 */
export function programText(language: ProgramLanguage, lab: Laboratory, arm: number): string {
  const definition = raceDefinition(lab);
  const { data, initialWeights } = lab.loaded.value!;
  const options = { seed: definition.seeds[0]!, data };
  const id = Object.keys(definition.arms)[arm]!;
  return language === "PyTorch"
    ? pytorchProgram(definition, id, { ...options, initialWeights })
    : typescriptProgram(definition, id, { ...options, initialWeights });
}
