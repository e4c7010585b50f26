import { DataError, drawSubset, type KernelFactory, type SupervisedData, streams } from "@steepest/core";
import type { ColumnValues } from "@steepest/formats";
import type { DatasetFiles, DrawnData, ImageShape } from "../dataset.js";
import { classesOf, classGroups } from "./classes.js";
import { erasedColumns } from "./constantColumns.js";
import { type CodedColumn, valuesOfColumn, withCodes } from "./oneHot.js";
import { type Part, readPart } from "./part.js";
import { type Parts, prepared } from "./prepare.js";
import { labelsOf, tellRemedy } from "./remedy.js";
import type { FileChoice, FilePart } from "./schema.js";

/** The samples of the files before the seed divides them, without their coordinates. */
export interface FileSamples {
  readonly train: Part;
  /** The part of a test file; absent: the samples are of `train`. */
  readonly test?: Part;
  /** Rows of `train` that are trained on, and of the test part; both where a share of them is drawn. */
  readonly trainRows: readonly number[];
  readonly testRows: readonly number[];
  /** Number of rows that the seed draws of `trainRows` for the test; 0: the rows are divided already. */
  readonly share: number;
  readonly columns: readonly number[];
  readonly testColumns: readonly number[];
  /** Columns whose values are coded, behind the others. */
  readonly coded: readonly CodedColumn[];
  readonly image?: ImageShape | undefined;
  /** Labels of the classes, in their order; absent: targets. */
  readonly groups?: readonly (readonly (string | number)[])[];
  /** The class of each row; of the test file likewise. */
  readonly labels: readonly (number | undefined)[];
  readonly testLabels: readonly (number | undefined)[];
  readonly targets: readonly number[];
  /** Number of samples that are left out because they lack a value. */
  readonly leftOut: number;
}

const fewest = 2;

/** Reads what decides the sizes: labels and parts. @throws DataError */
export async function fileSamples(choice: FileChoice, files: DatasetFiles): Promise<FileSamples> {
  const part = testPart(choice);
  const train = await readPart(choice, choice, files);
  const test = part && (await readPart(choice, part, files));
  const targets = (choice.targets ?? []).map((wanted, i) => train.column(wanted, `dataset.targets[${i}]`));
  const split = choice.test && "column" in choice.test ? choice.test : undefined;
  const splitColumn = split && train.column(split.column, "dataset.test.column");
  const reserved = new Set([...targets, ...(splitColumn === undefined ? [] : [splitColumn])]);
  const codedIn = (of: Part): readonly number[] => (choice.oneHot ?? []).map((wanted, i) => of.column(wanted, `dataset.oneHot[${i}]`));
  const inputsOf = (of: Part): readonly number[] => {
    if (choice.columns) return choice.columns.map((wanted, i) => of.column(wanted, `dataset.columns[${i}]`));
    const coded = codedIn(of);
    const ignored = new Set((choice.ignore ?? []).map((wanted, i) => of.column(wanted, `dataset.ignore[${i}]`)));
    return of.inputs.filter((column) => !reserved.has(column) && !ignored.has(column) && !coded.includes(column));
  };
  const [columns, testColumns] = [inputsOf(train), test ? inputsOf(test) : []];
  const [codedColumns, testCoded] = [codedIn(train), test ? codedIn(test) : []];
  const image = codedColumns.length > 0 ? undefined : train.image;
  checkColumns({ train, test, columns, testColumns, image, isCoded: codedColumns.length > 0 });
  const isLabelled = choice.targets === undefined;
  const read = await completeRows(choice, train, [...columns, ...codedColumns, ...reserved]);
  const testTargets = test ? (choice.targets ?? []).map((wanted, i) => test.column(wanted, `dataset.targets[${i}]`)) : [];
  const testRead = test && (await completeRows(choice, test, [...testColumns, ...testCoded, ...testTargets]));
  const values = isLabelled ? await labelsOf(train, read) : new Float64Array(read?.length ?? train.rows);
  const testValues = isLabelled && test ? await labelsOf(test, testRead) : new Float64Array(testRead?.length ?? test?.rows ?? 0);
  const groups = isLabelled ? classGroups(choice.classes, values, train.name) : undefined;
  const classes = (of: ColumnValues): readonly (number | undefined)[] => (groups ? classesOf(groups, of) : Array.from(of as Float64Array));
  const labels = inRows(classes(values), read, train.rows);
  const testClasses = classes(testValues);
  const testLabels = inRows(testClasses, testRead, test?.rows ?? 0);
  if (groups && choice.classes === undefined) requireKnown(testValues, testClasses, test);
  const all = rowsWith(labels);
  const isTest = split && splitColumn !== undefined ? await isTestRow(train, splitColumn, split.value, read) : undefined;
  const trainRows = isTest ? all.filter((row) => !isTest(row)) : all;
  const testRows = isTest ? all.filter(isTest) : rowsWith(testLabels);
  const share = choice.test && "share" in choice.test ? Math.max(1, Math.round(choice.test.share * trainRows.length)) : 0;
  requireSamples(trainRows.length - share, train.name);
  if (choice.test && testRows.length + share === 0)
    throw DataError.at("dataset.test", `${test?.name ?? train.name} holds no test sample`, { hint: "see its column and value" });
  if (groups) requireEach(groups, trainRows, labels, train.name);
  const coded = await codedOf(choice, train, { columns: codedColumns, testColumns: testCoded, rows: all });
  return {
    train,
    ...(test && { test }),
    trainRows,
    testRows,
    share,
    columns,
    testColumns,
    coded,
    image,
    ...(groups && { groups }),
    labels,
    testLabels,
    targets,
    leftOut: (read ? train.rows - read.length : 0) + (test && testRead ? test.rows - testRead.length : 0),
  };
}

