import { DefinitionError, DimensionError } from "@steepest/core";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { combinationOf, marginOf } from "../bound/plainBounds.js";
import { lowerBound, upperBound } from "../bound/provenBounds.js";
import { rowLengths } from "../bound/rowLengths.js";
import { interiorPoint } from "./interiorPoint.js";
import { leastNormPoint } from "./leastNormPoint.js";
import { requireLimits } from "./limits.js";
import type { Problem, Proposal, Rest } from "./proposal.js";
import { type NamedSolver, solverOf } from "./solvers.js";

/** Two numbers with γ* between them, and what proves each. */
export interface Bracket {
  /** minₖ ⟨Zₖ, θ⟩ / ||θ||, rounded downwards; 0 where that is negative. */
  readonly lower: number;
  /** ||Σ λₖ Zₖ||_* / Σ λₖ, rounded upwards. */
  readonly upper: number;
  /** f64[p], with ||theta|| about 1, or from 1 to 2 where a rounding would move `lower`; 0 where no direction with a positive product was found. */
  readonly theta: Float64Array;
  /** f64[K], >= 0, with a sum of about 1, or from 1 to 2 where a rounding would move `upper`. */
  readonly lambda: Float64Array;
  /** The solver that proposed them. */
  readonly method: string;
  readonly iterations: number;
  /**
   * The remainders of `theta` and `lambda` in doubles: where it is there, the bounds are those of theta + rest.theta and lambda + rest.lambda, whose lengths are 1 to 2.
   * Linear programmes and the interior-point method have it where γ* is so small a share s of the rows that the rounding of doubles, 1e-16 / s, would hold the
   * bounds apart.
   */
  readonly rest?: Rest;
  /** true: upper - lower <= tolerance · upper. */
  readonly closed: boolean;
  /** true: the bounds are theorems; false: the norm is a user's, whose rounding is only estimated. */
  readonly proven: boolean;
}

export interface CombinationOptions {
  /** The relative distance of the bounds at which the search ends. Default: that of the solver of the norm, 1e-9 or 1e-6. */
  readonly tolerance?: number;
  /** A guess, such as the weights of training and the parameters that it has reached; the answer is no worse. */
  readonly start?: { readonly lambda?: Float64Array; readonly theta?: Float64Array };
  /** Most iterations of the solver; the bounds are as far as they then are. Default: of the solver. */
  readonly iterations?: number;
  readonly signal?: AbortSignal;
}

/**
 * The smallest dual norm of a convex combination of rows, which is the largest margin of their directions:
 *
 *   γ* = max {minₖ ⟨Zₖ, θ⟩ : ||θ|| <= 1} = min {||Σ λₖ Zₖ||_* : λ >= 0, Σ λₖ = 1}
 *
 * γ* = 0 iff 0 is a convex combination of the rows. A solver proposes θ and λ; the bounds are computed from these alone, with outward rounding.
 *
 * @param atoms    the rows
 * @param norm     the norm, bound to vectors of the rows' length
 * @param options  tolerance, start and limits
 * @returns the bracket
 * @throws DimensionError   if norm or start are of other lengths
 * @throws DefinitionError  if limits are none, a start is not finite, a row is not, or is out of the range in which bounds can be computed
 */
export function smallestCombination(atoms: Atoms, norm: BoundedNorm, options: CombinationOptions = {}): Promise<Bracket> {
  return combinationBy(solverOf(norm), atoms, norm, options);
}

/**
 * The smallest combination, as a solver other than the norm's own proposes it.
 *
 * @param solver  proposes
 * @throws as `smallestCombination`, which says what the other parameters are
 */
