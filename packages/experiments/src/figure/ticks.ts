import type { PanelDefinition } from "../definition/panel.js";
import { placings, shareOf } from "./scale.js";
import { tickTexts } from "./tickText.js";

/** An axis in the picture. */
export interface DrawnAxis {
  readonly scale: PanelDefinition["scale"];
  readonly low: number;
  readonly high: number;
  /** Pixels from end to end. */
  readonly length: number;
  /** Pixels that a label takes along the axis, with the distance to its neighbours. */
  readonly extentOf: (text: string) => number;
}

/** Labels of an axis: the values, and the text at each. */
export interface Labels {
  readonly values: readonly number[];
  readonly texts: readonly string[];
}

const wantedTicks = 6;
/** More make a picture of lines and labels. */
const mostTicks = 9;
/** Powers of ten that are not enough for an axis on both sides of 0. */
const fewPowers = 4;
/** Multiple from which neighbouring multiples of a step are the same double. */
const mostMultiples = 2 ** 50;
/** A bound, relative to the step, of the rounding of its multiples. */
const nearly = 1e-9;
const exponents = Array.from({ length: 632 }, (_, i) => i - 323);
/** Numbers of powers of ten from tick to tick. */
const strides = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200];

/** Each as the double next to it, which no power function promises. */
const multiples = (factors: readonly number[], which: readonly number[] = exponents): number[] =>
  which.flatMap((k) => factors.map((factor) => Number(`${factor}e${k}`)));
const powersByStride = strides.map((stride) =>
  multiples(
    [1],
    exponents.filter((k) => k % stride === 0),
  ),
);
const powers = powersByStride[0]!;
/** 1, 2 and 5 times the powers of ten. */
export const steps: readonly number[] = multiples([1, 2, 5]).filter((step) => step > 0 && step < Number.POSITIVE_INFINITY);

const within = (values: readonly number[], low: number, high: number): number[] => values.filter((value) => value >= low && value <= high);

/** The step 1, 2 or 5 times a power of ten that gives about as many ticks as are wanted. */
export function stepFor(low: number, high: number, wanted: number = wantedTicks): number {
  const raw = high / wanted - low / wanted;
  return steps.find((step) => step >= raw / 1.2) ?? raw;
}

/** A multiple of a step, without the digits that rounding leaves behind. */
const multiple = (factor: number, step: number): number => Number((factor * step).toPrecision(15));

/** The multiple of a step next to a value, below or above. */
export function multipleAt(value: number, step: number, round: "floor" | "ceil"): number {
  return multiple(round === "floor" ? Math.floor(value / step + nearly) : Math.ceil(value / step - nearly), step);
}

function linearTicks(low: number, high: number, wanted: number): number[] {
  const step = stepFor(low, high, wanted);
  const [first, last] = [Math.ceil(low / step - nearly), Math.floor(high / step + nearly)];
  if (!(Math.abs(first) < mostMultiples && Math.abs(last) < mostMultiples)) return [];
  const values = Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i, step));
  return within(values, low, high);
}

/** Sets of ticks, the best first. */
type TickSets = (low: number, high: number) => (readonly number[])[];

const linearSets: TickSets = (low, high) => [6, 5, 4, 3, 2].map((wanted) => linearTicks(low, high, wanted));

/** Ticks of a logarithmic axis: powers of ten if there are at least three, else their multiples by 2 and 5, else those of a linear axis. */
const logSets: TickSets = (low, high) => {
  const tens = powersByStride.map((values) => within(values, low, high));
  if (tens[0]!.length >= 3) return [...tens, ...linearSets(low, high)];
  const more = within(steps, low, high);
  return [...(more.length >= 3 ? [more] : []), ...linearSets(low, high)];
};

/** Values at least 1 and their negatives, with 0 between; with and without 1, which may be too close to 0. */
function bothSides(values: readonly number[], low: number, high: number): number[][] {
  const zero = low <= 0 && high >= 0 ? [0] : [];
  return [1, 2].map((least) => {
    const sizes = values.filter((value) => value >= least);
    const below = within(sizes, -high, -low).map((value) => -value);
    return [...below.reverse(), ...zero, ...within(sizes, low, high)];
  });
}

/**
 * 0 and powers of ten on both sides of it, or where there are few of them their multiples by 2 and 5 as well; what a linear axis has where the scale is
 * close to linear, up to 2, and where it holds too little of either.
 */
const symlogSets: TickSets = (low, high) => {
  const [tens] = bothSides(powers, low, high);
  const more = bothSides(steps, low, high);
  const isSparse = more[0]!.filter((value) => value !== 0).length < 3;
  if (Math.max(-low, high) <= 2 || isSparse) return linearSets(low, high);
  const few = tens!.filter((value) => value !== 0).length <= fewPowers ? more : [];
  return [...few, ...powersByStride.flatMap((values) => bothSides(values, low, high)), ...linearSets(low, high)];
};

const tickSets: Readonly<Record<PanelDefinition["scale"], TickSets>> = { linear: linearSets, log: logSets, symlog: symlogSets };

/** True if no label touches its neighbour. */
function areApart({ values, texts }: Labels, { scale, low, high, length, extentOf }: DrawnAxis): boolean {
  const { place } = placings[scale];
  const at = values.map((value) => length * shareOf(place(low), place(value), place(high)));
  const extents = texts.map(extentOf);
  return at.every((here, i) => i === 0 || here - at[i - 1]! >= (extents[i]! + extents[i - 1]!) / 2);
}

/**
 * The labels of an axis: the first set of ticks, at least two and not too many, whose labels stand apart in the picture; what is written is always seen.
 * Where no round numbers do, its ends.
 */
export function labelsOf(axis: DrawnAxis): Labels {
  const { scale, low, high } = axis;
  for (const values of tickSets[scale](low, high)) {
    if (values.length < 2 || values.length > mostTicks) continue;
    const labels = { values, texts: tickTexts(values) };
    if (areApart(labels, axis)) return labels;
  }
  return { values: [low, high], texts: tickTexts([low, high]) };
}
