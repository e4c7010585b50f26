import type { PanelDefinition } from "../definition/panel.js";
import { roundEnds, ticks } from "./ticks.js";
import { tickTexts } from "./tickText.js";

/** From where to where an axis goes, and what is written at which of its values. */
export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly values: readonly number[];
  readonly texts: readonly string[];
}

/** Around a single value an axis needs some width; of none it only has to stand. */
function spread(low: number, high: number, scale: PanelDefinition["scale"]): readonly [number, number] {
  if (low > high) return scale === "log" ? [0.1, 10] : [0, 1];
  if (low < high) return [low, high];
  if (scale === "log") return [low / 2 || low, Math.min(low * 2, Number.MAX_VALUE)];
  const width = Math.abs(low) / 10 || 1;
  return [Math.max(low - width, -Number.MAX_VALUE), Math.min(high + width, Number.MAX_VALUE)];
}

/** Where the axis is told to begin, if it can: below what is to be shown, and above 0 where it is logarithmic. */
export function beginOf({ from, scale }: PanelDefinition, shown: readonly number[]): number | undefined {
  const isPossible = from !== undefined && (scale !== "log" || from > 0) && shown.some((value) => value > from);
  return isPossible ? from : undefined;
}

/** The axis on which `shown`, finite and on a logarithmic axis positive, has a place. */
export function valueAxis(panel: PanelDefinition, shown: readonly number[]): ValueAxis {
  const begin = beginOf(panel, shown);
  const least = begin ?? shown.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = shown.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const [first, high] = roundEnds[panel.scale](...spread(least, most, panel.scale));
  const low = begin ?? first;
  const values = ticks[panel.scale](low, high);
  return { low, high, values, texts: tickTexts(values) };
}

/** The part of a vega-lite axis that writes our texts at our values. */
export function axisTicks({ values, texts }: Pick<ValueAxis, "values" | "texts">): Readonly<Record<string, unknown>> {
  return { values, labelExpr: `${JSON.stringify(texts)}[indexof(${JSON.stringify(values)}, datum.value)] || ''` };
}
