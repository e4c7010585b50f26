import type { FigureSpec } from "@steepest/experiments";
import type { View } from "vega";

/**
 * A figure specification without a DOM and without evaluating a string: expressions are walked as trees by vega-interpreter, so that a content security
 * policy without `unsafe-eval` holds. The libraries are loaded on the first call. To be finalized.
 */
export async function viewOf(spec: FigureSpec): Promise<View> {
  const [{ parse, View }, { compile }, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  const { spec: compiled } = compile(spec as never);
  return new View(parse(compiled, {}, { ast: true }), { renderer: "none", expr: expressionInterpreter });
}

/** Draws a figure specification as SVG text. */
export async function renderFigure(spec: FigureSpec): Promise<string> {
  const view = await viewOf(spec);
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
