import type { PointsChoice } from "@steepest/experiments";
import { hardLimits } from "../setup/limits.js";
import { TableError } from "./tableError.js";

const fewestSamples = 2;
/** What the heading of a table calls the column of the constant coordinate. */
export const biasColumn = "bias";

/** Of any table: the coordinates, the bias, which may be 0 and then is none of them, and the label. */
export const mostColumns = hardLimits.inputDim + 2;

/**
 * @param most  columns: without one for the bias, the bias coordinate takes the place of the label
 * @throws TableError  if the page cannot race on a table of that shape
 */
export function checkShape(samples: number, columns: number, format: string, most: number = hardLimits.inputDim): void {
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
  if (columns > most) throw new TableError(`the file has more than ${most} columns`, `at most ${most}: ${format}`);
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
  const inputDim = rows[0]!.length - 1 + (constant === 0 ? 0 : 1);
  if (inputDim > hardLimits.inputDim) {
    throw new TableError(`the samples have ${inputDim} coordinates with the ${biasColumn}`, `at most ${hardLimits.inputDim}: ${format}`);
  }
  return {
    kind: "points",
    inputs: rows.map((row) => row.slice(0, -1)),
    labels: labels.map((label) => (label === classes[0] ? -1 : 1)),
    constant,
  };
}
