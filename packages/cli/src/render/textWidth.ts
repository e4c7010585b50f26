import { Resvg } from "@resvg/resvg-js";
import { fonts } from "./fonts.js";

/** A text that vega lays out, with its font. */
export interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  /** Width in pixels at which the text is cut; not positive or absent: the text is not cut. */
  readonly limit?: number;
}

const measuredSize = 100;
const known = new Map<string, number>();

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** The width of a text in the font that figures are drawn with; without a canvas vega takes every character to be 0.8 of the font size wide. */
export function textWidth({ fontSize = 11, fontWeight = "normal", limit = 0 }: TextItem, text: string): number {
  const key = `${fontWeight} ${text}`;
  let width = known.get(key);
  if (width === undefined) {
    const style = `font-family="DejaVu Sans" font-size="${measuredSize}" font-weight="${fontWeight}"`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text ${style}>${escaped(text)}</text></svg>`;
    width = new Resvg(svg, { font: fonts }).getBBox()?.width ?? 0;
    known.set(key, width);
  }
  const here = (width * fontSize) / measuredSize;
  return limit > 0 ? Math.min(here, limit) : here;
}
