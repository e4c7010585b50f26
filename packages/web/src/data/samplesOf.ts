import type { PointsChoice } from "@steepest/experiments";
import { hardLimits } from "../setup/limits.js";
import { TableError } from "./tableError.js";

const fewestSamples = 2;
/** Name of the column of the constant coordinate in a heading. */
export const biasColumn = "bias";

/** Most columns of a table: the coordinates, the bias, which may be 0 and then is none of them, and the label. */
export const mostColumns = hardLimits.inputDim + 2;

/** The samples that were read from a file, and remarks on how they were read. */
export interface Table {
  readonly samples: PointsChoice;
  /** Remarks as sentences. */
  readonly remarks: readonly string[];
}

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

export interface LabelledRows {
  readonly rows: readonly (readonly number[])[];
  /** Labels, one per row: numbers, or other texts. */
  readonly labels: readonly (number | string)[];
  /** Position of the labels in the file, in words. */
  readonly labelPlace: string;
  /** The constant coordinate; 0: none. */
  readonly constant: number;
  readonly format: string;
}

/**
 * Rows of finite numbers with a constant coordinate in the place of a bias. Two different labels must occur; the smaller number, or the text that comes
 * first in the order of code units (of the signs: minus), becomes -1.
 *
 * @throws TableError
 */
export function samplesOf({ rows, labels, labelPlace, constant, format }: LabelledRows): Table {
  const classes = [...new Set(labels)].sort(inOrder);
  if (classes.length !== 2) {
    const shown = classes.slice(0, 5).map(shownLabel).join(", ") + (classes.length > 5 ? ", ..." : "");
    throw new TableError(
      `${labelPlace} holds ${classes.length} different ${classes.length === 1 ? "label" : "labels"}`,
      `two different labels, not ${shown}; ${format}`,
    );
  }
  const width = rows[0]!.length;
  const inputDim = width + (constant === 0 ? 0 : 1);
  if (inputDim > hardLimits.inputDim) {
    throw new TableError(`the samples have ${inputDim} coordinates with the ${biasColumn}`, `at most ${hardLimits.inputDim}: ${format}`);
  }
  const [minus, plus] = classes.map(shownLabel);
  return {
    samples: { kind: "points", inputs: rows, labels: labels.map((label) => (label === classes[0] ? -1 : 1)), constant },
    remarks: [
      `${rows.length} samples of ${width} ${width === 1 ? "coordinate" : "coordinates"}.`,
      `The label is ${labelPlace}: ${minus} is class −1, ${plus} is class +1.`,
    ],
  };
}

const shownLabel = (label: number | string): string => (typeof label === "number" ? String(label) : `“${label.slice(0, 24)}”`);

function inOrder(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [first, second] = [orderOf(String(a)), orderOf(String(b))];
  return first < second ? -1 : Number(first > second);
}

/** A sort key of a label: code units, but + comes before - and the minus of typographers behind it. */
const orderOf = (label: string): string => (/^[-−]$/.test(label) ? "" : label);
