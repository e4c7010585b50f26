import type { PanelDefinition } from "../definition/panel.js";
import { axisEnds } from "./ends.js";
import { placings } from "./scale.js";
import { type Labels, labelsOf } from "./ticks.js";

/** Range of an axis, and the values of its ticks with their texts. */
export interface ValueAxis extends Labels {
  readonly low: number;
  readonly high: number;
}

/** Share of its place below which the width of an axis is lost in the rounding of logarithms. */
const leastWidth = 2 ** -38;

/** True if the scale places two values apart. */
function areTold(low: number, high: number, scale: PanelDefinition["scale"]): boolean {
  if (scale === "linear") return low < high;
  const [from, to] = [placings[scale].place(low), placings[scale].place(high)];
  return to - from > leastWidth * Math.max(Math.abs(from), Math.abs(to));
}

/** A range of some width around values that are not told apart; a default range where there are no values. */
function spread(low: number, high: number, scale: PanelDefinition["scale"]): readonly [number, number] {
  if (low > high) return scale === "log" ? [0.1, 10] : [0, 1];
  if (areTold(low, high, scale)) return [low, high];
  if (scale === "log") return [low / 2 || low, Math.min(high * 2, Number.MAX_VALUE)];
  const width = Math.abs(low) / 10 || 1;
  return [Math.max(low - width, -Number.MAX_VALUE), Math.min(high + width, Number.MAX_VALUE)];
}

/** Lower end that the panel asks for, if it is possible: below the greatest shown value, and above 0 on a logarithmic axis. */
function beginOf({ from, scale }: PanelDefinition, shown: readonly number[]): number | undefined {
  const isPossible =
    from !== undefined && (scale !== "log" || from > 0) && shown.some((value) => value > from && areTold(from, value, scale));
  return isPossible ? from : undefined;
}

/** The height of a label and the distance to the next one. */
const labelHeight = 15;

/** The axis, so many pixels high, on which `shown`, finite and on a logarithmic axis positive, has a place. */
export function valueAxis(panel: PanelDefinition, shown: readonly number[], length: number): ValueAxis {
  const { scale } = panel;
  const begin = beginOf(panel, shown);
  const least = begin ?? shown.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = shown.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const [first, high] = axisEnds(...spread(least, most, scale), scale);
  const low = begin ?? first;
  return { low, high, ...labelsOf({ scale, low, high, length, extentOf: () => labelHeight }) };
}

/** The part of a vega-lite axis that writes our texts at our values. */
export function axisTicks({ values, texts }: Labels): Readonly<Record<string, unknown>> {
  return { values, labelExpr: `${JSON.stringify(texts)}[indexof(${JSON.stringify(values)}, datum.value)] || ''` };
}
