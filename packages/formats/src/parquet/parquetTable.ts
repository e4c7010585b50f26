import { isSteepestError } from "@steepest/core";
import { type DecodedArray, type FileMetaData, parquetMetadata, type SchemaElement } from "hyparquet";
import { requireBytes } from "../check/bound.js";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { ColumnKind, ColumnValues, FileTable } from "../table/fileTable.js";
import type { NamedBytes } from "../table/format.js";
import { allRows, flagged, ofRows } from "../table/rows.js";
import { type Chunk, pagesOf } from "./pages.js";
import { isMissing, readNumbers, type ValueKind, valueKind } from "./rawValues.js";
import { ThriftCheck } from "./thrift.js";

const hint = "the file is truncated or corrupt; write or download it again";
const magic = 0x31524150;

/** The table in a Parquet file. @throws DataError */
export const readParquet = (file: NamedBytes, most: number): FileTable => intact(file.name, () => new ParquetTable(file, most));

/** The result of a function that calls hyparquet, whose errors on what is not intact are of many classes. @throws DataError */
function intact<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isSteepestError(error)) throw error;
    return refuse(name, `is not intact: ${(error as Error).message}`, hint, error);
  }
}

/** A column that is a leaf of the schema. */
interface Column {
  readonly element: SchemaElement;
  readonly kind: ValueKind | undefined;
}

class ParquetTable implements FileTable {
  readonly format = "parquet";
  readonly rows: number;
  readonly columns: number;
  readonly inputs: readonly number[];
  readonly remarks: readonly string[];
  readonly #name: string;
  readonly #bytes: Uint8Array;
  readonly #most: number;
  readonly #metadata: FileMetaData;
  readonly #columns: readonly Column[];

