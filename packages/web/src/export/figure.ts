import type { FigureSpec } from "@steepest/experiments";

/**
 * Draws a figure specification as SVG text, without a DOM and without evaluating a string: expressions are walked as trees by vega-interpreter, so that a
 * content security policy without `unsafe-eval` holds. The libraries are loaded on the first call.
 */
export async function renderFigure(spec: FigureSpec): Promise<string> {
  const [{ parse, View }, { compile }, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  const { spec: compiled } = compile(spec as never);
  const view = new View(parse(compiled, {}, { ast: true }), { renderer: "none", expr: expressionInterpreter });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
