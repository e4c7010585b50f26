import { requireBytes } from "../check/bound.js";
import { isDecimal, type NoDouble, readDecimal } from "../check/number.js";
import type { ColumnKind } from "../table/fileTable.js";
import type { TextRecord } from "./records.js";

/** The first cell of a column that is of another kind than its first one. */
interface Stranger {
  readonly row: number;
  readonly text: string;
  readonly why: NoDouble;
}

interface TextColumn {
  readonly texts: string[];
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
  #numbers: Float64Array;
  #starts: Float64Array = new Float64Array(64);
  readonly #texts = new Map<number, TextColumn>();
  readonly #strangers = new Map<number, Stranger>();

  /**
   * @param name     the name of the file
   * @param columns  cells of every record
   * @param most     the most bytes that the numbers may take
   */
  constructor(name: string, columns: number, most: number) {
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
      const value = this.#texts.has(column) ? undefined : readDecimal(cells[column]!);
      if (typeof value === "number") this.#numbers[at + column] = value;
      else this.#pushText(column, cells[column]!, value);
    }
    this.rows++;
  }

  #pushText(column: number, text: string, why: NoDouble | undefined): void {
    this.#numbers[this.rows * this.columns + column] = Number.NaN;
    if (this.rows === 0 && why === "notANumber") this.#texts.set(column, { texts: [], known: new Map() });
    const held = this.#texts.get(column);
    if (!held) {
      if (!this.#strangers.has(column)) this.#strangers.set(column, { row: this.rows, text: text.slice(0, 80), why: why! });
      return;
    }
    if (held.firstNumber === undefined && isDecimal(text)) held.firstNumber = this.rows;
    const known = held.known.get(text) ?? text;
    held.known.set(text, known);
    held.texts.push(known);
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
