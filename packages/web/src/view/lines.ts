import type { Row } from "@steepest/experiments";
import type { ArmHistory } from "../lab/history.js";
import { riskText } from "./numberText.js";
import type { Line, Marker } from "./plotOptions.js";
import { armColor, dashes } from "./theme.js";

/** What the late phase is drawn over. Both axes are logarithmic. */
export type Axis = "step" | "risk";

/** -log₁₀ R: 1000 where the risk is 1e-1000. */
export const decadesOf = (row: Row): number => -row.logRisk! / Math.LN10;

const places: Readonly<Record<Axis, (row: Row) => number>> = { step: ({ step }) => step, risk: decadesOf };

export const axisLabels: Readonly<Record<Axis, string>> = { step: "step", risk: "risk, falling to the right" };

/** The tick at a place: a step, or the risk there, however small. */
export function axisText(axis: Axis): (value: number) => string {
  return axis === "step" ? stepText : (decades) => (decades >= 1 ? `1e-${countedDecades(decades)}` : riskText(-decades * Math.LN10));
}

const stepText = (step: number): string => (step >= 1e4 ? `1e${Number(Math.log10(step).toFixed(1))}` : String(step));
const countedDecades = (decades: number): string =>
  decades >= 1e6 ? `(1e${Math.log10(decades).toFixed(0)})` : String(Math.round(decades));

interface LineOptions {
  readonly histories: readonly ArmHistory[];
  readonly names: readonly string[];
  readonly axis: Axis;
  readonly logY: boolean;
  readonly value: (row: Row) => number | undefined;
  /** Arms drawn thicker, because the quantity is theirs. */
  readonly emphasised?: (arm: number) => boolean;
}

/** One line per arm through its recorded rows; what an axis cannot show is left out. */
export function armLines({ histories, names, axis, logY, value, emphasised }: LineOptions): Line[] {
  const place = places[axis];
  return histories.map(({ frames }, arm) => ({
    label: names[arm]!,
    color: armColor(arm),
    dash: dashes[arm]!,
    width: emphasised?.(arm) ? 3.5 : 1.6,
    points: frames.flatMap(({ row }): [number, number][] => {
      const [x, y] = [place(row), value(row)];
      return y === undefined || !(x > 0) || !Number.isFinite(y) || !Number.isFinite(x) || (logY && y <= 0) ? [] : [[x, y]];
    }),
  }));
}

/** Vertical lines where an arm got all samples right (dotted) and where it separated them (dashed). */
export function armMarkers(histories: readonly ArmHistory[], names: readonly string[], axis: Axis): Marker[] {
  const place = places[axis];
  return histories.flatMap(({ frames, perfectAccuracyStep, separationStep }, arm) => {
    const marker = (step: number | undefined, what: string, dash: readonly number[]): Marker[] => {
      const row = frames.find((frame) => frame.row.step === step)?.row;
      return row && place(row) > 0 ? [{ x: place(row), color: armColor(arm), label: `${names[arm]}: ${what}`, dash }] : [];
    };
    return [...marker(perfectAccuracyStep, "all correct", [1, 3]), ...marker(separationStep, "separated", [6, 3])];
  });
}
