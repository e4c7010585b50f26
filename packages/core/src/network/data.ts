import { shown } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { refuse, requireBoolean, requireFloat64, requireInteger, requireObject, requireText } from "../check/require.js";
import { DataError, DimensionError } from "../error/errors.js";

/** The inputs of samples, all that a network sees of a data set. */
export interface Samples {
  /** f64[sampleCount][inputDim], row-major; finite; not modified. */
  readonly inputs: Float64Array;
  readonly inputDim: number;
}

/** Labelled samples of two classes, -1 and +1, or of several, counted from 0. */
export interface LabelledData extends Samples {
  /** Per sample -1 or +1, or 0 to `classes` - 1; more than one class occurs. */
  readonly labels: ArrayLike<number>;
  /** C >= 2 for labels 0 to C - 1. Absent: labels -1 and +1. */
  readonly classes?: number;
}

/** Samples of a regression: each with the numbers that a network should give it. */
export interface TargetData extends Samples {
  /** f64[sampleCount][outputs], row-major; finite; not modified. */
  readonly targets: Float64Array;
  readonly outputs: number;
}

/** The data of a run: samples with labels, or with targets. */
export type SupervisedData = LabelledData | TargetData;

/** True for data with targets instead of labels. */
export function hasTargets(data: SupervisedData): data is TargetData {
  return "targets" in data;
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
 * @param data  samples, with labels or targets
 * @returns its sizes, nonzero entries counted
 */
export function sampleShapeOf(data: Samples): SampleShape {
  requireSamples("data", data);
  let nonzeroCount = 0;
  for (const x of data.inputs) if (x !== 0) nonzeroCount++;
  return { sampleCount: sampleCountOf(data), inputDim: data.inputDim, nonzeroCount };
}

/**
 * The number of samples of a data set.
 *
 * @param data  samples, with labels or targets
 * @returns n
 */
export function sampleCountOf(data: Samples): number {
  return requireSamples("data", data);
}

/**
 * The number of samples, after a check of the sizes.
 *
 * @throws DefinitionError  if inputs are no Float64Array, labels no list, targets no Float64Array, inputDim or outputs no integer >= 1
 * @throws DimensionError   if the lengths do not fit
 * @throws DataError        if there is no sample
 */
function requireSamples(name: string, data: Samples & Partial<LabelledData & TargetData>): number {
  const { inputs, inputDim, labels, targets, outputs } = requireObject(name, data);
  requireFloat64(`${name}.inputs`, inputs);
  requireInteger(`${name}.inputDim`, inputDim, 1);
  if ("targets" in data) {
    requireFloat64(`${name}.targets`, targets!);
    requireInteger(`${name}.outputs`, outputs!, 1);
  } else if ("labels" in data) {
    requireLabels(name, labels);
  }
  const count = targets ? targets.length / outputs! : labels ? labels.length : inputs.length / inputDim;
  if (!Number.isInteger(count)) {
    const [part, width] = targets ? ["targets", outputs] : ["inputs", inputDim];
    throw new DimensionError(`${name}: ${part} has length ${(targets ?? inputs).length}, expected a multiple of ${width}`, {
      path: `${name}.${part}`,
      value: (targets ?? inputs).length,
    });
  }
  if (inputs.length !== count * inputDim) {
    throw new DimensionError(`${name}: inputs has length ${inputs.length}, expected ${count} samples x ${inputDim}`, {
      path: `${name}.inputs`,
      value: inputs.length,
    });
  }
  if (count === 0) throw new DataError(`${name}: has no samples`, { path: name, value: 0 });
  return count;
}

function requireLabels(name: string, labels: ArrayLike<number> | undefined): void {
  const isList = Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView));
  if (!isList) refuse(`${name}.labels`, "a list of labels", labels, "a regression has targets and outputs instead");
}

/** The first `count` samples. */
export function firstSamples(data: SupervisedData, count: number): SupervisedData {
  const inputs = data.inputs.subarray(0, count * data.inputDim);
  if (hasTargets(data)) return { ...data, inputs, targets: data.targets.subarray(0, count * data.outputs) };
  return { ...data, inputs, labels: Array.from(data.labels).slice(0, count) };
}

/** A copy of the data. */
export function copyOfData(data: SupervisedData): SupervisedData {
  const inputs = data.inputs.slice();
  return hasTargets(data)
    ? { ...data, inputs, targets: data.targets.slice() }
    : { ...data, inputs, labels: Float64Array.from(data.labels) };
}

/**
 * Checks the data of a run.
 *
 * @param name         first words of messages, such as "data"
 * @param data         not modified
 * @param bothClasses  true: more than one class must occur, where there are classes
 * @throws DefinitionError  if it has an unknown member, such as sample weights
 * @throws DimensionError  if the lengths do not fit
 * @throws DataError       if there is no sample, an input or target is not finite, a label is no class, or `bothClasses` and all samples are of one
 */
export function checkData(name: string, data: SupervisedData, bothClasses: boolean): void {
  requireText("name", name);
  requireBoolean("bothClasses", bothClasses);
  requireObject(name, data);
  if (hasTargets(data)) {
    refuseUnknownKeys(name, data, { inputs: true, targets: true, inputDim: true, outputs: true });
    requireSamples(name, data);
    checkFinite(name, data.inputs, data.inputDim, "input");
    checkFinite(name, data.targets, data.outputs, "target");
    return;
  }
  refuseUnknownKeys(name, data, { inputs: true, labels: true, inputDim: true, classes: true });
  requireLabels(name, data.labels);
  requireSamples(name, data);
  checkFinite(name, data.inputs, data.inputDim, "input");
  checkLabels(name, data, bothClasses);
}

function checkFinite(name: string, values: Float64Array, width: number, what: "input" | "target"): void {
  let bad = 0; // a loop, since fresh samples are checked at every step
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad === values.length) return;
  throw new DataError(`${name}: ${what} ${bad % width} of sample ${Math.floor(bad / width)} is ${values[bad]}`, {
    path: `${name}.${what}s`,
    value: values[bad],
  });
}

function checkLabels(name: string, { labels, classes }: LabelledData, bothClasses: boolean): void {
  if (classes !== undefined) requireInteger(`${name}.classes`, classes, 2);
  let others = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (classes === undefined ? label !== 1 && label !== -1 : !(Number.isInteger(label) && label >= 0 && label < classes)) {
      const expected = classes === undefined ? "-1 or +1" : `an integer from 0 to ${classes - 1}`;
      throw new DataError(`${name}: label of sample ${i} must be ${expected}, got ${shown(label)}`, {
        path: `${name}.labels`,
        value: label,
        ...(classes === undefined && Number.isInteger(label) && { hint: "set classes to the number of classes, counted from 0" }),
      });
    }
    if (label !== labels[0]) others++;
  }
  if (!bothClasses || others > 0) return;
  const wanted = classes === undefined ? "both" : "several";
  throw new DataError(`${name}: every label is ${labels[0]}, expected samples of ${wanted} classes`, {
    path: `${name}.labels`,
    value: labels[0],
  });
}
