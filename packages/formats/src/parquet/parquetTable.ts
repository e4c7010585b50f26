import { isSteepestError } from "@steepest/core";
import { type DecodedArray, type FileMetaData, parquetMetadata, type SchemaElement } from "hyparquet";
import { requireBytes } from "../check/bound.js";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { ColumnKind, ColumnValues, FileTable } from "../table/fileTable.js";
import type { NamedBytes } from "../table/format.js";
import { allRows, flagged, ofRows } from "../table/rows.js";
import { codecs } from "./codec/registry.js";
import { type Chunk, pagesOf, type Unpacker } from "./pages.js";
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

/** A column of the table: a child of the schema's root. */
interface Column {
  readonly element: SchemaElement;
  /** Undefined for what is neither a number nor a text. */
  readonly kind: ValueKind | undefined;
  readonly isNested: boolean;
  /** Its place among the leaves of the schema, in whose order a group of rows has its columns; of a nested one that of its first leaf. */
  readonly leaf: number;
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
  readonly #unpackers = new Map<string, Unpacker>();

  constructor({ name, bytes }: NamedBytes, most: number) {
    this.#name = name;
    this.#bytes = bytes;
    this.#most = most;
    this.#metadata = metadataOf(name, bytes);
    this.#columns = columnsOf(this.#metadata.schema);
    const nameless = this.#columns.findIndex(({ element }) => typeof element.name !== "string");
    if (nameless >= 0) refuse(name, `column ${nameless} (counted from 0) has no name in the schema`, hint, nameless);
    this.columns = this.#columns.length;
    this.rows = rowsOf(name, this.#metadata);
    if (!this.#columns.some(({ kind }) => kind)) {
      refuse(name, "has no column that is a number or a text", "columns of numbers that are not nested");
    }
    requireBytes(name, 8 * this.rows, most, `${this.rows} rows`);
    this.inputs = this.#columns.map((_, column) => column).filter((column) => this.nameOf(column) !== "__index_level_0__");
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
    for (const column of columns) this.#numberOf(column);
    await this.#loadUnpackers(columns);
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
    const known = columns.filter((column) => this.#columns[column]?.kind); // others have no values that are read
    await this.#loadUnpackers(known);
    const flags = new Uint8Array(this.rows);
    for (const column of known) {
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
    if (this.kindOf(column) !== "texts") return this.numbers([column], rows);
    await this.#loadUnpackers([column]);
    const texts = this.#textsOf(column, rows && new Set(rows));
    return rows ? rows.map((row) => texts[row]!) : texts;
  }

  /** The texts of a column. @param wanted  rows that must have one; all of them without */
  #textsOf(column: number, wanted: ReadonlySet<number> | undefined): readonly string[] {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const decoded = (raw: Uint8Array, row: number): string => {
      try {
        return decoder.decode(raw);
      } catch {
        return refuse(this.#nameAt(column), `${this.placeOf(row)} holds bytes that are no UTF-8`, "texts or numbers in a column", raw);
      }
    };
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
          const read = decoded(raw, texts.length);
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

  /** Reads a number of a column. @throws DataError  if it holds none */
  #numberOf(column: number): NonNullable<ValueKind["number"]> {
    const { element, kind, isNested } = this.#columns[column] ?? refuse(this.#name, `has no column ${column}`, `0 to ${this.columns - 1}`);
    if (kind?.number) return kind.number;
    const type = element.logical_type?.type ?? element.converted_type ?? element.type;
    const held = kind ? "texts" : isNested ? "nested values" : `values of type ${type}`;
    const remedy = isNested ? "columns of numbers that are not nested: SELECT pair.x, list[1], ..." : "numbers: CAST(... AS DOUBLE)";
    return refuse(this.#nameAt(column), `holds no numbers but ${held}`, `${remedy}; or name the columns that are coordinates`);
  }

  /** The numbers of a column. @param rows  those that must have one; all of them without */
  #numbersOf(column: number, rows?: readonly number[]): Float64Array {
    const into = new Float64Array(this.rows);
    const wanted = rows && new Set(rows);
    const number = this.#numberOf(column);
    const isRead = (row: number): boolean => !wanted || wanted.has(row);
    const { text } = this.#columns[column]!.kind!;
    const place = { name: this.#nameAt(column), placeOf: this.placeOf, isRead, ...(text && { text }) };
    let row = 0;
    for (const page of this.#pages(column)) {
      readNumbers(page, number, into, row, place);
      row += page.length;
    }
    return into;
  }

  /** Loads what unpacks the pages of columns. @throws DataError  of a compression that is not read, or whose decoder does not start */
  async #loadUnpackers(columns: readonly number[]): Promise<void> {
    for (const column of columns) {
      const name = this.#nameAt(column);
      for (const group of this.#metadata.row_groups) {
        if (Number(group.num_rows) === 0) continue;
        const id = intact(name, () => this.#chunkIn(group, this.#columns[column]!, name)).metadata.codec;
        if (!this.#unpackers.has(id)) this.#unpackers.set(id, await unpackerOf(name, id));
      }
    }
  }

  /** The part of a column in a group of rows. */
  #chunkIn(group: FileMetaData["row_groups"][number], { element, leaf }: Column, name: string): Chunk {
    const rows = Number(group.num_rows);
    const found = group.columns[leaf];
    const metadata = found?.meta_data;
    const isThere = metadata?.path_in_schema.length === 1 && metadata.path_in_schema[0] === element.name;
    if (!isThere || found!.file_path) return refuse(name, "is missing in a group of rows, or stands in another file", hint);
    const { type, num_values } = metadata;
    if (type !== element.type || Number(num_values) !== rows) {
      return refuse(name, `holds ${num_values} values of type ${type} in a group of ${rows} rows of type ${element.type}`, hint);
    }
    return { name, root: this.#metadata.schema[0]!, element, metadata, rows };
  }

  /** Raw values of a column through all row groups. */
  *#pages(column: number): Generator<DecodedArray, void> {
    const name = this.#nameAt(column);
    const budget = { left: this.#most };
    for (const group of this.#metadata.row_groups) {
      if (Number(group.num_rows) === 0) continue;
      const chunk = intact(name, () => this.#chunkIn(group, this.#columns[column]!, name));
      const pages = pagesOf(this.#bytes, chunk, this.#unpackers.get(chunk.metadata.codec)!, budget);
      for (;;) {
        const next = intact(name, () => pages.next());
        if (next.done) break;
        yield next.value;
      }
    }
  }
}

const codecHint = `one of ${Object.values(codecs)
  .map(({ title }) => title)
  .join(", ")}: COPY ... (FORMAT parquet, COMPRESSION snappy)`;

async function unpackerOf(name: string, id: string): Promise<Unpacker> {
  const codec = Object.hasOwn(codecs, id) ? codecs[id]! : refuse(name, `is compressed with ${id}`, codecHint, id);
  try {
    return { codec, unpack: await codec.load() };
  } catch (error) {
    return refuse(
      name,
      `is compressed with ${codec.title}, whose decoder does not start here: ${(error as Error).message}`,
      codecHint,
      error,
    );
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

/** The children of the root; what is below them makes them nested. */
function columnsOf(schema: readonly SchemaElement[]): Column[] {
  const columns: Column[] = [];
  let [below, leaf] = [0, 0];
  for (const element of schema.slice(1)) {
    const children = element.num_children ?? 0;
    if (below === 0) {
      const isNested = children > 0 || element.type === undefined || element.repetition_type === "REPEATED";
      columns.push({ element, kind: isNested ? undefined : valueKind(element), isNested, leaf });
    } else below--;
    if (children === 0) leaf++;
    below += children;
  }
  return columns;
}

function rowsOf(name: string, { num_rows, row_groups }: FileMetaData): number {
  const rows = row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || rows !== Number(num_rows) || row_groups.some((group) => !(Number(group.num_rows) >= 0))) {
    refuse(name, `promises ${num_rows} rows, and ${rows} in its groups`, hint, rows);
  }
  return rows;
}
