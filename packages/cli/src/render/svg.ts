import type { FigureSpec } from "@steepest/experiments";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** Draws a figure specification as SVG text, without a DOM. */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  const { spec: compiled } = compile(spec as unknown as TopLevelSpec);
  const view = new View(parse(compiled), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
