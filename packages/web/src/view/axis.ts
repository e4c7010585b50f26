import type { Row } from "@steepest/experiments";
import type { ArmHistory } from "../lab/history.js";
import { countText, riskText, tickText } from "./numberText.js";
import type { XAxis } from "./plotOptions.js";

/** Axes of the late phase, both logarithmic. */
export type Axis = "step" | "risk";

/** -log₁₀ R: 1000 where the risk is 1e-1000. */
export const decadesOf = (row: Row): number => -row.logRisk! / Math.LN10;

export const places: Readonly<Record<Axis, (row: Row) => number>> = { step: ({ step }) => step, risk: decadesOf };

const countedDecades = (decades: number, digits: number): string =>
  decades >= 1e6 ? `(${tickText(decades, digits)})` : String(Number(decades.toPrecision(Math.max(digits, 6))));

export const axes: Readonly<Record<Axis, XAxis>> = {
  step: { label: "step", tick: tickText, read: (step) => `step ${countText(step)}` },
  /** The risk at a place, however small. */
  risk: {
    label: "risk, falling to the right",
    tick: (decades, digits = 3) => (decades >= 1 ? `1e-${countedDecades(decades, digits)}` : riskText(-decades * Math.LN10, digits)),
    read: (decades) => `risk ${riskText(-decades * Math.LN10)}`,
  },
};

/** Least shown decades: risks above 0.8 would take half of a logarithmic axis for themselves. */
export const fewestShownDecades = 0.1;

/** The part of an axis that is the late phase: from the step at which the first arm has every sample right, if one has, to the last one of any arm. */
export function lateSpan(histories: readonly ArmHistory[], axis: Axis): readonly [number, number] | undefined {
  const placesOf = (isMeant: (history: ArmHistory, row: Row) => boolean): number[] =>
    histories
      .flatMap((history) => history.frames.flatMap(({ row }) => (isMeant(history, row) ? [places[axis](row)] : [])))
      .filter((place) => place > 0 && Number.isFinite(place));
  const all = placesOf(() => true);
  if (all.length === 0) return undefined;
  const correct = placesOf(({ perfectAccuracyStep }, { step }) => step === perfectAccuracyStep);
  const [first, last] = [Math.min(...(correct.length > 0 ? correct : all)), Math.max(...all)];
  return [axis === "risk" && last > fewestShownDecades ? Math.max(first, fewestShownDecades) : first, last];
}
