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

/** No column is made narrower than this. */
const leastWidth = 12;

/** Takes from the widest column until the row fits. */
function fit(natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  for (;;) {
    const widest = Math.max(...widths);
    if (total() <= available || widest <= leastWidth) return widths;
    widths[widths.indexOf(widest)] = widest - 1;
  }
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
  const natural = head.map((_, column) => Math.max(1, ...[head, ...rows].map((row) => [...row[column]!].length)));
  const out = new Table({
    head: [...head],
    chars: plain,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: fit(natural, available),
    wordWrap: true,
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
