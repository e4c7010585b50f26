import Papa from "papaparse";
import { refuse } from "../check/refuse.js";

/** A record of a table of text. */
export interface TextRecord {
  /** Texts of the cells, without blanks and quotes around them. */
  readonly cells: readonly string[];
  /** Offset of its beginning in the text. */
  readonly start: number;
}

/** A line that holds something. */
interface Line {
  readonly text: string;
  readonly start: number;
}

/** Lines that a record may go on for, since cells may hold line breaks. */
const mostLines = 64;

/** Most cells of a record. */
export const mostColumns = 100_000;

const quotesHint = 'cells as "text", with quotes doubled within them';

/**
 * Divides a text into records and their cells, as RFC 4180 has it: cells may be quoted, and then hold separators, quotes and line breaks. The separator is
 * what a first line says ("sep=;"), else a tab if there is one in the first record, else a semicolon, else a comma, else blanks. Lines without anything but separators are skipped, and those that
 * begin with #, unless that is an error value of a spreadsheet.
 */
export class TextRecords {
  /** The separator; " " for blanks. */
  readonly separator: string;
  /** Number of lines that begin with #, as far as records have been read. */
  commentCount = 0;
  /** Cells of the last comment before the first record. */
  comment: readonly string[] | undefined;
  readonly #name: string;
  readonly #text: string;
  /** Offset of the first line that may be of the table. */
  readonly #start: number;

  /**
   * @param name    the name of the file
   * @param text    its text
   */
  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
    const said = /^sep=([^\r\n])\s*$/im.exec(text.slice(0, 16)); // as spreadsheets write it
    this.#start = said?.index === 0 ? said[0].length : 0;
    this.separator = this.#start > 0 ? said![1]! : separatorIn(this.#filled());
  }

  /**
   * The line on which a record begins.
   *
   * @param start  the offset of its beginning
   * @returns the number of the line, as an editor counts it
   */
  lineOf(start: number): number {
    let line = 1;
    for (const { index } of this.#text.matchAll(/\r\n|\n|\r/g)) {
      if (index >= start) break;
      line++;
    }
    return line;
  }

  /**
   * The records one after the other.
   *
   * @returns a generator of them, which counts comments from the start
   * @throws DataError  of quotes that do not close, and of too many columns
   */
  *records(): Generator<TextRecord, void> {
    this.commentCount = 0;
    this.comment = undefined;
    const lines = this.#filled(true);
    for (let next = lines.next(); !next.done; next = lines.next()) {
      const { text, start } = next.value;
      const cells = text.includes('"') ? this.#quoted(text, start, lines) : this.#split(text);
      if (cells.length > mostColumns) {
        refuse(this.#name, `line ${this.lineOf(start)} has more than ${mostColumns} columns`, `at most ${mostColumns} columns`);
      }
      yield { cells, start };
    }
  }

  #split(text: string): string[] {
    if (this.separator === " ") return text.trim().split(/\s+/, mostColumns + 1);
    return text.split(this.separator, mostColumns + 1).map((cell) => cell.trim());
  }

  /** The cells of a record that holds quotes, and goes on in the next lines where they do not close. */
  #quoted(first: string, start: number, lines: Iterator<Line, void>): string[] {
    let text = this.separator === " " ? withoutRuns(first) : first;
    for (let count = 1; ; count++) {
      const { data, errors } = Papa.parse<string[]>(text, { delimiter: this.separator, newline: "\n" });
      const [error] = errors;
      if (!error) return data[0]!.map(unquoted);
      const next = error.code === "MissingQuotes" && count < mostLines ? lines.next() : undefined;
      if (!next || next.done)
        return refuse(this.#name, `line ${this.lineOf(start)}: a cell's quotes are not closed at its end`, quotesHint);
      text += `\n${this.separator === " " ? withoutRuns(next.value.text) : next.value.text}`;
    }
  }

  /** Lines that are no comments and hold more than separators. @param counts  whether comments are noted */
  *#filled(counts = false): Generator<Line, void> {
    let isFirst = true;
    for (const { 0: text, index: start } of this.#text.matchAll(/[^\r\n]+/g)) {
      if (start < this.#start) continue;
      if (isComment(text)) {
        if (!counts) continue;
        this.commentCount++;
        if (isFirst) this.comment = this.#split(text.replace(/^\s*#+\s*/, ""));
      } else if (/[^\s,;"]/.test(text)) {
        isFirst = false;
        yield { text, start };
      }
    }
  }
}

const isComment = (line: string): boolean => /^\s*#/.test(line) && !/^\s*#(N\/?A|NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!)/i.test(line);

/** The separator in the first record, outside of quotes; the record goes on until every quote is closed. */
function separatorIn(lines: Iterable<Line>): string {
  let record = "";
  let count = 0;
  for (const { text } of lines) {
    record += text;
    if (++count >= mostLines || record.split('"').length % 2 === 1) break;
  }
  const unquotedText = record.replace(/"[^"]*"/g, "");
  return ["\t", ";", ","].find((one) => unquotedText.includes(one)) ?? " ";
}

/** A line with one blank between two cells. */
const withoutRuns = (line: string): string => line.trim().replace(/"[^"]*"|\s+/g, (run) => (run.startsWith('"') ? run : " "));

/** A cell without its quotes. RFC 4180 takes quotes behind a blank literally; numbers in tables are aligned with blanks. */
function unquoted(cell: string): string {
  const text = cell.trim();
  return text.startsWith('"') ? text.replace(/^"(.*)"$/s, "$1").trim() : text;
}
