import { requireBytes } from "../check/bound.js";
import type { NoDouble } from "../check/number.js";
import type { ColumnKind } from "../table/fileTable.js";
import { isMissing } from "./missing.js";
import type { TextRecord } from "./records.js";

/** The first cell of a column that is of another kind than its first one. */
export interface Stranger {
  readonly row: number;
  readonly text: string;
  readonly why: NoDouble;
}

interface TextColumn {
  readonly texts: string[];
  /** true while no text has said what the column holds. */
  isUnknown: boolean;
  readonly known: Map<string, string>;
  /** The first row that holds a number. */
  firstNumber?: number;
}

/** The cells of a table of text: numbers in one array, texts by column. What a column holds is decided by its first cell. */
export class Cells {
  readonly columns: number;
  rows = 0;
  readonly #name: string;
  readonly #most: number;
  readonly #read: (text: string) => number | NoDouble;
  #numbers: Float64Array;
  #starts: Float64Array = new Float64Array(64);
  readonly #texts = new Map<number, TextColumn>();
  readonly #strangers = new Map<number, Stranger>();
  /** The rows that lack a number, by column of numbers. */
  readonly #lacking = new Map<number, number[]>();
  /** The first cell of a column of numbers that holds something else, missing values aside. */
  readonly #foreign = new Map<number, Stranger>();

  /**
   * @param name     the name of the file
   * @param columns  cells of every record
   * @param most     the most bytes that the numbers may take
   * @param read     reads decimals
   */
  constructor(name: string, columns: number, most: number, read: (text: string) => number | NoDouble) {
    this.#read = read;
    this.#name = name;
    this.#most = most;
    this.columns = columns;
    this.#numbers = new Float64Array(16 * columns);
  }

  /**
   * Adds a row.
   *
   * @param record  a record of `columns` cells
   * @throws DataError  if the table is too large
   */
  push({ cells, start }: TextRecord): void {
    const at = this.rows * this.columns;
    requireBytes(this.#name, 8 * (at + this.columns), this.#most, `more than ${this.rows} x ${this.columns} numbers`);
    if (at + this.columns > this.#numbers.length) this.#numbers = doubled(this.#numbers);
    if (this.rows >= this.#starts.length) this.#starts = doubled(this.#starts);
    this.#starts[this.rows] = start;
    for (let column = 0; column < this.columns; column++) {
      const held = this.#texts.get(column);
      if (held?.isUnknown && this.isDecimal(cells[column]!)) this.#becomeNumbers(column, held);
      const value = this.#texts.has(column) ? undefined : this.#read(cells[column]!);
      if (typeof value === "number") this.#numbers[at + column] = value;
      else this.#pushText(column, cells[column]!, value);
    }
    this.rows++;
  }

  #pushText(column: number, text: string, why: NoDouble | undefined): void {
    this.#numbers[this.rows * this.columns + column] = Number.NaN;
    if (this.rows === 0 && why === "notANumber") this.#texts.set(column, { texts: [], isUnknown: true, known: new Map() });
    const held = this.#texts.get(column);
    if (!held) {
      this.#pushStranger(column, { row: this.rows, text: text.slice(0, 80), why: why! });
      return;
    }
    held.isUnknown &&= isMissing(text);
    if (held.firstNumber === undefined && this.isDecimal(text)) held.firstNumber = this.rows;
    const known = held.known.get(text) ?? text;
    held.known.set(text, known);
    held.texts.push(known);
  }

  /** Tells decimals from other texts. */
  isDecimal(text: string): boolean {
    return this.#read(text) !== "notANumber";
  }

  /** Takes a column in which nothing but missing values stood for one of numbers. */
  #becomeNumbers(column: number, { texts }: TextColumn): void {
    this.#texts.delete(column);
    for (const [row, text] of texts.entries()) this.#pushStranger(column, { row, text, why: "notANumber" });
  }

  #pushStranger(column: number, stranger: Stranger): void {
    if (!this.#strangers.has(column)) this.#strangers.set(column, stranger);
    const { row, text, why } = stranger;
    if (why !== "notANumber" || !isMissing(text)) {
      if (!this.#foreign.has(column)) this.#foreign.set(column, stranger);
      return;
    }
    const lacking = this.#lacking.get(column);
    if (lacking) lacking.push(row);
    else this.#lacking.set(column, [row]);
  }

  /** The offset in the text at which a row begins. */
  startOf(row: number): number {
    return this.#starts[row]!;
  }

  kindOf(column: number): ColumnKind {
    const held = this.#texts.get(column);
    if (held) return held.firstNumber === undefined ? "texts" : "mixed";
    return this.#strangers.has(column) ? "mixed" : "numbers";
  }

  /** The texts of a column whose first cell is none; undefined for another. */
  textsOf(column: number): readonly string[] | undefined {
    return this.#texts.get(column)?.texts;
  }

  /** The first row of a column of texts that holds a number; undefined if there is none. */
  firstNumberOf(column: number): number | undefined {
    return this.#texts.get(column)?.firstNumber;
  }

  /** The first cell of a column with numbers that holds a text, missing values aside; undefined if there is none. */
  foreignOf(column: number): Stranger | undefined {
    const held = this.#texts.get(column);
    if (held?.firstNumber === undefined) return this.#foreign.get(column);
    const row = held.texts.findIndex((text) => !isMissing(text) && !this.isDecimal(text));
    return row < 0 ? undefined : { row, text: held.texts[row]!, why: "notANumber" };
  }

  /** Flags the rows that lack a value in a column. @param flags  a number per row, set to 1 there */
  flagIncomplete(column: number, flags: Uint8Array): void {
    for (const [row, text] of this.textsOf(column)?.entries() ?? []) if (isMissing(text)) flags[row] = 1;
    for (const row of this.#lacking.get(column) ?? []) flags[row] = 1;
  }

  /** The first cell of a column that no double stands for; undefined if there is none. */
  strangerOf(column: number): Stranger | undefined {
    const [text] = this.#texts.get(column)?.texts ?? [];
    return text === undefined ? this.#strangers.get(column) : { row: 0, text, why: "notANumber" };
  }

  /** The number of a cell; NaN where there is none. */
  numberAt(row: number, column: number): number {
    return this.#numbers[row * this.columns + column]!;
  }

  /** The number of different values in a column. */
  distinct(column: number): number {
    const texts = this.#texts.get(column)?.texts;
    if (texts) return new Set(texts).size;
    const values = new Set<number>();
    for (let row = 0; row < this.rows; row++) values.add(this.numberAt(row, column));
    return values.size;
  }
}

function doubled(values: Float64Array): Float64Array {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}
