import type { Row } from "@steepest/experiments";
import type { ArmHistory } from "../lab/history.js";
import { type Axis, places } from "./axis.js";
import type { Line, Marker } from "./plotOptions.js";
import { armColor, dashes } from "./theme.js";

interface LineOptions {
  readonly histories: readonly ArmHistory[];
  readonly names: readonly string[];
  readonly axis: Axis;
  readonly value: (row: Row) => number | undefined;
  readonly least?: number | undefined;
  /** True for arms that are drawn thicker, because the quantity is theirs. */
  readonly emphasised?: (arm: number) => boolean;
}

/** One line per arm through its recorded rows. */
export function armLines({ histories, names, axis, value, least, emphasised }: LineOptions): Line[] {
  const place = places[axis];
  return histories.map(({ frames }, arm) => ({
    label: names[arm]!,
    color: armColor(arm),
    dash: dashes[arm]!,
    width: emphasised?.(arm) ? 3.5 : 1.6,
    least,
    points: frames.flatMap(({ row }): [number, number][] => {
      const [x, y] = [place(row), value(row)];
      return y === undefined || !(x > 0) || !Number.isFinite(y) || !Number.isFinite(x) ? [] : [[x, y]];
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
