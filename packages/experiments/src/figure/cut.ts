import type { PanelDefinition } from "../definition/panel.js";
import type { CurvePoint } from "./curve.js";
import { between, placings, shareOf } from "./scale.js";

type Scale = PanelDefinition["scale"];

/** The drawn parts of curves: their lines, and their bands between low and high. */
export interface DrawnCurves {
  readonly lines: readonly CurvePoint[];
  readonly bands: readonly CurvePoint[];
}

const series = ["mean", "low", "high"] as const;

/** The point at a share of the way from one to the next, on the straight line that is drawn between them. */
function pointBetween(from: CurvePoint, to: CurvePoint, share: number, scale: Scale): CurvePoint {
  const { place, value } = placings[scale];
  const [mean, low, high] = series.map((name) => value(between(place(from[name]), place(to[name]), share)));
  const step = Math.exp(between(Math.log(from.step), Math.log(to.step), share));
  return { ...from, step, mean: mean!, low: low!, high: high! };
}

const isJoined = (point: CurvePoint, other: CurvePoint | undefined): boolean => other?.arm === point.arm && other.part === point.part;

/** Points follow each other arm by arm and step by step; between two that are joined, what `crossings` finds on the way is put. */
function withCrossings(points: readonly CurvePoint[], crossings: (from: CurvePoint, to: CurvePoint) => CurvePoint[]): CurvePoint[] {
  return points.flatMap((point, i) => (isJoined(point, points[i - 1]) ? [...crossings(points[i - 1]!, point), point] : [point]));
}

/** Curves from a step on. */
export function cutBefore(points: readonly CurvePoint[], scale: Scale, firstStep: number): CurvePoint[] {
  const dense = withCrossings(points, (from, to) => {
    if (!(from.step < firstStep && to.step > firstStep)) return [];
    const share = shareOf(Math.log(from.step), Math.log(firstStep), Math.log(to.step));
    return [{ ...pointBetween(from, to, share, scale), step: firstStep }];
  });
  return dense.filter(({ step }) => step >= firstStep);
}

/** Crossings of mean, low and high with the bottom between two points, in order; the crossing values lie exactly on it. */
function crossingsOf(bottom: number, scale: Scale): (from: CurvePoint, to: CurvePoint) => CurvePoint[] {
  const { place } = placings[scale];
  return (from, to) => {
    const byShare = new Map<number, CurvePoint>();
    for (const name of series) {
      if (from[name] < bottom === to[name] < bottom || from[name] === bottom || to[name] === bottom) continue;
      const share = shareOf(place(from[name]), place(bottom), place(to[name]));
      byShare.set(share, { ...(byShare.get(share) ?? pointBetween(from, to, share, scale)), [name]: bottom });
    }
    return [...byShare].sort(([a], [b]) => a - b).map(([, point]) => point);
  };
}

/** Only the points that are `isInside`; a curve that is interrupted by the others goes on as another part. */
function inside(points: readonly CurvePoint[], isInside: (point: CurvePoint) => boolean): CurvePoint[] {
  let interruptions = 0;
  return points.flatMap((point) => {
    if (isInside(point)) return [{ ...point, part: point.part + interruptions }];
    interruptions++;
    return [];
  });
}

/**
 * Curves in which every point that nothing is joined to is a short line, within the axis of steps: a line without length is not drawn.
 *
 * @param half  half of its length, as a share of the axis
 */
export function withDots(points: readonly CurvePoint[], { firstStep, lastStep, half }: DotOptions): CurvePoint[] {
  const factor = Math.exp(half * (Math.log(lastStep) - Math.log(firstStep)));
  return points.flatMap((point, i) => {
    if (isJoined(point, points[i - 1]) || isJoined(point, points[i + 1])) return [point];
    const ends = [Math.max(firstStep, point.step / factor), Math.min(lastStep, point.step * factor)];
    return ends.map((step) => ({ ...point, step }));
  });
}

export interface DotOptions {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly half: number;
}

/**
 * Curves cut at the bottom of their panel, so that no path leads far out of the picture: renderers lose such paths, and some end their process over them.
 */
export function cutBelow(points: readonly CurvePoint[], scale: Scale, bottom: number): DrawnCurves {
  const dense = withCrossings(points, crossingsOf(bottom, scale));
  const bands = inside(dense, ({ high }) => high >= bottom);
  return {
    lines: inside(dense, ({ mean }) => mean >= bottom),
    bands: bands.map((point) => ({ ...point, low: Math.max(point.low, bottom) })),
  };
}
