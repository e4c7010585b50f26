import type { FigureSpec } from "@steepest/experiments";
import { drawn } from "./figure.js";

/** Pixels per unit of the figure: sharp in a slide. */
const scale = 2;

/** Draws a figure specification as a PNG image, in a browser. The libraries are loaded on the first call. */
export function pngFigure(spec: FigureSpec): Promise<Blob> {
  return drawn(spec, async (view) => {
    const canvas = (await view.toCanvas(scale)) as unknown as HTMLCanvasElement;
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the figure is too large for an image of this browser; download the SVG");
    return blob;
  });
}
