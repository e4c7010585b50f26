import type { FigureSpec } from "./figureSpec.js";
import { panelWidth } from "./panelSize.js";
import { labelsOf, steps } from "./ticks.js";
import { axisTicks } from "./valueAxis.js";

/** Range of an axis of steps. */
export interface StepRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The begins of the axes of steps of several panels: 1, 2 or 5 times a power of ten at or below the step at which something is drawn first, and at least a
 * decade before the end; panels that begin late begin together.
 *
 * @param drawnFrom  the first step at which something is drawn, by panel; undefined where nothing is
 */
export function stepBegins(drawnFrom: readonly (number | undefined)[], { first, last }: StepRange): number[] {
  const begins = drawnFrom.map((step = first) => {
    const latest = Math.min(step, last / 10);
    return Math.max(first, steps.findLast((round) => round <= latest) ?? first);
  });
  const late = Math.min(...begins.filter((begin) => begin > first));
  return begins.map((begin) => (begin > first ? late : first));
}

/** Pixels of a character of a label, and between two labels. */
const characterWidth = 7.5;
const gap = 8;

/** Pixels that a label takes along an axis below a panel, with the distance to its neighbours. */
export const horizontalExtent = (text: string): number => characterWidth * text.length + gap;

/** The channel of steps, logarithmic. */
export function stepChannel({ first, last }: StepRange, title: string): FigureSpec {
  const labels = labelsOf({ scale: "log", low: first, high: last, length: panelWidth, extentOf: horizontalExtent });
  return {
    field: "step",
    type: "quantitative",
    scale: { type: "log", nice: false, domain: [first, last] },
    axis: { title, labelFlush: false, ...axisTicks(labels) },
  };
}