export async function combinationBy(solver: NamedSolver, atoms: Atoms, norm: BoundedNorm, options: CombinationOptions): Promise<Bracket> {
  const { tolerance = solver.tolerance, iterations = solver.iterations, start = {}, signal } = options;
  requireLimits(tolerance, iterations);
  requireLength("norm", norm.size, atoms.size);
  if (start.lambda) requireStart("start.lambda", start.lambda, atoms.count);
  if (start.theta) requireStart("start.theta", start.theta, atoms.size);
  requireRange(atoms);
  const problem: Problem = { atoms, norm, tolerance, iterations, start, breathe: breathing(signal) };
  const own = await solver.propose(problem);
  let proposal = own;
  let theta: Candidate = { point: own.theta, bound: lowerBound(atoms, norm, own.theta) };
  // where HiGHS drops what decides, or a search ends at 0, the point of least Euclidean norm still has a direction if there is one
  if (theta.bound === 0 && iterations > 0) {
    proposal = { ...own, theta: (await leastNormPoint(problem)).theta };
    theta = { point: proposal.theta, bound: lowerBound(atoms, norm, proposal.theta) };
  }
  let lambda: Candidate = { point: proposal.lambda, bound: upperBound(atoms, norm, proposal.lambda) };
  // bounds of the start take as much again: only where it may be the better one
  if (start.theta && (theta.bound === 0 || marginOf(atoms, norm, start.theta) > theta.bound * (1 - comparable))) {
    const bound = lowerBound(atoms, norm, start.theta);
    if (bound > theta.bound) theta = { point: start.theta, bound };
  }
  if (start.lambda && !(combinationOf(atoms, norm, start.lambda) > lambda.bound * (1 + comparable))) {
    const bound = upperBound(atoms, norm, start.lambda);
    if (bound < lambda.bound) lambda = { point: start.lambda, bound };
  }
  const [method, points] = [proposal.method ?? solver.name, { theta, lambda }];
  if (!isApart(points, tolerance)) return bracketAt(atoms, norm, points, { method, iterations: own.iterations, tolerance });
  const fine = own.rest ? better(atoms, norm, points, own) : points;
  const left = iterations - own.iterations;
  if (!(isApart(fine, tolerance) && left > 0 && mayBePositive(atoms, fine))) {
    return bracketAt(atoms, norm, fine, { method, iterations: own.iterations, tolerance });
  }
  const last = await interiorPoint({ ...problem, iterations: left, start: { lambda: fine.lambda.point, theta: fine.theta.point } });
  const best = last ? better(atoms, norm, fine, last) : fine;
  const spent = own.iterations + (last?.iterations ?? 0);
  return bracketAt(atoms, norm, best, { method: best === fine ? method : "interior point", iterations: spent, tolerance });
}

/** A point, and the bound that it proves, with what doubles leave of it. */
interface Candidate {
  readonly point: Float64Array;
  readonly bound: number;
  readonly rest?: Float64Array;
}

/** The points of a lower and of an upper bound. */
interface Candidates {
  readonly theta: Candidate;
  readonly lambda: Candidate;
}

function isApart({ theta, lambda }: Candidates, tolerance: number): boolean {
  return lambda.bound - theta.bound > tolerance * lambda.bound;
}

/** false: no direction is known, and there is none as far as doubles tell. */
function mayBePositive(atoms: Atoms, { theta, lambda }: Candidates): boolean {
  return theta.bound > 0 || lambda.bound > asGoodAsZero * rowLengths(atoms).reduce((a, b) => Math.min(a, b), Infinity);
}

/** The better ones of the points that there are and of those of a proposal in twice the precision; these themselves where none is better. */
function better(atoms: Atoms, norm: BoundedNorm, points: Candidates, { theta, lambda, rest }: Proposal): Candidates {
  const below = { point: theta, bound: lowerBound(atoms, norm, theta, rest?.theta), ...(rest && { rest: rest.theta }) };
  const above = { point: lambda, bound: upperBound(atoms, norm, lambda, rest?.lambda), ...(rest && { rest: rest.lambda }) };
  const [isHigher, isLower] = [below.bound > points.theta.bound, above.bound < points.lambda.bound];
  if (!isHigher && !isLower) return points;
  return { theta: isHigher ? below : points.theta, lambda: isLower ? above : points.lambda };
}

