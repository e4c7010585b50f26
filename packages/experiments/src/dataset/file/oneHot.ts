import { DataError } from "@steepest/core";
import { inOrder } from "./classes.js";
import type { Part } from "./part.js";
import type { Parts } from "./prepare.js";

type Value = string | number;

/** A column whose values are coded: a coordinate for each, 1 where a sample has it and 0 elsewhere. */
export interface CodedColumn {
  /** As the definition names it. */
  readonly written: Value;
  readonly column: number;
  /** The column in a test file of its own; absent: there is none. */
  readonly testColumn?: number | undefined;
  /** Values of the training file, numbers by size, texts by code units. */
  readonly values: readonly Value[];
}

/** Values of a column that are coded at most: more are names or numbers of samples. */
const mostValues = 1000;

const valuesAt = async (part: Part, column: number, rows: readonly number[]): Promise<readonly Value[]> =>
  Array.from((await part.values(column, rows)) as ArrayLike<Value>);

/**
 * The values of a column, in their order.
 *
 * @param part     the training file
 * @param written  the column as the definition names it
 * @param rows     the rows of samples
 * @throws DataError  if a value is missing, there are numbers and texts, or very many values
 */
export async function valuesOfColumn(part: Part, column: number, written: Value, rows: readonly number[]): Promise<readonly Value[]> {
  const values = new Set(await valuesAt(part, column, rows));
  if (values.size <= mostValues) return [...values].sort(inOrder);
  throw DataError.at("dataset.oneHot", `column ${JSON.stringify(written)} of ${part.name} holds ${values.size} different values`, {
    value: values.size,
    hint: `at most ${mostValues} are coded; "ignore" leaves a column out that names the samples`,
  });
}

/** The samples of a part with coordinates for coded columns behind the others. */
interface CodedPart {
  readonly part: Part;
  readonly rows: readonly number[];
  readonly columnOf: (coded: CodedColumn) => number;
}

/**
 * Appends the coordinates of coded columns.
 *
 * @param parts  the other coordinates; not modified
 * @param coded  the columns
 * @param train  of which rows
 * @param test   likewise
 * @throws DataError  naming a value that no training sample has
 */
export async function withCodes(parts: Parts, coded: readonly CodedColumn[], train: CodedPart, test: CodedPart): Promise<Parts> {
  if (coded.length === 0) return parts;
  const width = coded.reduce((sum, { values }) => sum + values.length, parts.inputDim);
  const wider = async (inputs: Float64Array, { part, rows, columnOf }: CodedPart): Promise<Float64Array> => {
    const result = new Float64Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) result.set(inputs.subarray(i * parts.inputDim, (i + 1) * parts.inputDim), i * width);
    let start = parts.inputDim;
    for (const one of rows.length > 0 ? coded : []) {
      const place = new Map(one.values.map((value, k) => [value, k]));
      for (const [i, value] of (await valuesAt(part, columnOf(one), rows)).entries()) {
        const k = place.get(value) ?? refuseUnknown(one, part, value);
        result[i * width + start + k] = 1;
      }
      start += one.values.length;
    }
    return result;
  };
  return { train: await wider(parts.train, train), test: await wider(parts.test, test), inputDim: width };
}

function refuseUnknown({ written, values }: CodedColumn, { name }: Part, value: Value): never {
  throw DataError.at(name, `holds ${JSON.stringify(value)} in column ${JSON.stringify(written)}, which no training sample does`, {
    value,
    hint: `training samples have ${values
      .slice(0, 5)
      .map((one) => JSON.stringify(one))
      .join(", ")}${values.length > 5 ? `, ... (${values.length})` : ""}: leave the sample out, or the column`,
  });
}
