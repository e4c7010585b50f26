import { DataError } from "@steepest/core";
import type { ImageShape } from "../dataset.js";
import type { PrepareStep } from "./prepareStep.js";

/** Training and test samples: f64[samples][inputDim], row-major; the steps change the arrays in place, or replace them. */
export interface Parts {
  readonly train: Float64Array;
  readonly test: Float64Array;
  readonly inputDim: number;
  readonly image?: ImageShape | undefined;
}

/** A step in the code: what it makes of both parts. */
type Step = (parts: Parts) => Parts;

/** The steps that have no number, by name. */
const namedSteps: Readonly<Record<Extract<PrepareStep, string>, Step>> = { unitInterval, standardize, unitRows, dropConstant };

/** The steps that have one, by its key. */
const numberedSteps: Readonly<Record<string, (number: number) => Step>> = { divide, pool, constant };

/**
 * Prepares the coordinates of samples. Sums go over the rows in their order, and no other function than the square root is taken, so that the bits are those of
 * every engine.
 *
 * @param parts  the samples as the files hold them; their arrays are changed
 * @param steps  of the definition
 * @returns the samples that are trained on
 * @throws DataError  if a step does not fit the samples, or makes a number that no double holds
 */
export function prepared(parts: Parts, steps: readonly PrepareStep[]): Parts {
  let current = parts;
  for (const [i, step] of steps.entries()) {
    const [key, number] = typeof step === "string" ? [step, undefined] : Object.entries(step)[0]!;
    current = number === undefined ? namedSteps[key as keyof typeof namedSteps](current) : numberedSteps[key]!(number)(current);
    for (const part of [current.train, current.test]) {
      const bad = part.findIndex((x) => !Number.isFinite(x));
      if (bad < 0) continue;
      const place = `sample ${Math.floor(bad / current.inputDim)}, coordinate ${bad % current.inputDim} (counted from 0)`;
      throw DataError.at(`dataset.prepare[${i}]`, `${key} makes ${part[bad]} of ${place}`, {
        value: part[bad]!,
        hint: "scale the data first",
      });
    }
  }
  return current;
}

/**
 * The shape of prepared samples, without any.
 *
 * @param shape  the coordinates, and the images, before
 * @param steps  of the definition
 * @returns those after; undefined where the samples themselves decide
 */
export function preparedShape(
  shape: Pick<Parts, "inputDim" | "image">,
  steps: readonly PrepareStep[],
): Pick<Parts, "inputDim" | "image"> | undefined {
  if (steps.includes("dropConstant")) return undefined;
  const shaping = steps.filter((step) => typeof step !== "string");
  const { inputDim, image } = prepared({ train: new Float64Array(0), test: new Float64Array(0), ...shape }, shaping);
  return { inputDim, image };
}

const rowsOf = (part: Float64Array, inputDim: number): number => part.length / inputDim;

/** Maps each coordinate of both parts by numbers of the training part. */
function byCoordinate({ train, test, ...shape }: Parts, mapOf: (column: number) => (x: number) => number): Parts {
  for (let column = 0; column < shape.inputDim; column++) {
    const map = mapOf(column);
    for (const part of [train, test]) for (let i = column; i < part.length; i += shape.inputDim) part[i] = map(part[i]!);
  }
  return { train, test, ...shape };
}

function unitInterval(parts: Parts): Parts {
  const { train, inputDim } = parts;
  return byCoordinate(parts, (column) => {
    let [least, largest] = [Infinity, -Infinity];
    for (let i = column; i < train.length; i += inputDim) {
      least = Math.min(least, train[i]!);
      largest = Math.max(largest, train[i]!);
    }
    const width = largest - least;
    return (x) => (width === 0 ? 0 : (x - least) / width);
  });
}

function standardize(parts: Parts): Parts {
  const { train, inputDim } = parts;
  const rows = rowsOf(train, inputDim);
  return byCoordinate(parts, (column) => {
    let [sum, squares, isConstant] = [0, 0, true];
    for (let i = column; i < train.length; i += inputDim) {
      sum += train[i]!;
      isConstant &&= train[i] === train[column];
    }
    const mean = sum / rows;
    for (let i = column; i < train.length; i += inputDim) squares += (train[i]! - mean) * (train[i]! - mean);
    const deviation = Math.sqrt(squares / rows);
    return (x) => (isConstant ? 0 : (x - mean) / deviation);
  });
}