  constructor({ name, bytes }: NamedBytes, most: number) {
    this.#name = name;
    this.#bytes = bytes;
    this.#most = most;
    this.#metadata = metadataOf(name, bytes);
    const leaves = leavesOf(this.#metadata.schema);
    const nameless = leaves.findIndex((element) => typeof element.name !== "string");
    if (nameless >= 0) refuse(name, `column ${nameless} (counted from 0) has no name in the schema`, hint, nameless);
    this.#columns = leaves.map((element) => ({ element, kind: valueKind(element) }));
    this.columns = leaves.length;
    this.rows = rowsOf(name, this.#metadata);
    if (this.columns === 0) refuse(name, "has no column that is a number or a text", "columns of numbers that are not nested");
    requireBytes(name, 8 * this.rows, most, `${this.rows} rows`);
    this.inputs = leaves.map((_, column) => column).filter((column) => this.#columns[column]!.element.name !== "__index_level_0__");
    this.remarks = this.inputs.length < this.columns ? ["The column __index_level_0__ is the index of pandas and no coordinate."] : [];
  }

  nameOf(column: number): string {
    return this.#columns[column]?.element.name ?? "";
  }

  kindOf(column: number): ColumnKind {
    return this.#columns[column]?.kind?.kind ?? "mixed";
  }

  placeOf(row: number): string {
    return `row ${row} (counted from 0)`;
  }

  async numbers(columns: readonly number[], rows?: readonly number[]): Promise<Float64Array> {
    const width = columns.length;
    requireBytes(this.#name, 8 * this.rows * width, this.#most, `${this.rows} x ${width} numbers`);
    if (width === 1) return ofRows(this.#numbersOf(columns[0]!, rows), rows);
    const chosen = rows ?? allRows(this.rows);
    const values = new Float64Array(chosen.length * width);
    for (const [k, column] of columns.entries()) {
      const read = this.#numbersOf(column, rows);
      for (const [i, row] of chosen.entries()) values[i * width + k] = read[row]!;
    }
    return values;
  }

  async incomplete(columns: readonly number[]): Promise<readonly number[]> {
    const flags = new Uint8Array(this.rows);
    for (const column of columns) {
      const isText = this.kindOf(column) === "texts";
      let row = 0;
      for (const page of this.#pages(column)) {
        for (const raw of page as Iterable<unknown>) {
          if (isMissing(raw) || (isText && (raw as Uint8Array).length === 0)) flags[row] = 1;
          row++;
        }
      }
    }
    return flagged(flags);
  }

  async values(column: number, rows?: readonly number[]): Promise<ColumnValues> {
    if (this.kindOf(column) !== "texts") return ofRows(this.#numbersOf(column, rows), rows);
    const texts = this.#textsOf(column, rows && new Set(rows));
    return rows ? rows.map((row) => texts[row]!) : texts;
  }

  /** The texts of a column. @param wanted  rows that must have one; all of them without */
  #textsOf(column: number, wanted: ReadonlySet<number> | undefined): readonly string[] {
    const decoder = new TextDecoder();
    const texts: string[] = [];
    const known = new Map<unknown, string>();
    const knownText = new Map<string, string>();
    for (const page of this.#pages(column)) {
      for (const raw of page as Iterable<unknown>) {
        if (!(raw instanceof Uint8Array)) {
          if (!wanted || wanted.has(texts.length))
            return refuse(this.#nameAt(column), `${this.placeOf(texts.length)} holds no value`, "a value in every row");
          texts.push("");
          continue;
        }
        let text = known.get(raw);
        if (text === undefined) {
          const read = decoder.decode(raw);
          text = knownText.get(read) ?? read;
          if (known.size < 100_000) known.set(raw, text);
          knownText.set(text, text);
        }
        texts.push(text);
      }
    }
    return texts;
  }

  #nameAt(column: number): string {
    return `${this.#name}, column ${quoted(this.nameOf(column))}`;
  }

  /** The numbers of a column. @param rows  those that must have one; all of them without */
  #numbersOf(column: number, rows?: readonly number[]): Float64Array {
    const into = new Float64Array(this.rows);
    const wanted = rows && new Set(rows);
    const number = this.#columns[column]?.kind?.number;
    if (!number) {
      const { element } = this.#columns[column] ?? {};
      const type = element?.logical_type?.type ?? element?.converted_type ?? element?.type;
      return refuse(
        this.#nameAt(column),
        `holds no numbers but ${this.kindOf(column) === "texts" ? "texts" : `values of type ${type}`}`,
        "numbers: CAST(... AS DOUBLE)",
      );
    }
    const isRead = (row: number): boolean => !wanted || wanted.has(row);
    const place = { name: this.#nameAt(column), placeOf: this.placeOf, isRead };
    let row = 0;
    for (const page of this.#pages(column)) {
      readNumbers(page, number, into, row, place);
      row += page.length;
    }
    return into;
  }

  /** The part of a column in a group of rows. */
  #chunkIn(group: FileMetaData["row_groups"][number], element: SchemaElement, name: string): Chunk {
    const rows = Number(group.num_rows);
    const found = group.columns.find(
      ({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === element.name,
    );
    const metadata = found?.meta_data;
    if (!metadata || found.file_path) return refuse(name, "is missing in a group of rows, or stands in another file", hint);
    const { type, num_values } = metadata;
    if (type !== element.type || Number(num_values) !== rows) {
      return refuse(name, `holds ${num_values} values of type ${type} in a group of ${rows} rows of type ${element.type}`, hint);
    }
    return { name, root: this.#metadata.schema[0]!, element, metadata, rows };
  }

  /** Raw values of a column through all row groups. */
  *#pages(column: number): Generator<DecodedArray, void> {
    const { element } = this.#columns[column]!;
    const name = this.#nameAt(column);
    for (const group of this.#metadata.row_groups) {
      if (Number(group.num_rows) === 0) continue;
      const chunk = intact(name, () => this.#chunkIn(group, element, name));
      const pages = pagesOf(this.#bytes, chunk, this.#most);
      for (;;) {
        const next = intact(name, () => pages.next());
        if (next.done) break;
        yield next.value;
      }
    }
  }
}

/** The footer of a file, after its lengths were checked. */
function metadataOf(name: string, bytes: Uint8Array): FileMetaData {
  const size = bytes.length;
  if (size < 12) refuse(name, `has ${size} bytes, a Parquet file has 12 or more`, hint, size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  if (view.getUint32(0, true) !== magic || view.getUint32(size - 4, true) !== magic) {
    refuse(name, `does not begin and end (byte ${size - 4}) with PAR1`, hint);
  }
  const length = view.getUint32(size - 8, true);
  const start = size - 8 - length;
  if (start < 4) refuse(name, `byte ${size - 8}: a footer of ${length} bytes, the file has ${size}`, hint, length);
  new ThriftCheck(name, bytes, start, size - 8).struct();
  return parquetMetadata(bytes.subarray(start), { geoparquet: false });
}

/** The columns that are not nested. */
function leavesOf(schema: readonly SchemaElement[]): SchemaElement[] {
  const leaves: SchemaElement[] = [];
  const open = [Infinity];
  for (const element of schema.slice(1)) {
    while (open.length > 1 && open.at(-1) === 0) open.pop();
    open[open.length - 1]! -= 1;
    const children = element.num_children ?? 0;
    if (children > 0) open.push(children);
    else if (open.length === 1 && element.type !== undefined && element.repetition_type !== "REPEATED") leaves.push(element);
  }
  return leaves;
}

function rowsOf(name: string, { num_rows, row_groups }: FileMetaData): number {
  const rows = row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || rows !== Number(num_rows) || row_groups.some((group) => !(Number(group.num_rows) >= 0))) {
    refuse(name, `promises ${num_rows} rows, and ${rows} in its groups`, hint, rows);
  }
  return rows;
}
