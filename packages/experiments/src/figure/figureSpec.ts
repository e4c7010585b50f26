/** A vega-lite specification as plain data; this package does not draw. */
export type FigureSpec = Readonly<Record<string, unknown>>;
