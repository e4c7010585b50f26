import type uPlot from "uplot";
import { logTicks } from "./logTicks.js";
import { type TickText, tickTexts } from "./numberText.js";

/** Pixels per rem-relative unit of the page's text, so that charts grow with it on walls. */
export const tickTextSize = (): number => Math.round(0.74 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

export const tickFont = (): string => `${tickTextSize()}px system-ui, sans-serif`;

const measure = new OffscreenCanvas(1, 1).getContext("2d")!;

function widthOf(texts: readonly string[]): number {
  measure.font = tickFont();
  return Math.max(0, ...texts.map((text) => measure.measureText(text).width));
}

/** Pixels between two labels. */
const gap = 14;
/** Least width beside the y axis, equal for short ticks, so that the same place lies under the same place in charts above each other. */
const leastSide = 64;

/** Usual number of ticks that fit. */
const usualTicks = 12;

/** The ends of a scale, one of which has the longest tick, in digits that tell ticks apart. */
function ends(plot: uPlot, scale: string, text: TickText): string[] {
  const { min, max } = plot.scales[scale] ?? {};
  return min == null || max == null ? [] : tickTexts([min, min + (max - min) / usualTicks, max], text);
}

/** Room at the right end of the x axis, so that its last tick is not cut. */
export const rightRoom =
  (text: TickText) =>
  (plot: uPlot): number =>
    Math.ceil(Math.max(12, widthOf(ends(plot, "x", text)) / 2 + 4));

/** Room beside the y axis for its ticks. */
export function sideRoom(_: uPlot, ticks: string[] | null): number {
  return Math.ceil(Math.max(leastSide, widthOf((ticks ?? []).filter((tick) => tick != null)) + 14));
}

/** Ticks of a logarithmic axis, as many as fit. */
export function logSplits(axis: "x" | "y", text: TickText): uPlot.Axis.Splits {
  return (plot, _, low, high) => {
    const along = axis === "x" ? plot.width - leastSide - 40 : plot.height - 45;
    const each = axis === "x" ? widthOf(ends(plot, "x", text)) + gap : 2.4 * tickTextSize();
    return logTicks(low, high, Math.floor(along / each) + 1);
  };
}
