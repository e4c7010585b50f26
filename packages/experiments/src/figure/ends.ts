import type { PanelDefinition } from "../definition/panel.js";
import { between, placings, shareOf } from "./scale.js";
import { multipleAt, stepFor, steps } from "./ticks.js";

type Scale = PanelDefinition["scale"];
type Ends = readonly [number, number];

/** Free room between the extreme values and the frame, as a share of the range: a published mark has room there. */
const free = 0.03;
/** Largest empty share of the range that a round number at an end may cost. */
const mostEmpty = 0.15;

/** Both ends further apart by a share of their distance, as far as there are doubles. */
function padded(low: number, high: number, scale: Scale): Ends {
  const { place, value } = placings[scale];
  const at = (share: number): number => value(between(place(low), place(high), share));
  const least = scale === "log" ? Number.MIN_VALUE : -Number.MAX_VALUE;
  return [Math.max(least, Math.min(low, at(-free))), Math.min(Number.MAX_VALUE, Math.max(high, at(1 + free)))];
}

/** Between two ends of this size the distance is still a double. */
const mostRound = Number.MAX_VALUE / 2;

const linearRound = (low: number, high: number, [first, last]: Ends): Ends => {
  const step = stepFor(low, high);
  const ends: Ends = [multipleAt(first, step, "floor"), multipleAt(last, step, "ceil")];
  return ends.every((end) => Math.abs(end) <= mostRound) ? ends : [first, last];
};

/** 1, 2 or 5 times a power of ten, or within less than half a decade what a linear axis has. */
const logRound = (low: number, high: number, [first, last]: Ends): Ends => {
  if (high / 3 < low) return linearRound(low, high, [first, last]);
  return [steps.findLast((step) => step <= first) ?? first, steps.find((step) => step >= last) ?? last];
};

const rounds: Readonly<Record<Scale, (low: number, high: number, ends: Ends) => Ends>> = {
  linear: linearRound,
  log: logRound,
  symlog: (_low, _high, ends) => ends,
};

/** Ends of an axis somewhat outside of what it shows, so that nothing extreme touches the frame; round numbers where they cost little of the panel. */
export function axisEnds(low: number, high: number, scale: Scale): Ends {
  const { place } = placings[scale];
  const ends = padded(low, high, scale);
  const round = rounds[scale](low, high, ends);
  const shares = round.map((end) => shareOf(place(low), place(end), place(high)));
  const isNear = [shares[0]! >= -mostEmpty && shares[0]! <= 0, shares[1]! <= 1 + mostEmpty && shares[1]! >= 1];
  return [isNear[0] ? Math.min(round[0], ends[0]) : ends[0], isNear[1] ? Math.max(round[1], ends[1]) : ends[1]];
}
