import { shown } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { refuse, requireBoolean, requireFloat64, requireInteger, requireObject, requireText } from "../check/require.js";
import { DataError, DimensionError } from "../error/errors.js";

/** Binary labelled samples. */
export interface LabelledData {
  /** f64[sampleCount][inputDim], row-major; finite; not modified. */
  readonly inputs: Float64Array;
  /** -1 or +1 per sample; both occur. */
  readonly labels: ArrayLike<number>;
  readonly inputDim: number;
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
 * @param bothClasses  true: each of -1 and +1 must occur
 * @throws DefinitionError  if it has an unknown member, such as sample weights
 * @throws DimensionError  if the lengths do not fit
 * @throws DataError       if there is no sample, an input is not finite, a label is neither -1 nor +1, or `bothClasses` and one has no sample
 */
export function checkData(name: string, data: LabelledData, bothClasses: boolean): void {
  refuseUnknownKeys(requireText("name", name), data, { inputs: true, labels: true, inputDim: true });
  requireBoolean("bothClasses", bothClasses);
  const count = requireSamples(name, data);
  const bad = data.inputs.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new DataError(`${name}: input ${bad % data.inputDim} of sample ${Math.floor(bad / data.inputDim)} is ${data.inputs[bad]}`, {
      path: `${name}.inputs`,
      value: data.inputs[bad],
    });
  }
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const label = data.labels[i]!;
    if (label !== 1 && label !== -1) {
      throw new DataError(`${name}: label of sample ${i} must be -1 or +1, got ${shown(label)}`, { path: `${name}.labels`, value: label });
    }
    seen.add(label);
  }
  if (bothClasses && seen.size < 2) {
    throw new DataError(`${name}: every label is ${[...seen][0]}, expected samples of both classes`, {
      path: `${name}.labels`,
      value: [...seen][0],
    });
  }
}
