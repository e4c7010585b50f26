import Table from "cli-table3";
import { lineWidth, wrapped } from "./lineWidth.js";

const gap = "  ";
const plain = { ...Object.fromEntries(Object.keys(new Table().options.chars).map((part) => [part, ""])), middle: gap };

interface Width {
  readonly natural: number;
  /** Length of its longest word: names are never broken. */
  readonly least: number;
}

const widthOf = (text: string): number => [...text].length;
const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, gap.length * (widths.length - 1));

function columnWidths(head: readonly string[], rows: readonly (readonly string[])[]): Width[] {
  const longest = (texts: readonly string[]): number => Math.max(1, ...texts.map(widthOf));
  return head.map((_, column) => {
    const cells = [head, ...rows].map((row) => row[column]!);
    return { natural: longest(cells), least: longest(cells.flatMap((cell) => cell.split(" "))) };
  });
}

/** Narrows the widest column that can be folded until the row fits. */
function fit(columns: readonly Width[], available: number): number[] {
  const widths = columns.map(({ natural }) => natural);
  while (sum(widths) > available) {
    const foldable = widths.map((width, column) => (width > columns[column]!.least ? width : 0));
    const widest = Math.max(...foldable);
    if (widest === 0) break;
    widths[foldable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

interface TableOptions {
  /** Characters in a line; by default those of stdout. */
  readonly available?: number;
  /** Number of first columns that name a row; the others are read each by itself. Absent: a row is read as a whole. */
  readonly names?: number;
}

/**
 * Columns aligned with spaces. Where a line has not enough room, tables whose first columns name the row become several tables with those columns,
 * and others fold their widest columns; what does not fit then, or is folded to a thread, stands row by row, each cell below its head.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { available = lineWidth(process.stdout), names }: TableOptions = {},
): string {
  const columns = columnWidths(head, rows);
  if (names !== undefined && sum(columns.map(({ natural }) => natural)) > available) {
    return parts(columns, names, available)
      .map((chosen) => {
        const pick = (row: readonly string[]): string[] => chosen.map((column) => row[column]!);
        return table(pick(head), rows.map(pick), { available });
      })
      .join("\n\n");
  }
  const widths = fit(columns, available);
  if (sum(widths) > available || isThread(rows, widths)) return records(head, rows, available);
  return aligned(head, rows, widths);
}

/** The columns of several tables, each with those that name the row and as many others as there is room for. */
function parts(columns: readonly Width[], names: number, available: number): number[][] {
  const naming = [...columns.keys()].slice(0, names);
  const room = (chosen: readonly number[]): number => sum(chosen.map((column) => columns[column]!.natural));
  const found: number[][] = [];
  for (const column of [...columns.keys()].slice(names)) {
    const last = found.at(-1);
    if (last !== undefined && room([...last, column]) <= available) last.push(column);
    else found.push([...naming, column]);
  }
  return found;
}

/** Most lines of a narrow cell that is still read at a glance, and the width from which a cell is a paragraph. */
const mostLines = 6;
const paragraph = 24;

const isThread = (rows: readonly (readonly string[])[], widths: readonly number[]): boolean =>
  rows.some((row) => row.some((cell, column) => widths[column]! < paragraph && widthOf(cell) > mostLines * widths[column]!));

function records(head: readonly string[], rows: readonly (readonly string[])[], available: number): string {
  const line = (name: string, cell: string): string => wrapped(`${name === "" ? "" : `${name}: `}${cell}`, available);
  if (rows.length === 0) return wrapped(head.join(gap), available);
  return rows.map((row) => row.map((cell, column) => line(head[column]!, cell)).join("\n")).join("\n\n");
}

function aligned(head: readonly string[], rows: readonly (readonly string[])[], colWidths: number[]): string {
  const out = new Table({
    head: [...head],
    chars: plain,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths,
    wordWrap: true,
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