/** The columns that are coded, with the values that the training file has in some rows. */
async function codedOf(
  { oneHot = [] }: FileChoice,
  train: Part,
  { columns, testColumns, rows }: Readonly<Record<"columns" | "testColumns" | "rows", readonly number[]>>,
): Promise<CodedColumn[]> {
  const coded: CodedColumn[] = [];
  for (const [i, written] of oneHot.entries()) {
    const column = columns[i]!;
    coded.push({ written, column, testColumn: testColumns[i], values: await valuesOfColumn(train, column, written, rows) });
  }
  return coded;
}

/** The rows of a part that lack no value; undefined where none may, so that all are read. @param columns  that are looked at, beside the label */
async function completeRows({ missing }: FileChoice, part: Part, columns: readonly number[]): Promise<readonly number[] | undefined> {
  if (missing === undefined) return undefined;
  const lacking = new Set(await part.incomplete([...columns, ...(part.label === undefined ? [] : [part.label])]));
  return Array.from({ length: part.rows }, (_, row) => row).filter((row) => !lacking.has(row));
}

/** The values of the rows that were read, by row; undefined in the others. */
function inRows<T>(values: readonly T[], read: readonly number[] | undefined, count: number): readonly (T | undefined)[] {
  if (!read) return values;
  const all = new Array<T | undefined>(count).fill(undefined);
  for (const [i, row] of read.entries()) all[row] = values[i];
  return all;
}

/** The test part that is a file of its own; it takes over from the training part what it does not say, but for files. */
function testPart({ array, label, test }: FileChoice): FilePart | undefined {
  if (!test || !("path" in test)) return undefined;
  return { ...(array !== undefined && { array }), ...(label !== undefined && { label }), ...test };
}

function checkColumns({
  train,
  test,
  columns,
  testColumns,
  image,
  isCoded,
}: Pick<FileSamples, "train" | "columns" | "testColumns" | "image"> & {
  readonly test: Part | undefined;
  readonly isCoded: boolean;
}): void {
  if (columns.length === 0 && !isCoded)
    throw DataError.at("dataset.columns", `${train.name} has no column of coordinates beside the label`, { hint: "columns names them" });
  if (test && testColumns.length !== columns.length) {
    const hint = "files of the same columns; for LIBSVM files, dimension says the number of features";
    throw DataError.at("dataset.test.path", `${test.name} has ${testColumns.length} coordinates, ${train.name} ${columns.length}`, {
      value: testColumns.length,
      hint,
    });
  }
  if (image && image.channels * image.height * image.width !== columns.length) {
    const { channels, height, width } = image;
    throw DataError.at(
      "dataset.image",
      `${channels} x ${height} x ${width} pixels are not the ${columns.length} coordinates of ${train.name}`,
      { value: image, hint: "channels x height x width" },
    );
  }
}

/** Refuses labels of a test file that the training file does not hold. */
function requireKnown(values: ColumnValues, labels: readonly unknown[], test: Part | undefined): void {
  const unknown = labels.indexOf(undefined);
  if (unknown < 0 || !test) return;
  const hint = '"classes" lists the labels that are wanted, and leaves samples of others out';
  throw DataError.at(test.name, `holds the label ${JSON.stringify(values[unknown])}, which no training sample has`, {
    value: values[unknown],
    hint,
  });
}

const rowsWith = (labels: readonly unknown[]): number[] => [...labels.keys()].filter((row) => labels[row] !== undefined);

async function isTestRow(
  part: Part,
  column: number,
  wanted: string | number,
  read: readonly number[] | undefined,
): Promise<(row: number) => boolean> {
  const values = await part.values(column, read);
  if (!Array.from(values as ArrayLike<unknown>).includes(wanted)) {
    const found = [...new Set<unknown>(values)].slice(0, 5).map((one) => JSON.stringify(one));
    throw DataError.at("dataset.test.value", `no sample of ${part.name} has ${JSON.stringify(wanted)} there`, {
      value: wanted,
      hint: `it holds ${found.join(", ")}`,
    });
  }
  const all = inRows(Array.from(values as ArrayLike<string | number>), read, part.rows);
  return (row) => all[row] === wanted;
}

