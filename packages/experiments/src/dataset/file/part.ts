import { DataError } from "@steepest/core";
import { type ColumnValues, type FileTable, type ImageShape, type ReadTableOptions, readTable } from "@steepest/formats";
import type { DatasetFiles, HashedBytes } from "../dataset.js";
import type { FileChoice, FilePart } from "./schema.js";

/** One part of the data, of one file or several: its columns as they are asked for. */
export interface Part {
  /** Its name in messages. */
  readonly name: string;
  readonly rows: number;
  readonly image?: ImageShape | undefined;
  /** Numbers of the columns that are coordinates. */
  readonly inputs: readonly number[];
  /** The column of the labels; undefined where they stand in another file, or nothing says which it is. */
  readonly label: number | undefined;
  /** Columns as numbers, f64[rows][columns.length]. @param rows  those that are read; all of them without */
  numbers(columns: readonly number[], rows?: readonly number[]): Promise<Float64Array>;
  values(column: number, rows?: readonly number[]): Promise<ColumnValues>;
  /** The labels of the rows, of all of them without. */
  labels(rows?: readonly number[]): Promise<ColumnValues>;
  /** The rows that lack a value in one of the columns. */
  incomplete(columns: readonly number[]): Promise<readonly number[]>;
  /** Those of the columns that hold texts, each by its name, or its number where it has none. */
  textsAmong(columns: readonly number[]): readonly (string | number)[];
  /** The name of a column, or its number where it has none. */
  nameOf(column: number): string | number;
  /** The number of a column. @throws DataError */
  column(wanted: string | number, path: string): number;
}

/**
 * The content of a file of the host.
 *
 * @param files  the host
 * @param path   as the definition has it
 * @returns bytes and hash
 * @throws DataError  if the host reads no files, or there is none
 */
export async function bytesAt(files: DatasetFiles, path: string): Promise<HashedBytes> {
  if (files.bytes) return files.bytes(path);
  throw DataError.at("dataset.path", `${path} is a file, and nothing here reads files`, {
    value: path,
    hint: "steepest run reads it; on the page, drop the file itself",
  });
}

/** Reads a part. @throws DataError  if a file is not what it should be, or several do not fit each other */
export async function readPart(choice: FileChoice, part: FilePart, files: DatasetFiles): Promise<Part> {
  const paths = typeof part.path === "string" ? [part.path] : part.path;
  const options = optionsOf(choice, part);
  const tables: FileTable[] = [];
  for (const path of paths) tables.push(await readOne(path, options, part.labels, files));
  const [first] = tables as [FileTable];
  for (const [i, table] of tables.entries()) {
    if (table.columns === first.columns) continue;
    const hint =
      options.dimension === undefined
        ? "files of one table; for LIBSVM files, dimension says the number of features"
        : "files of one table";
    throw DataError.at(paths[i]!, `has ${table.columns} columns, ${paths[0]} has ${first.columns}`, { value: table.columns, hint });
  }
  const labelTable = part.labels === undefined || first.label !== undefined ? undefined : await labelColumn(part.labels, files);
  const name = paths.join(", ");
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (labelTable && labelTable.rows !== rows) {
    throw DataError.at(part.labels!, `holds ${labelTable.rows} labels, ${name} ${rows} samples`, {
      value: labelTable.rows,
      hint: "the two files of one part of the data",
    });
  }
  const column = (wanted: string | number, path: string): number => columnOf(first, wanted, path, name);
  const nameOf = (index: number): string | number => first.nameOf(index) || index;
  const label = part.label === undefined ? first.label : column(part.label, "dataset.label");
  const starts = tables.map((_, t) => tables.slice(0, t).reduce((sum, table) => sum + table.rows, 0));
  /** Rows of the part as rows of one of its tables. */
  const rowsIn = (t: number, all: readonly number[] | undefined): readonly number[] | undefined =>
    all?.map((row) => row - starts[t]!).filter((row) => row >= 0 && row < tables[t]!.rows);
  const values = async (index: number, chosen?: readonly number[]): Promise<ColumnValues> =>
    joined(await Promise.all(tables.map((table, t) => table.values(index, rowsIn(t, chosen)))), name);
  return {
    name,
    rows,
    image: imageOf(choice, first, name),
    inputs: first.inputs.filter((index) => index !== label),
    column,
    values,
    nameOf,
    textsAmong: (columns) => columns.filter((index) => first.kindOf(index) === "texts").map(nameOf),
    label: labelTable ? undefined : label,
    numbers: async (columns, chosen) => {
      if (tables.length === 1) return first.numbers(columns, chosen);
      const all = new Float64Array((chosen?.length ?? rows) * columns.length);
      let next = 0;
      for (const [t, table] of tables.entries()) {
        const read = await table.numbers(columns, rowsIn(t, chosen));
        all.set(read, next);
        next += read.length;
      }
      return all;
    },
    incomplete: async (columns) => {
      const found: number[] = [];
      for (const [t, table] of tables.entries()) for (const row of await table.incomplete(columns)) found.push(starts[t]! + row);
      return found;
    },
    labels: async (chosen) => {
      if (labelTable) return labelTable.values(labelTable.columns - 1, chosen);
      if (label !== undefined) return values(label, chosen);
      throw DataError.at("dataset.label", `is missing, and ${name} does not say which of its ${first.columns} columns holds the labels`, {
        hint: `"label": ${namesOf(first) || "the number of a column from 0 on"}`,
      });
    },
  };
}

