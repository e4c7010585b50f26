import { mostBytes } from "../check/bound.js";
import { type DecimalMark, decimalReaders, type NoDouble, noDoubleText, quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import { isName } from "../table/columnName.js";
import type { ColumnValues, FileTable, StrangeCell } from "../table/fileTable.js";
import type { NamedBytes, ReadOptions } from "../table/format.js";
import { allRows, flagged } from "../table/rows.js";
import { decoded } from "../text/decoded.js";
import { Cells, type Stranger } from "./cells.js";
import { endsInSeparator, fitted, headingKind, isUnnamed, namesColumns, refuseUnclear } from "./heading.js";
import { isMissing } from "./missing.js";
import { type TextRecord, TextRecords } from "./records.js";

const rowsHint = "one sample per line, numbers separated by commas, semicolons, tabs or blanks";

/** The remedy for a cell that holds no number. */
function numberHint(mark: DecimalMark, text: string): string {
  if (mark === "." && isOfComma(text)) return 'decimals with a point, as in 0.5, or "decimal": ","';
  if (isGrouped(text)) return `numbers without marks between the thousands, as in ${mark === "." ? "1234.5" : "1234,5"}`;
  return `a number in every row of the column, decimals with a ${mark === "." ? "point" : "comma, as said"}`;
}

/** Remedies where no double stands for a number. */
const remedies: Readonly<Record<Exclude<NoDouble, "notANumber">, string>> = {
  overflow: "scale this column",
  underflow: "scale this column",
  changed: "leave this column out if it names the samples, or write it as 9.0e15",
};

/** The samples of a table of text, as `csv` says what they are. */
export class CsvTable implements FileTable {
  readonly format = "csv";
  readonly rows: number;
  readonly columns: number;
  readonly inputs: readonly number[];
  readonly remarks: readonly string[];
  readonly #name: string;
  readonly #decimal: DecimalMark;
  readonly #records: TextRecords;
  readonly #cells: Cells;
  readonly #names: readonly string[] | undefined;

  constructor({ name, bytes }: NamedBytes, { heading: isHeading, mostBytes: most = mostBytes, decimal = "." }: ReadOptions) {
    this.#name = name;
    this.#decimal = decimal;
    this.#records = new TextRecords(name, decoded(name, bytes, "a table of text, or a file of another known format"));
    const { first, heading, cells } = this.#read(isHeading, most);
    this.#cells = cells;
    this.rows = cells.rows;
    const { comment } = this.#records;
    const areNamesCommented = !heading && isHeading === undefined && comment?.length === cells.columns && comment.every(isName);
    const written = areNamesCommented ? comment : heading && first.cells;
    const isEnded = endsInSeparator(written, cells);
    this.columns = cells.columns - (isEnded ? 1 : 0);
    this.#names = written && (isEnded ? written.slice(0, this.columns) : fitted(written, cells));
    if (written && !this.#names) {
      refuse(name, `the heading has ${written.length} columns, the first sample has ${cells.columns}`, rowsHint, written.length);
    }
    const indexCount = Math.max(this.#names?.findIndex((one) => !isUnnamed(one)) ?? 0, 0);
    if (heading === "numbered" && isHeading === undefined && indexCount === 0) this.#refuseLabel(first);
    this.inputs = Array.from({ length: this.columns }, (_, column) => column).slice(indexCount);
    this.remarks = [
      ...remarksOn(indexCount, this.#records.commentCount, areNamesCommented ? comment : undefined),
      ...(isEnded ? ["Every line ends in a separator, behind which nothing stands: no column begins there."] : []),
    ];
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

  async numbers(columns: readonly number[], rows?: readonly number[]): Promise<Float64Array> {
    if (!rows) for (const column of columns) this.#requireNumbers(column, this.#cells.strangerOf(column));
    const chosen = rows ?? allRows(this.rows);
    const values = new Float64Array(chosen.length * columns.length);
    let next = 0;
    for (const row of chosen) {
      for (let k = 0; k < columns.length; k++) {
        const value = this.#cells.numberAt(row, columns[k]!);
        if (Number.isNaN(value)) this.#refuseAt(row, columns[k]!);
        values[next++] = value;
      }
    }
    return values;
  }

  async incomplete(columns: readonly number[]): Promise<readonly number[]> {
    const flags = new Uint8Array(this.rows);
    for (const column of columns) this.#cells.flagIncomplete(column, flags);
    return flagged(flags);
  }

  async values(column: number, rows?: readonly number[]): Promise<ColumnValues> {
    const all = this.#cells.textsOf(column);
    if (!all) return this.numbers([column], rows);
    const texts = rows ? rows.map((row) => all[row]!) : all;
    const rowOf = (i: number): number => rows?.[i] ?? i;
    const empty = texts.findIndex(isMissing);
    if (empty >= 0)
      return refuse(this.#name, `${this.#at(rowOf(empty), column)}: ${quoted(texts[empty]!)} is no value`, "a value in every row");
    if (this.#cells.firstNumberOf(column) === undefined) return texts;
    const number = texts.findIndex((text) => this.#cells.isDecimal(text));
    if (number < 0) return texts;
    const stranger = rowOf(number);
    const what = `${this.#at(stranger, column)}: ${quoted(texts[number]!)} is a number, the first row holds ${quoted(texts[0]!)}`;
    return refuse(this.#name, what, "numbers or texts in a column, not both");
  }

  strangerOf(column: number): StrangeCell | undefined {
    const stranger = this.#cells.foreignOf(column);
    return stranger && { place: this.placeOf(stranger.row), text: stranger.text };
  }

  #at(row: number, column: number): string {
    const name = this.nameOf(column);
    return `${this.placeOf(row)}, column ${column + 1}${name === "" ? "" : ` (${name.slice(0, 40)})`}`;
  }

  /** Refuses a row whose cell holds no number, though a number is wanted of it. */
  #refuseAt(row: number, column: number): never {
    const text = this.#cells.textsOf(column)?.[row];
    const known = [this.#cells.strangerOf(column), this.#cells.foreignOf(column)].find((one) => one?.row === row);
    this.#requireNumbers(column, text === undefined ? known : { row, text, why: "notANumber" });
    return refuse(this.#name, `${this.#at(row, column)}: ${noDoubleText.notANumber}`, numberHint(this.#decimal, ""));
  }

  #requireNumbers(column: number, stranger: Stranger | undefined): void {
    if (!stranger) return;
    const { row, text, why } = stranger;
    refuse(
      this.#name,
      `${this.#at(row, column)}: ${quoted(text)} ${noDoubleText[why]}`,
      why === "notANumber" ? numberHint(this.#decimal, text) : `numbers that a double can hold: ${remedies[why]}`,
      text,
    );
  }

  /** The records as cells, and what the first of them is. */
  #read(isHeading: boolean | undefined, most: number): { first: TextRecord; heading: "named" | "numbered" | undefined; cells: Cells } {
    const records = this.#records.records();
    const first = records.next().value ?? refuse(this.#name, "is empty", rowsHint);
    const kind =
      isHeading === undefined
        ? headingKind(first.cells, (cell) => decimalReaders[this.#decimal](cell) !== "notANumber")
        : isHeading
          ? "named"
          : "sample";
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
    const cells = new Cells(this.#name, first.cells.length, most, decimalReaders[this.#decimal]);
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

/** True for a decimal with a comma. */
const isOfComma = (text: string): boolean => /^[+-]?\d*,\d+$/.test(text);

/** True for a number with marks between its thousands, whichever they are: 1.234,50 and 1,234.50, 1 234 and 1'234. */
const isGrouped = (text: string): boolean => /^[+-]?\d{1,3}([.,'’ \u00a0\u202f]\d{3})+([.,]\d*)?$/.test(text.trim());

function remarksOn(indexCount: number, comments: number, names: readonly string[] | undefined): string[] {
  const remarks: string[] = [];
  if (indexCount === 1) remarks.push("The first column has no name: it numbers the rows and is no coordinate.");
  if (indexCount > 1) remarks.push(`The first ${indexCount} columns have no names: they number the rows and are no coordinates.`);
  if (names) remarks.push(`The comment before the samples names the columns: ${names.join(", ").slice(0, 80)}.`);
  const skipped = comments - Number(names !== undefined);
  if (skipped > 0) remarks.push(`${skipped} ${skipped === 1 ? "line" : "lines"} with # ${skipped === 1 ? "is" : "are"} skipped.`);
  return remarks;
}