function unitRows(parts: Parts): Parts {
  const { inputDim } = parts;
  for (const part of [parts.train, parts.test]) {
    for (let start = 0; start < part.length; start += inputDim) {
      const row = part.subarray(start, start + inputDim);
      let [largest, squares] = [0, 0];
      for (const x of row) largest = Math.max(largest, Math.abs(x));
      if (largest === 0) continue; // an all-zero sample has no direction
      for (const x of row) squares += (x / largest) * (x / largest);
      const root = Math.sqrt(squares);
      for (let k = 0; k < row.length; k++) row[k] = row[k]! / largest / root;
    }
  }
  return parts;
}

function dropConstant({ train, test, inputDim }: Parts): Parts {
  const kept: number[] = [];
  for (let column = 0; column < inputDim; column++) {
    const first = train[column];
    const varies = (part: Float64Array): boolean => {
      for (let i = column; i < part.length; i += inputDim) if (part[i] !== first) return true;
      return false;
    };
    if (varies(train) || varies(test)) kept.push(column);
  }
  if (kept.length === 0)
    throw DataError.at("dataset.prepare", "every coordinate is the same in all samples", { hint: "other columns, or no dropConstant" });
  const rest = (part: Float64Array): Float64Array => {
    const rows = rowsOf(part, inputDim);
    const result = new Float64Array(rows * kept.length);
    for (let row = 0; row < rows; row++)
      for (const [k, column] of kept.entries()) result[row * kept.length + k] = part[row * inputDim + column]!;
    return result;
  };
  return { train: rest(train), test: rest(test), inputDim: kept.length }; // samples with gaps are no images
}

function divide(number: number): Step {
  return (parts) => {
    for (const part of [parts.train, parts.test]) for (let i = 0; i < part.length; i++) part[i] = part[i]! / number;
    return parts;
  };
}

function constant(number: number): Step {
  return ({ train, test, inputDim }) => {
    const wider = (part: Float64Array): Float64Array => {
      const rows = rowsOf(part, inputDim);
      const result = new Float64Array(rows * (inputDim + 1)).fill(number);
      for (let row = 0; row < rows; row++) result.set(part.subarray(row * inputDim, (row + 1) * inputDim), row * (inputDim + 1));
      return result;
    };
    return { train: wider(train), test: wider(test), inputDim: inputDim + 1 }; // and so no image any more
  };
}

function pool(side: number): Step {
  return ({ train, test, image, inputDim }) => {
    if (!image) {
      const hint = '"image": { "height": 28, "width": 28 } says the shape of the samples, before a constant coordinate and dropConstant';
      throw DataError.at("dataset.prepare", `pool averages pixels, and the samples of ${inputDim} coordinates are no images`, { hint });
    }
    const [height, width] = [image.height / side, image.width / side];
    if (!Number.isInteger(height) || !Number.isInteger(width)) {
      throw DataError.at("dataset.prepare", `pool must divide both sides of the images, ${image.height} x ${image.width}, got ${side}`, {
        value: side,
        hint: "another side",
      });
    }
    const pooled = { channels: image.channels, height, width };
    const outputDim = image.channels * height * width;
    const smaller = (part: Float64Array): Float64Array => {
      const result = new Float64Array(rowsOf(part, inputDim) * outputDim);
      for (let i = 0; i < result.length; i++) {
        const [column, row] = [i % width, Math.floor(i / width) % height];
        const plane = Math.floor(i / (width * height)); // of all samples and channels
        const start = plane * image.height * image.width + row * side * image.width + column * side;
        let sum = 0;
        for (let k = 0; k < side * side; k++) sum += part[start + Math.floor(k / side) * image.width + (k % side)]!;
        result[i] = sum / (side * side);
      }
      return result;
    };
    return { train: smaller(train), test: smaller(test), inputDim: outputDim, image: pooled };
  };
}
