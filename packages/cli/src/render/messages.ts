import type { FigureSpec } from "@steepest/experiments";

/** The request to the drawing process. */
export interface DrawRequest {
  readonly spec: FigureSpec;
}

/** An answer of the drawing process: the SVG as soon as there is one, then the PNG made from it; a problem ends the answers. */
export type DrawAnswer =
  | { readonly kind: "svg"; readonly text: string }
  | { readonly kind: "png"; readonly bytes: Uint8Array }
  | { readonly kind: "problem"; readonly message: string };