function optionsOf(choice: FileChoice, part: FilePart): ReadTableOptions {
  const { format, heading, decimal, indexBase, dimension } = choice;
  const { array } = part;
  return {
    ...(format !== undefined && { format }),
    ...(heading !== undefined && { heading }),
    ...(decimal !== undefined && { decimal }),
    ...(indexBase !== undefined && { indexBase }),
    ...(dimension !== undefined && { dimension }),
    ...(array !== undefined && { array }),
  };
}

async function readOne(path: string, options: ReadTableOptions, labels: string | undefined, files: DatasetFiles): Promise<FileTable> {
  const { bytes } = await bytesAt(files, path);
  const labelFile = labels === undefined ? undefined : { name: labels, bytes: (await bytesAt(files, labels)).bytes };
  return readTable({ name: path, bytes }, { ...options, ...(labelFile && { labels: labelFile }) });
}

/** A file of labels alone, one per row. */
async function labelColumn(path: string, files: DatasetFiles): Promise<FileTable> {
  const table = await readTable({ name: path, bytes: (await bytesAt(files, path)).bytes }, { heading: false });
  if (table.inputs.length === 1) return table;
  throw DataError.at(path, `has ${table.inputs.length} columns, a file of labels has one`, {
    value: table.inputs.length,
    hint: '"label" names a column of the file itself',
  });
}

/** Column names for a hint. */
function namesOf(table: FileTable): string {
  const names = Array.from({ length: Math.min(table.columns, 200) }, (_, k) => table.nameOf(k)).filter((name) => name !== "");
  const first = names.slice(0, 8).map((name) => JSON.stringify(name.slice(0, 40)));
  return first.join(" or ") + (names.length > 8 ? ", ..." : "");
}

function columnOf(table: FileTable, wanted: string | number, path: string, file: string): number {
  if (typeof wanted === "number") {
    if (wanted < table.columns) return wanted;
    throw DataError.at(path, `${file} has the columns 0 to ${table.columns - 1}, got ${wanted}`, {
      value: wanted,
      hint: "columns count from 0",
    });
  }
  const found = Array.from({ length: table.columns }, (_, k) => k).filter((k) => table.nameOf(k) === wanted);
  if (found.length === 1) return found[0]!;
  const what = found.length === 0 ? `has no column ${JSON.stringify(wanted)}` : `has ${found.length} columns ${JSON.stringify(wanted)}`;
  throw DataError.at(path, `${file} ${what}`, {
    value: wanted,
    hint: `${namesOf(table) || "its columns have no names"}; numbers count from 0`,
  });
}

function joined(parts: readonly ColumnValues[], name: string): ColumnValues {
  if (parts.length === 1) return parts[0]!;
  const texts = parts.filter((part) => !(part instanceof Float64Array));
  if (texts.length === 0) return Float64Array.from(parts.flatMap((part) => [...(part as Float64Array)]));
  if (texts.length === parts.length) return parts.flat() as readonly string[];
  throw DataError.at(name, "hold numbers in one file and texts in another, in the same column", { hint: "one kind of values in a column" });
}

function imageOf({ image, columns }: FileChoice, table: FileTable, name: string): ImageShape | undefined {
  if (columns !== undefined && !image) return undefined;
  if (!image) return table.image;
  const shape = { channels: image.channels ?? 1, height: image.height, width: image.width };
  if (
    table.image &&
    (table.image.height !== shape.height || table.image.width !== shape.width || table.image.channels !== shape.channels)
  ) {
    const { channels, height, width } = table.image;
    throw DataError.at("dataset.image", `${name} holds images of ${channels} x ${height} x ${width}`, {
      value: image,
      hint: "leave it out",
    });
  }
  return shape;
}
