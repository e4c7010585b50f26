import Papa from "papaparse";
import { hardLimits } from "../setup/limits.js";
import { mostColumns } from "./samplesOf.js";
import { TableError } from "./tableError.js";

/** A heading or a sample of a table. */
export interface TableRecord {
  /** Texts of the cells, without blanks and quotes around them. */
  readonly cells: readonly string[];
  /** Offset of its beginning in the file. */
  readonly start: number;
}

export interface Records {
  /** The records; of too many only as many as show that. */
  readonly records: readonly TableRecord[];
  /** Number of lines that begin with #. */
  readonly commentCount: number;
  /** The last comment before the first record, without its #. */
  readonly comment: TableRecord | undefined;
  /** The line on which a record begins, as an editor counts it. */
  lineOf(record: TableRecord): number;
}

interface Line {
  readonly text: string;
  /** Offset of its beginning in the file. */
  readonly start: number;
}

/** Lines beyond the largest number of samples that are read, since cells of headings may hold line breaks. */
const headingLines = 64;
const mostLines = hardLimits.samples + headingLines;
/** Most cells of a record: the coordinates, and a few columns that number the rows. */
const mostCells = mostColumns + 8;

/**
 * Divides a text into records and their cells, as RFC 4180 has it: cells may be quoted, and then hold separators, quotes and line breaks. The separator is
 * a tab if there is one in the first record, else a semicolon, else a comma, else blanks. Lines without anything but separators are skipped, and those that
 * begin with #, unless that is an error value of a spreadsheet.
 *
 * @throws TableError  of no record, of more columns than a race can have, or of quotes that do not close
 */
export function recordsOf(text: string, format: string): Records {
  const { lines, commentCount, comment } = filledLines(text);
  const [first] = lines;
  if (!first) throw new TableError("the file is empty", format);
  const separator = separatorIn(lines);
  const pieces = separator === " " ? /\s+/ : separator;
  if (lines.some((line) => line.text.split(pieces, mostCells + 1).length > mostCells)) {
    throw new TableError(`the file has more than ${hardLimits.inputDim} columns`, `at most ${hardLimits.inputDim}: ${format}`);
  }
  const lineOf = ({ start }: TableRecord): number => text.slice(0, start).split(/\r\n|\n|\r/).length;
  const { records, torn } = divided(lines, separator);
  if (torn) {
    const message = `line ${lineOf(torn)}: a cell's quotes are not closed at its end`;
    throw new TableError(message, 'cells as "text", with quotes doubled within them');
  }
  if (lines.length > mostLines && records.length <= hardLimits.samples + 1) {
    throw new TableError(`the first record goes on for more than ${headingLines} lines`, "a heading of one line");
  }
  return { records, commentCount, comment: comment && divided([comment], separator).records[0], lineOf };
}

function filledLines(text: string) {
  const lines: Line[] = [];
  let commentCount = 0;
  let comment: Line | undefined;
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    if (isComment(line)) {
      commentCount++;
      if (lines.length === 0) comment = { text: line.replace(/^\s*#+\s*/, ""), start };
    } else if (/[^\s,;"]/.test(line)) lines.push({ text: line, start });
    if (lines.length > mostLines) break;
  }
  return { lines, commentCount, comment };
}

const isComment = (line: string): boolean => /^\s*#/.test(line) && !/^\s*#(N\/?A|NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!)/i.test(line);

/** The text outside of quotes in the first record, which goes on until every quote is closed. */
function separatorIn(lines: readonly Line[]): string {
  let record = "";
  for (const { text } of lines.slice(0, headingLines)) {
    record += text;
    if (record.split('"').length % 2 === 1) break;
  }
  const unquoted = record.replace(/"[^"]*"/g, "");
  return ["\t", ";", ","].find((one) => unquoted.includes(one)) ?? " ";
}

/** The records of the lines; `torn`: the first record with quotes that do not close. */
function divided(lines: readonly Line[], separator: string) {
  const dressed = lines.map(({ text }) => (separator === " " ? withoutRuns(text) : text));
  const { data, errors } = Papa.parse<string[]>(dressed.join("\n"), { delimiter: separator, newline: "\n" });
  let next = 0;
  const records = data.map((cells): TableRecord => {
    const { start } = lines[next]!;
    next += 1 + cells.reduce((count, cell) => count + cell.split("\n").length - 1, 0);
    return { cells: cells.map(unquoted), start };
  });
  const [error] = errors;
  return { records, torn: error && records[error.row ?? 0] };
}

/** A line with one blank between two cells. */
const withoutRuns = (line: string): string => line.trim().replace(/"[^"]*"|\s+/g, (run) => (run.startsWith('"') ? run : " "));

/** A cell without its quotes. RFC 4180 takes quotes behind a blank literally; numbers in tables are aligned with blanks. */
function unquoted(cell: string): string {
  const text = cell.trim();
  return text.startsWith('"') ? text.replace(/^"(.*)"$/s, "$1").trim() : text;
}
