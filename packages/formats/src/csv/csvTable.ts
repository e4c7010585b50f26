import { mostBytes } from "../check/bound.js";
import { noDoubleText, quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import { isName } from "../table/columnName.js";
import type { ColumnValues, FileTable } from "../table/fileTable.js";
import type { NamedBytes, ReadOptions } from "../table/format.js";
import { decoded } from "../text/decoded.js";
import { Cells } from "./cells.js";
import { fitted, headingKind, isUnnamed, namesColumns, refuseUnclear } from "./heading.js";
import { type TextRecord, TextRecords } from "./records.js";

const rowsHint = "one sample per line, numbers separated by commas, semicolons, tabs or blanks; decimals have a point";

/** The samples of a table of text, as `csv` says what they are. */
export class CsvTable implements FileTable {
  readonly format = "csv";
  readonly rows: number;
  readonly columns: number;
  readonly inputs: readonly number[];
  readonly remarks: readonly string[];
  readonly #name: string;
  readonly #records: TextRecords;
  readonly #cells: Cells;
  readonly #names: readonly string[] | undefined;

  constructor({ name, bytes }: NamedBytes, { heading: isHeading, mostBytes: most = mostBytes }: ReadOptions) {
    this.#name = name;
    this.#records = new TextRecords(name, decoded(name, bytes, "a table of text, or a file of another known format"));
    const { first, heading, cells } = this.#read(isHeading, most);
    this.#cells = cells;
    this.rows = cells.rows;
    this.columns = cells.columns;
    const { comment } = this.#records;
    const areNamesCommented = !heading && isHeading === undefined && comment?.length === cells.columns && comment.every(isName);
    const written = areNamesCommented ? comment : heading && first.cells;
    this.#names = written && fitted(written, cells);
    if (written && !this.#names) {
      refuse(name, `the heading has ${written.length} columns, the first sample has ${cells.columns}`, rowsHint, written.length);
    }
    const indexCount = Math.max(this.#names?.findIndex((one) => !isUnnamed(one)) ?? 0, 0);
    if (heading === "numbered" && isHeading === undefined && indexCount === 0) this.#refuseLabel(first);
    this.inputs = Array.from({ length: this.columns }, (_, column) => column).slice(indexCount);
    this.remarks = remarksOn(indexCount, this.#records.commentCount, areNamesCommented ? comment : undefined);
  }

  nameOf(column: number): string {
    return this.#names?.[column] ?? "";
  }

  kindOf(column: number): "numbers" | "texts" | "mixed" {
    return this.#cells.kindOf(column);
  }

  placeOf(row: number): string {
    return `line ${this.#records.lineOf(this.#cells.startOf(row))}`;
  }

  async numbers(columns: readonly number[]): Promise<Float64Array> {
    for (const column of columns) this.#requireNumbers(column);
    const values = new Float64Array(this.rows * columns.length);
    let next = 0;
    for (let row = 0; row < this.rows; row++) {
      for (let k = 0; k < columns.length; k++) values[next++] = this.#cells.numberAt(row, columns[k]!);
    }
    return values;
  }

  async values(column: number): Promise<ColumnValues> {
    const texts = this.#cells.textsOf(column);
    if (!texts) return this.numbers([column]);
    const empty = texts.findIndex((text) => unknown.test(text));
    if (empty >= 0) return refuse(this.#name, `${this.#at(empty, column)}: ${quoted(texts[empty]!)} is no label`, "a value in every row");
    const stranger = this.#cells.firstNumberOf(column);
    if (stranger === undefined) return texts;
    const what = `${this.#at(stranger, column)}: ${quoted(texts[stranger]!)} is a number, the first row holds ${quoted(texts[0]!)}`;
    return refuse(this.#name, what, "numbers or texts in a column, not both");
  }

  #at(row: number, column: number): string {
    return `${this.placeOf(row)}, column ${column + 1}`;
  }

  #requireNumbers(column: number): void {
    const stranger = this.#cells.strangerOf(column);
    if (!stranger) return;
    const { row, text, why } = stranger;
    const hint = /^[+-]?\d*,\d+$/.test(text) ? "decimals with a point, as in 0.5" : rowsHint;
    refuse(
      this.#name,
      `${this.#at(row, column)}: ${quoted(text)} ${noDoubleText[why]}`,
      why === "notANumber" ? hint : "numbers that a double can hold: scale this column",
      text,
    );
  }

  /** The records as cells, and what the first of them is. */
  #read(isHeading: boolean | undefined, most: number): { first: TextRecord; heading: "named" | "numbered" | undefined; cells: Cells } {
    const records = this.#records.records();
    const first = records.next().value ?? refuse(this.#name, "is empty", rowsHint);
    const kind = isHeading === undefined ? headingKind(first.cells) : isHeading ? "named" : "sample";
    if (kind === "sample") return { first, heading: undefined, cells: this.#filled(first, records, most) };
    const second = records.next().value;
    if (!second) return refuse(this.#name, "holds a heading and no sample", rowsHint);
    const cells = this.#filled(second, records, most);
    if (kind) return { first, heading: kind, cells };
    const unclear = (): never => refuseUnclear(this.#name, this.#records.lineOf(first.start), first.cells);
    if (namesColumns(first.cells, cells, unclear)) return { first, heading: "named", cells };
    const again = this.#records.records();
    return { first, heading: undefined, cells: this.#filled(again.next().value!, again, most) };
  }

  #filled(first: TextRecord, others: Iterable<TextRecord>, most: number): Cells {
    const cells = new Cells(this.#name, first.cells.length, most);
    cells.push(first);
    for (const record of others) {
      if (record.cells.length !== cells.columns) {
        const what = `line ${this.#records.lineOf(record.start)} has ${record.cells.length} columns, the first sample has ${cells.columns}`;
        refuse(this.#name, what, rowsHint, record.cells.length);
      }
      cells.push(record);
    }
    return cells;
  }

  /** Refuses a first record 0, 1, ..., n - 1 if n - 1 is a label, since it may be a heading or a sample then. */
  #refuseLabel(first: TextRecord): void {
    const last = this.columns - 1;
    for (let row = 0; row < this.rows; row++) {
      if (this.#cells.numberAt(row, last) === last) refuseUnclear(this.#name, this.#records.lineOf(first.start), first.cells);
    }
  }
}

/** Words for a missing label. */
const unknown = /^(#?n\/?a|nan|null|none|\?|)$/i;

function remarksOn(indexCount: number, comments: number, names: readonly string[] | undefined): string[] {
  const remarks: string[] = [];
  if (indexCount === 1) remarks.push("The first column has no name: it numbers the rows and is no coordinate.");
  if (indexCount > 1) remarks.push(`The first ${indexCount} columns have no names: they number the rows and are no coordinates.`);
  if (names) remarks.push(`The comment before the samples names the columns: ${names.join(", ").slice(0, 80)}.`);
  const skipped = comments - Number(names !== undefined);
  if (skipped > 0) remarks.push(`${skipped} ${skipped === 1 ? "line" : "lines"} with # ${skipped === 1 ? "is" : "are"} skipped.`);
  return remarks;
}
