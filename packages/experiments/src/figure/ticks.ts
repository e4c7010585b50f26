import type { PanelDefinition } from "../definition/panel.js";

const wantedTicks = 6;
const mostPowers = 7;
const mostPerSide = 5;
/** Powers of ten that are not enough for an axis on both sides of 0. */
const fewPowers = 4;
/** From here on neighbouring multiples of a step are the same double. */
const mostMultiples = 2 ** 50;
/** A bound, relative to the step, of the rounding of its multiples. */
const nearly = 1e-9;
const exponents = Array.from({ length: 632 }, (_, i) => i - 323);

/** Each as the double next to it, which no power function promises. */
const multiples = (factors: readonly number[]): number[] => exponents.flatMap((k) => factors.map((factor) => Number(`${factor}e${k}`)));
const powers = multiples([1]);
const steps = multiples([1, 2, 5]);

const within = (values: readonly number[], low: number, high: number): number[] => values.filter((value) => value >= low && value <= high);

/** Every nth of them, so that there are at most so many. */
function thinned(values: readonly number[], most: number): number[] {
  const stride = Math.max(1, Math.ceil(values.length / most));
  return values.filter((_, i) => i % stride === 0);
}

/** The step 1, 2 or 5 times a power of ten that gives about as many ticks as are wanted. */
function stepFor(low: number, high: number): number {
  const raw = high / wantedTicks - low / wantedTicks;
  return steps.find((step) => step > 0 && step >= raw / 1.2) ?? raw;
}

/** A multiple of a step, without the digits that rounding leaves behind. */
const multiple = (factor: number, step: number): number => Number((factor * step).toPrecision(15));

function linearTicks(low: number, high: number): number[] {
  const step = stepFor(low, high);
  const [first, last] = [Math.ceil(low / step - nearly), Math.floor(high / step + nearly)];
  if (!(Math.abs(first) < mostMultiples && Math.abs(last) < mostMultiples)) return [low, high];
  const values = Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i, step));
  return within(values, low, high);
}

/** Powers of ten where there are at least three of them, else their multiples by 2 and 5, else what a linear axis has. */
export function logTicks(low: number, high: number): number[] {
  const tens = within(powers, low, high);
  if (tens.length >= 3) return thinned(tens, mostPowers);
  const more = within(steps, low, high);
  return more.length >= 3 ? more : linearTicks(low, high);
}

const atLeastOne = (values: readonly number[]): number[] => values.filter((value) => value >= 1);

/**
 * 0 and powers of ten on both sides of it, or where there are few of them their multiples by 2 and 5 as well; what a linear axis has where the scale is
 * close to linear, up to 2, and where it holds too little of either.
 */
function symlogTicks(low: number, high: number): number[] {
  const bothSides = (values: readonly number[]): readonly [number[], number[]] => [within(values, -high, -low), within(values, low, high)];
  const tens = bothSides(atLeastOne(powers));
  const [below, above] = tens.flat().length > fewPowers ? tens : bothSides(atLeastOne(steps));
  if (Math.max(-low, high) <= 2 || below.length + above.length < 3) return linearTicks(low, high);
  const zero = low <= 0 && high >= 0 ? [0] : [];
  const most = tens.flat().length > fewPowers ? mostPerSide : Number.POSITIVE_INFINITY;
  return [
    ...thinned(below, most)
      .map((value) => -value)
      .reverse(),
    ...zero,
    ...thinned(above, most),
  ];
}

type Ticks = (low: number, high: number) => number[];

/** The ticks of an axis from `low` to `high`, for every kind of scale. */
export const ticks: Readonly<Record<PanelDefinition["scale"], Ticks>> = { linear: linearTicks, log: logTicks, symlog: symlogTicks };

type Ends = (low: number, high: number) => readonly [number, number];

const linearEnds: Ends = (low, high) => {
  const step = stepFor(low, high);
  const [first, last] = [multiple(Math.floor(low / step + nearly), step), multiple(Math.ceil(high / step - nearly), step)];
  return Number.isFinite(last - first) ? [Math.min(first, low), Math.max(last, high)] : [low, high];
};

/** 1, 2 or 5 times a power of ten, or within less than half a decade a linear axis' ends. */
const logEnds: Ends = (low, high) => {
  const [first, last] = linearEnds(low, high);
  if (high / 3 < low && first > 0) return [first, last];
  return [steps.findLast((step) => step > 0 && step <= low) ?? low, steps.find((step) => step >= high && step < Infinity) ?? high];
};

/** Round numbers at or outside both ends, so that what is extreme does not touch the frame. */
export const roundEnds: Readonly<Record<PanelDefinition["scale"], Ends>> = {
  linear: linearEnds,
  log: logEnds,
  symlog: (low, high) => [low, high],
};