function requireSamples(count: number, name: string): void {
  if (count >= fewest) return;
  throw DataError.at(name, `leaves ${count} ${count === 1 ? "sample" : "samples"} to train on, at least ${fewest} are needed`, {
    value: count,
    hint: "more samples, or a smaller test part",
  });
}

/** Refuses training samples that lack a class. */
function requireEach(
  groups: NonNullable<FileSamples["groups"]>,
  rows: readonly number[],
  labels: readonly (number | undefined)[],
  name: string,
): void {
  const found = new Set(rows.map((row) => labels[row]));
  for (const [c, group] of groups.entries()) {
    const label = groups.length === 2 ? 2 * c - 1 : c;
    if (found.has(label)) continue;
    throw DataError.at(name, `holds no training sample of the class ${JSON.stringify(group.length === 1 ? group[0] : group)}`, {
      value: group,
      hint: "another seed, a smaller test part, or fewer classes",
    });
  }
}

/**
 * The rows of training and test under a seed: a share is drawn, the rest stays in the order of the file.
 *
 * @param samples  from `fileSamples`
 * @param draw     draws so many of the rows
 */
export function dividedRows(
  { trainRows, testRows, share }: FileSamples,
  draw: (rows: readonly number[], count: number) => readonly number[],
): { train: readonly number[]; test: readonly number[] } {
  if (share === 0) return { train: trainRows, test: testRows };
  const held = new Set(draw(trainRows, share));
  return { train: trainRows.filter((row) => !held.has(row)), test: trainRows.filter((row) => held.has(row)) };
}

/** Prepared samples, and sentences on what one may not expect of them. */
interface RemarkedParts extends Parts {
  readonly remarks: readonly string[];
}

/** Coordinates of both parts, prepared. @throws DataError */
export async function preparedParts(
  choice: FileChoice,
  samples: FileSamples,
  rows: { readonly train: readonly number[]; readonly test: readonly number[] },
): Promise<RemarkedParts> {
  const { train, test, columns, testColumns, coded, image } = samples;
  const inputDim = columns.length;
  const read = await rowReader(choice, train, columns);
  const held = test ? await rowReader(choice, test, testColumns) : read;
  const parts = { train: await read(rows.train), test: await held(rows.test), inputDim, image };
  const steps = choice.prepare ?? [];
  const remarks = erasedColumns(parts, steps, columns, train);
  const all = await withCodes(
    parts,
    coded,
    { part: train, rows: rows.train, columnOf: ({ column }) => column },
    { part: test ?? train, rows: rows.test, columnOf: ({ column, testColumn = column }) => testColumn },
  );
  return { ...prepared(all, steps), remarks };
}

/** Reads some rows of columns. All of them must hold numbers, also those that are not read, unless samples that lack some are left out. */
async function rowReader(
  { missing }: FileChoice,
  part: Part,
  columns: readonly number[],
): Promise<(rows: readonly number[]) => Promise<Float64Array>> {
  if (missing !== undefined) return (rows) => part.numbers(columns, rows);
  const all = await part.numbers(columns).catch((error: unknown) => tellRemedy(error, part, columns));
  return async (rows) => picked(all, rows, columns.length);
}

/** Rows of a matrix in an array of their own. */
function picked(values: Float64Array, rows: readonly number[], width: number): Float64Array {
  const isAll = rows.length * width === values.length && rows.every((row, i) => row === i);
  if (isAll) return values;
  const result = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) result.set(values.subarray(row * width, (row + 1) * width), i * width);
  return result;
}

/** Draws the data of a seed. @throws DataError */
export async function drawnSamples(choice: FileChoice, seed: number, files: DatasetFiles, kernels: KernelFactory): Promise<DrawnData> {
  const samples = await fileSamples(choice, files);
  const rows = dividedRows(samples, (all, count) => drawSubset(kernels, all, { seed, stream: streams.heldOut, count }));
  const { groups, train, test, labels, testLabels, targets } = samples;
  if (groups) requireEach(groups, rows.train, labels, train.name);
  const parts = await preparedParts(choice, samples, rows);
  const part = async (
    inputs: Float64Array,
    chosen: readonly number[],
    of: Part,
    classes: readonly (number | undefined)[],
  ): Promise<SupervisedData> => {
    const { inputDim } = parts;
    if (groups)
      return { inputs, inputDim, labels: chosen.map((row) => classes[row]!), ...(groups.length > 2 && { classes: groups.length }) };
    const columns = of === train ? targets : (choice.targets ?? []).map((wanted, i) => of.column(wanted, `dataset.targets[${i}]`));
    return { inputs, inputDim, targets: await (await rowReader(choice, of, columns))(chosen), outputs: columns.length };
  };
  const trained = await part(parts.train, rows.train, train, labels);
  const held = test ?? train;
  const tested = rows.test.length > 0 ? await part(parts.test, rows.test, held, test ? testLabels : labels) : undefined;
  return { train: trained, test: tested, ...(parts.remarks.length > 0 && { remarks: parts.remarks }) };
}
