import type { FigureSpec } from "@steepest/experiments";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type TextItem, textWidth } from "./textWidth.js";

/** Vega's measure of text, which programs may replace; its types do not name it. */
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } };

/** Draws a figure specification as SVG text, without a DOM. */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  textMetrics.width = (item, text) => textWidth(item, String(text ?? ""));
  const { spec: compiled } = compile(spec as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
