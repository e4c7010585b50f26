import type { FigureSpec } from "./figureSpec.js";
import { textOf, wrapped } from "./wrapped.js";

const mostColumns = 2;

/** Panels side by side: two, or all of three, so that no place is empty. */
export function columnsOf(panels: number): number {
  if (panels === 3) return 3;
  return Math.min(mostColumns, Math.max(1, panels));
}

/** The parts of a figure. */
export interface Layout {
  readonly title: string;
  /** Lines below the title. */
  readonly below: readonly string[];
  readonly columns: number;
  readonly panels: readonly FigureSpec[];
}

/** The figure of its panels: a vega-lite specification with its data in it. */
export function layout({ title, below, columns, panels }: Layout): FigureSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: titleOf(title, below, columns),
    background: "white",
    padding: 12,
    config: {
      font: "DejaVu Sans",
      // every label that is written is seen: labels are chosen so that they stand apart
      axis: { labelFontSize: 11, titleFontSize: 12, titlePadding: 8, gridColor: "#e4e4e4", titleFontWeight: "normal", labelOverlap: false },
      legend: { labelFontSize: 12, columnPadding: 24, rowPadding: -16 }, // a symbol is as high as it is long
      view: { stroke: "#999" },
    },
    columns,
    concat: panels,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  };
}

/** Title and the lines below it, no wider than the panels; characters of 15 px bold and of 12 px. */
function titleOf(title: string, below: readonly string[], columns: number): FigureSpec {
  const [titleWidth, belowWidth] = [50 * columns, 66 * columns];
  return {
    text: textOf(wrapped(title, titleWidth, 4)),
    subtitle: textOf(below.flatMap((line) => wrapped(line, belowWidth, 3))),
    anchor: "start",
    fontSize: 15,
    subtitleFontSize: 12,
    offset: 14,
  };
}
