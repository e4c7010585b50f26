import { Resvg } from "@resvg/resvg-js";
import { fonts } from "./fonts.js";

const pixelsPerUnit = 2;

/** Rasterises SVG text. */
export function renderPng(svg: string): Uint8Array {
  const resvg = new Resvg(svg, { fitTo: { mode: "zoom", value: pixelsPerUnit }, background: "white", font: fonts });
  return resvg.render().asPng();
}
