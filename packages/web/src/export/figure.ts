import type { FigureSpec } from "@steepest/experiments";
import type { View } from "vega";

/**
 * Draws a figure specification without a DOM and without evaluating a string: expressions are walked as trees by vega-interpreter, so that a content
 * security policy without `unsafe-eval` holds. The libraries are loaded on the first call.
 *
 * @param take  takes the drawing from the view, which is gone afterwards
 */
export async function drawn<T>(spec: FigureSpec, take: (view: View) => Promise<T>): Promise<T> {
  const [{ parse, View }, { compile }, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  const { spec: compiled } = compile(spec as never);
  const view = new View(parse(compiled, {}, { ast: true }), { renderer: "none", expr: expressionInterpreter });
  try {
    return await take(view);
  } finally {
    view.finalize();
  }
}

/** Draws a figure specification as SVG text. */
export const renderFigure = (spec: FigureSpec): Promise<string> => drawn(spec, (view) => view.toSVG());
