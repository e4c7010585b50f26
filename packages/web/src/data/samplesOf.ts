import type { PointsChoice } from "@steepest/experiments";
import { hardLimits } from "../setup/limits.js";
import { TableError } from "./tableError.js";

const fewestSamples = 2;
/** One of them is the label, whose place the bias coordinate takes. */
export const mostColumns = hardLimits.inputDim;

/** @throws TableError  if the page cannot race on a table of that shape */
export function checkShape(samples: number, columns: number, format: string): void {
  if (samples < fewestSamples) {
    throw new TableError(`the file has ${samples} ${samples === 1 ? "sample" : "samples"}, at least ${fewestSamples} are needed`, format);
  }
  if (samples > hardLimits.samples) {
    throw new TableError(
      `the file has more than ${hardLimits.samples} samples`,
      `at most ${hardLimits.samples} of them; the command line takes more: steepest run`,
    );
  }
  if (columns < 2) throw new TableError(`the file has ${columns} ${columns === 1 ? "column" : "columns"}`, `2 or more: ${format}`);
  if (columns > mostColumns) throw new TableError(`the file has more than ${mostColumns} columns`, `at most ${mostColumns}: ${format}`);
}

/**
 * Rows of finite numbers whose last entry is the label, as samples with a constant coordinate in the place of a bias. Two different labels must occur;
 * the smaller one becomes -1.
 *
 * @param constant  the constant coordinate; 0: none
 * @throws TableError
 */
export function samplesOf(rows: readonly (readonly number[])[], format: string, constant = 1): PointsChoice {
  const labels = rows.map((row) => row.at(-1)!);
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  if (classes.length !== 2) {
    throw new TableError(
      `the last column holds ${classes.length} different ${classes.length === 1 ? "label" : "labels"}`,
      `two different labels; ${format}`,
    );
  }
  return {
    kind: "points",
    inputs: rows.map((row) => row.slice(0, -1)),
    labels: labels.map((label) => (label === classes[0] ? -1 : 1)),
    constant,
  };
}
