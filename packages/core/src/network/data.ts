import { shown } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { refuse, requireBoolean, requireFloat64, requireInteger, requireObject, requireText } from "../check/require.js";
import { DataError, DimensionError } from "../error/errors.js";

/** Labelled samples of two classes, -1 and +1, or of several, counted from 0. */
export interface LabelledData {
  /** f64[sampleCount][inputDim], row-major; finite; not modified. */
  readonly inputs: Float64Array;
  /** Per sample -1 or +1, or 0 to `classes` - 1; more than one class occurs. */
  readonly labels: ArrayLike<number>;
  readonly inputDim: number;
  /** C >= 2 for labels 0 to C - 1. Absent: labels -1 and +1. */
  readonly classes?: number;
}

/** The sizes of a data set that its memory depends on. */
export interface SampleShape {
  readonly sampleCount: number;
  readonly inputDim: number;
  /** Entries other than 0. */
  readonly nonzeroCount: number;
}

/**
 * The sizes of a data set, which decide the memory that it takes.
 *
 * @param data  labelled data
 * @returns its sizes, nonzero entries counted
 */
export function sampleShapeOf(data: LabelledData): SampleShape {
  requireSamples("data", data);
  let nonzeroCount = 0;
  for (const x of data.inputs) if (x !== 0) nonzeroCount++;
  return { sampleCount: sampleCountOf(data), inputDim: data.inputDim, nonzeroCount };
}

/**
 * The number of samples of a data set.
 *
 * @param data  labelled data
 * @returns n, the number of labels
 */
export function sampleCountOf(data: LabelledData): number {
  return requireSamples("data", data);
}

/**
 * The number of samples, after a check of the sizes.
 *
 * @throws DefinitionError  if inputs are no Float64Array, labels no list, inputDim no integer >= 1
 * @throws DimensionError   if the lengths do not fit
 * @throws DataError        if there is no sample
 */
function requireSamples(name: string, data: LabelledData): number {
  const { inputs, labels, inputDim } = requireObject(name, data);
  requireFloat64(`${name}.inputs`, inputs);
  requireInteger(`${name}.inputDim`, inputDim, 1);
  const isList = Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView));
  if (!isList) refuse(`${name}.labels`, "a list of labels", labels);
  const count = labels.length;
  if (inputs.length !== count * inputDim) {
    throw new DimensionError(`${name}: inputs has length ${inputs.length}, expected ${count} samples x ${inputDim}`, {
      path: `${name}.inputs`,
      value: inputs.length,
    });
  }
  if (count === 0) throw new DataError(`${name}: has no samples`, { path: name, value: 0 });
  return count;
}

/**
 * Checks labelled data.
 *
 * @param name         first words of messages, such as "data"
 * @param data         not modified
 * @param bothClasses  true: more than one class must occur
 * @throws DefinitionError  if it has an unknown member, such as sample weights
 * @throws DimensionError  if the lengths do not fit
 * @throws DataError       if there is no sample, an input is not finite, a label is no class, or `bothClasses` and all samples are of one
 */
export function checkData(name: string, data: LabelledData, bothClasses: boolean): void {
  refuseUnknownKeys(requireText("name", name), data, { inputs: true, labels: true, inputDim: true, classes: true });
  requireBoolean("bothClasses", bothClasses);
  const count = requireSamples(name, data);
  const bad = data.inputs.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new DataError(`${name}: input ${bad % data.inputDim} of sample ${Math.floor(bad / data.inputDim)} is ${data.inputs[bad]}`, {
      path: `${name}.inputs`,
      value: data.inputs[bad],
    });
  }
  const { classes } = data;
  if (classes !== undefined) requireInteger(`${name}.classes`, classes, 2);
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const label = data.labels[i]!;
    if (classes === undefined ? label !== 1 && label !== -1 : !(Number.isInteger(label) && label >= 0 && label < classes)) {
      const expected = classes === undefined ? "-1 or +1" : `an integer from 0 to ${classes - 1}`;
      throw new DataError(`${name}: label of sample ${i} must be ${expected}, got ${shown(label)}`, {
        path: `${name}.labels`,
        value: label,
      });
    }
    seen.add(label);
  }
  if (bothClasses && seen.size < 2) {
    throw new DataError(
      `${name}: every label is ${[...seen][0]}, expected samples of ${classes === undefined ? "both" : "several"} classes`,
      {
        path: `${name}.labels`,
        value: [...seen][0],
      },
    );
  }
}
