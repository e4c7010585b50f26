import { doubled, product, scaled } from "../arithmetic/doubled.js";
import { DoubledCholesky } from "../arithmetic/doubledCholesky.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { Along, Derivatives } from "./barrier.js";
import type { CentralPoint, PathOptions } from "./centralPath.js";
import type { LinearBarrier } from "./linearBarrier.js";
import { RefinedSystem } from "./refinedSystem.js";
import type { RowsBarrier } from "./rowsBarrier.js";

/** A point inside with the μ of the path that it is about. */
export interface PathPoint {
  readonly x: DoubledVector;
  readonly mu: number;
}

/** A smooth convex function, which adds its derivatives at a point. */
export interface Penalty {
  add(x: DoubledVector, to: Derivatives): void;
}

/** The problem max xₜ, less a penalty, where the slacks of rows and of further linear inequalities are positive. */
export interface LinearModel {
  readonly rows: RowsBarrier;
  readonly others: readonly LinearBarrier[];
  readonly penalty?: Penalty;
  /** The place of xₜ. */
  readonly t: number;
}

/** Most steps. */
const mostSteps = 150;
/** The share of the way to the boundary that a step may take. */
const inward = 0.99;
/** The least and the largest share of μ that a step aims at, and the power of what its predictor leaves of μ. */
const [leastAim, largestAim, power] = [1e-6, 0.9, 3];
/** The corrections of a complementarity, as shares of what it is aimed at downwards, and of the larger one of that and its own upwards. */
const [mostDown, mostUp] = [0.9, 10];
/** The shares of μ between which all complementarities are kept. */
const [leastShare, largestShare] = [1e-4, 1e4];
/** The share of a step that may be wrong. */
const wrong = 2 ** -20;
/** The change of all slacks, as shares of these, at which a point is near the path. */
const central = 0.01;
/** Most steps at one μ. */
const mostCentring = 10;
/** The length of a step below which it is short, and how many short ones in succession end a descent. */
const [short, mostShort] = [0.05, 4];

/**
 * Descends along the central path by primal-dual steps with a predictor and a corrector, in some tenth of the steps of Newton's method for one μ after another. A
 * slack s has a multiplier λ; its complementarity w = λ s is the weight of its Hessian, Σ (w / s²) a aᵀ Δx = eₜ + Σ (τ / s) a, where τ is the complementarity that is
 * aimed for. Weights need no more than the precision of doubles, since what a step aims at does not depend on them; slacks and steps are in twice that.
 *
 * Source: Mehrotra, SIAM J. Optim. 2 (1992); Nocedal and Wright, Numerical Optimization, sections 14.2 and 16.6.
 *
 * @param model    the problem
 * @param start    a point inside, and the first μ
 * @param lastMu   the μ to end at, at a point
 * @param visit    told of every point; false ends the descent there
 * @param options  as those of `followPath`
 * @returns the last point: near the path at its μ, unless the descent came to an end before
 */
export async function descend(
  model: LinearModel,
  start: PathPoint,
  lastMu: (x: DoubledVector) => number,
  visit: (point: PathPoint) => boolean,
  { startsRounded, spend }: PathOptions,
): Promise<PathPoint> {
  let { x, mu } = start;
  let isRounded = startsRounded;
  let inverse = model.rows.inverseSlacks(x);
  let weights = weightsOf(model, mu);
  let shorts = 0;
  for (let step = 0; step < mostSteps && inverse && shorts < mostShort; step++) {
    if (!visit({ x, mu }) || !(await spend(isRounded))) break;
    const up = upward(model, x);
    let solve = isRounded ? systemOf(model, x, inverse, weights, true) : undefined;
    let affine = solve?.(up);
    if (!affine) {
      isRounded = false;
      solve = systemOf(model, x, inverse, weights, false);
      affine = solve?.(up);
    }
    if (!solve || !affine) break;
    const last = lastMu(x);
    const predicted = changesOf(model, x, inverse, affine);
    const left =
      meanOf(
        moved(
          weights,
          predicted,
          weights.map(() => 0),
        ),
      ) / mu;
    const target = Math.max(mu * Math.min(Math.max(left ** power, leastAim), largestAim), last);
    const aims = weights.map((weight, i) => target + correction(weight, predicted[i]!, target));
    const way = solve(forward(model, x, inverse, aims, up));
    if (!way) break;
    const changes = changesOf(model, x, inverse, way);
    const { primal } = lengthsOf(weights, changes, aims);
    const next = x.plus(way, primal);
    const nextInverse = model.rows.inverseSlacks(next);
    const own = moved(weights, changes, aims);
    const mean = meanOf(own);
    if (!nextInverse || !isInside(model, next) || !(mean > 0 && mean < Infinity)) break;
    [x, inverse, mu] = [next, nextInverse, mean];
    weights = own.map((weight) => Math.min(Math.max(weight, mean * leastShare), mean * largestShare));
    shorts = primal < short ? shorts + 1 : 0;
    if (target === last && changes.every((change) => Math.abs(change) < central)) return { x, mu: target };
  }
  return { x, mu };
}

/**
 * Newton's steps for one μ from near the path, with solutions to twice the precision.
 *
 * @param model   the problem
 * @param point   a point near the path
 * @param spend   called before every step; false ends the search
 * @param closer  the change of all slacks at which a point is close enough
 * @returns the last point but one, with the step from it
 */
