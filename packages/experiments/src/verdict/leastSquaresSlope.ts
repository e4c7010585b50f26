import { meanOf } from "./reference.js";

/** A point of a fit. */
export interface FitPoint {
  readonly x: number;
  readonly y: number;
}

/** The slope of the least-squares line through points; NaN where one of them has no value, or where there are fewer than two. */
export function leastSquaresSlope(points: readonly FitPoint[]): number {
  const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
  const moment = (of: (point: FitPoint) => number): number => points.reduce((sum, point) => sum + of(point), 0);
  return moment((point) => (point.x - x) * (point.y - y)) / moment((point) => (point.x - x) ** 2);
}
