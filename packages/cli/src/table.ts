import Table from "cli-table3";

const gap = "  ";
const plain = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: gap,
};

interface Width {
  readonly natural: number;
  /** Length of its longest word: names are never broken. */
  readonly least: number;
}

/** Narrows the widest column that can be folded until the row fits. */
function fit(columns: readonly Width[], available: number): number[] {
  const widths = columns.map(({ natural }) => natural);
  const total = (): number => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  while (total() > available) {
    const foldable = widths.map((width, column) => (width > columns[column]!.least ? width : 0));
    const widest = Math.max(...foldable);
    if (widest === 0) break;
    widths[foldable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/**
 * Columns aligned with spaces: cuts in a pipe, and on a terminal folds its widest columns so that no line wraps.
 *
 * @param available  characters in a line
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  available: number = (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY,
): string {
  const columns = head.map((_, column): Width => {
    const cells = [head, ...rows].map((row) => row[column]!);
    const longest = (texts: readonly string[]): number => Math.max(1, ...texts.map((text) => [...text].length));
    return { natural: longest(cells), least: longest(cells.flatMap((cell) => cell.split(" "))) };
  });
  const out = new Table({
    head: [...head],
    chars: plain,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: fit(columns, available),
    wordWrap: true,
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
