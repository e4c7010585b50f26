import type { FigureSpec } from "@steepest/experiments";

/** What the drawing process is asked for. */
export interface DrawRequest {
  readonly spec: FigureSpec;
}

/** What it answers, in this order: the SVG as soon as there is one, then the PNG made from it. A problem ends it. */
export type DrawAnswer =
  | { readonly kind: "svg"; readonly text: string }
  | { readonly kind: "png"; readonly bytes: Uint8Array }
  | { readonly kind: "problem"; readonly message: string };