export async function centred(
  model: LinearModel,
  point: PathPoint,
  spend: PathOptions["spend"],
  closer: number,
): Promise<CentralPoint | undefined> {
  let { x } = point;
  let found: CentralPoint | undefined;
  for (let round = 0; round < mostCentring; round++) {
    const inverse = model.rows.inverseSlacks(x);
    if (!inverse || !(await spend(false))) return found;
    const weights = weightsOf(model, point.mu);
    const down = forward(model, x, inverse, weights, upward(model, x));
    const step =
      (systemOf(model, x, inverse, weights, true, 2 ** -40) ?? (() => undefined))(down) ??
      systemOf(model, x, inverse, weights, false)?.(down);
    if (!step) return found;
    const change = changesOf(model, x, inverse, step).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!(change < 1)) return found;
    found = { x, mu: point.mu, step, decrement: change };
    if (change < closer) return found;
    x = x.plus(step);
  }
  return found;
}

/** One number for every slack: those of the rows, then those of the other inequalities. */
function weightsOf({ rows, others }: LinearModel, value: number): Float64Array {
  return new Float64Array(rows.parameter + others.length).fill(value);
}

/** The part of what is aimed for that the product of the changes of slack and multiplier, (Δs / s) (Δλ / λ) w, of a step to τ = 0 takes. */
function correction(weight: number, change: number, target: number): number {
  return Math.min(Math.max(weight * change * (1 + change), -mostDown * target), mostUp * Math.max(weight, target));
}

/** The lengths of a step in x and in the multipliers, Δλ / λ = τ / w - 1 - Δs / s, that stay inside; at most 1. */
function lengthsOf(weights: Float64Array, changes: Float64Array, aims: Float64Array): { readonly primal: number; readonly dual: number } {
  let [fall, dualFall] = [inward, inward];
  for (const [i, change] of changes.entries()) {
    fall = Math.max(fall, -change);
    dualFall = Math.max(dualFall, 1 + change - aims[i]! / weights[i]!);
  }
  return { primal: inward / fall, dual: inward / dualFall };
}

/** The complementarities after a step. */
function moved(weights: Float64Array, changes: Float64Array, aims: Float64Array): Float64Array {
  const { primal, dual } = lengthsOf(weights, changes, aims);
  return weights.map((weight, i) => (weight + dual * (aims[i]! - weight - weight * changes[i]!)) * (1 + primal * changes[i]!));
}

function meanOf(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** The changes of all slacks along a way, as shares of these. */
function changesOf({ rows, others }: LinearModel, x: DoubledVector, inverse: DoubledVector, way: DoubledVector): Float64Array {
  const ofOthers = others.map((barrier) => {
    const along = new Along(way);
    barrier.add(x, along);
    return -along.value;
  });
  return Float64Array.of(...rows.changes(inverse, way), ...ofOthers);
}

function isInside({ others }: LinearModel, x: DoubledVector): boolean {
  const along = new Along(new DoubledVector(x.length));
  return others.every((barrier) => barrier.add(x, along));
}

/** The gradient of xₜ, less that of the penalty. */
function upward({ t, penalty }: LinearModel, x: DoubledVector): DoubledVector {
  const to = new Derivatives(x.length, false);
  to.gradient.add(t, doubled(1));
  to.weights = { slope: -1, curvature: 1 };
  penalty?.add(x, to);
  return to.gradient;
}

/** A gradient and what is aimed for of the slacks, Σ (τ / s) a. */
function forward(
  { rows, others }: LinearModel,
  x: DoubledVector,
  inverse: DoubledVector,
  aims: Float64Array,
  up: DoubledVector,
): DoubledVector {
  const to = new Derivatives(x.length, false, up.slice());
  const ofRows = new DoubledVector(inverse.length);
  for (let k = 0; k < ofRows.length; k++) ofRows.set(k, scaled(inverse.at(k), -aims[k]!));
  rows.addSlopes(ofRows, to);
  for (const [i, barrier] of others.entries()) {
    to.weights = { slope: -aims[rows.parameter + i]!, curvature: 1 };
    barrier.add(x, to);
  }
  return to.gradient;
}

/** Solves with the Hessian of the penalty and of the weighted slacks: with a factor in doubles, or in twice the precision; undefined where rounding takes it for indefinite. */
function systemOf(
  { rows, others, penalty }: LinearModel,
  x: DoubledVector,
  inverse: DoubledVector,
  weights: Float64Array,
  isRounded: boolean,
  share: number = wrong,
): ((b: DoubledVector) => DoubledVector | undefined) | undefined {
  const to = new Derivatives(x.length, true);
  penalty?.add(x, to);
  for (const [i, barrier] of others.entries()) {
    to.weights = { slope: 1, curvature: weights[rows.parameter + i]! };
    barrier.add(x, to);
  }
  const squares = new DoubledVector(inverse.length);
  for (let k = 0; k < squares.length; k++) squares.set(k, scaled(product(inverse.at(k), inverse.at(k)), weights[k]!));
  if (isRounded) {
    const system = RefinedSystem.ofParts(to.hessian!, [rows.roundedBy(squares)]);
    return system && ((b) => system.solve(b, share));
  }
  rows.addCurvatures(squares, to.hessian!);
  const factor = DoubledCholesky.of(to.hessian!);
  return factor && ((b) => factor.solve(b));
}