/** The bracket of two points: of length 1, or, where rounding would move their bounds, scaled by powers of two, which costs none. */
function bracketAt(
  atoms: Atoms,
  norm: BoundedNorm,
  { theta, lambda }: Candidates,
  { method, iterations, tolerance }: { readonly method: string; readonly iterations: number; readonly tolerance: number },
): Bracket {
  const [lower, upper] = [theta.bound, lambda.bound];
  const total = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);
  const facts = {
    lower: Math.min(lower, upper),
    upper,
    method,
    iterations,
    closed: upper < Infinity && upper - lower <= tolerance * upper,
    proven: norm.isProven,
  };
  const longest = rowLengths(atoms).reduce((a, b) => Math.max(a, b), 0);
  const hasRests = theta.rest !== undefined || lambda.rest !== undefined;
  if (hasRests || upper < roundable * longest) {
    const [thetaParts, lambdaParts] = [inPowersOfTwo(theta, norm.value(theta.point)), inPowersOfTwo(lambda, total(lambda.point))];
    if (!(lower > 0)) for (const part of thetaParts) part.fill(0);
    return {
      ...facts,
      theta: thetaParts[0],
      lambda: lambdaParts[0],
      ...(hasRests && { rest: { theta: thetaParts[1], lambda: lambdaParts[1] } }),
    };
  }
  return {
    ...facts,
    theta: lower > 0 ? normalized(theta.point, norm.value) : new Float64Array(theta.point.length),
    lambda: upper < Infinity ? normalized(lambda.point, total) : new Float64Array(lambda.point.length),
  };
}

function inPowersOfTwo({ point, rest }: Candidate, size: number): [Float64Array, Float64Array] {
  const unit = size > 0 && size < Infinity ? powerOfTwoBelow(size) : 1;
  return [point.map((value) => value / unit), rest ? rest.map((value) => value / unit) : new Float64Array(point.length)];
}

/** The share of the longest row from which on a margin loses no more than 2^-40 of itself by the rounding of its points. */
const roundable = 2 ** -12;
/** A combination, as a share of the shortest row, that is as short as rounding makes it. */
const asGoodAsZero = 2 ** -46;

/** The share within which bounds in plain arithmetic cannot be told apart. */
const comparable = 1e-9;

function normalized(x: Float64Array, size: (x: Float64Array) => number): Float64Array {
  const length = size(x);
  return length > 0 && length < Infinity ? x.map((value) => value / length) : x.slice();
}

/** Milliseconds between two pauses of a search that can be ended. */
const pauseEvery = 50;

/** A pause between iterations: where there is a signal, timers and messages get through now and then, and the search ends where it says so. */
export function breathing(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (!signal || performance.now() - last < pauseEvery) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
    signal.throwIfAborted();
  };
}

function requireLength(path: string, got: number, expected: number): void {
  if (got !== expected) throw DimensionError.at(path, `is for vectors of ${got} entries, the rows have ${expected}`, { value: got });
}

function requireStart(path: string, values: Float64Array, expected: number): void {
  if (values.length !== expected)
    throw DimensionError.at(path, `has length ${values.length}, expected ${expected}`, { value: values.length });
  if (!values.every(Number.isFinite)) throw DefinitionError.at(path, "must be finite", { value: values });
}

/** Entries beyond this are refused: products with them would leave the range of f64. */
const largestEntry = 2 ** 900;

function requireRange(atoms: Atoms): void {
  const lengths = rowLengths(atoms);
  const k = lengths.findIndex((length) => !(length < largestEntry));
  if (k < 0) return;
  throw DefinitionError.at(`atoms[${k}]`, `has length ${lengths[k]}, expected a finite vector shorter than 2^900`, {
    value: lengths[k],
    hint: "scale all samples by one power of two: the margin scales with them",
  });
}
