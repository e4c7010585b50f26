import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { combinationOf, marginOf } from "../bound/plainBounds.js";
import { type Bracket, breathing, type CombinationOptions, smallestCombination } from "../solver/smallestCombination.js";
import { solverOf } from "../solver/solvers.js";
import { type Choice, GradientRows } from "../tangent/gradientRows.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";
import { leastChoice } from "./leastChoice.js";

/** The linearised problem in a norm. */
export interface CompletedProblem {
  readonly problem: TangentProblem;
  readonly norm: BoundedNorm;
}

/** Multipliers of rows, and a direction; nothing is believed of them. */
export interface Proposal {
  readonly choices: readonly (Choice & { readonly multiplier: number })[];
  /** f64[p]. */
  readonly direction: Float64Array;
  /** An upper bound of D* but for rounding: the dual norm of the combination. */
  readonly value: number;
}

/** The start of a search, and its end. */
export interface SearchOptions {
  readonly theta: Float64Array;
  readonly sampleWeights?: ArrayLike<number> | undefined;
  readonly tolerance?: number | undefined;
  /** Most times that the problem is solved with more rows; then the direction need not be the best. Default 200. */
  readonly rounds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Entries of rows that are formed at once; above it, only the pairs near the smallest margin are, and others as they turn out to matter. */
const mostEntries = 2 ** 22;
/** Pairs with margins up to so many times the smallest one begin. */
const nearSupport = 1.05;
const mostRounds = 200;
/** Entries of all rows with which the search ends: the ends of the answer then need not meet. */
const mostEntriesOfAll = 3 * 2 ** 24;
/** The share of the best direction so far in that which is looked at. */
const inwards = 0.5;
/** Relative distance of the bounds while rows are still missing. */
const coarsest = 1e-3;
/** The factor by which the bounds come nearer where no row is missing. */
const nearer = 30;

/**
 * Multipliers and a direction for the linearised problem with its Clarke completion, by column generation: the problem is solved on some rows, then the rows of all
 * pairs and all sides of their kinks that the direction violates are added, until it violates none.
 */
export async function completed({ problem, norm }: CompletedProblem, tolerance: number, options: SearchOptions): Promise<Proposal> {
  const smallest = problem.margins.reduce((least, { value }) => Math.min(least, value), Infinity);
  const rows = new GradientRows();
  const isAll = problem.pairs.length * problem.size <= mostEntries;
  for (const [k, pair] of problem.pairs.entries()) {
    if (!isAll && problem.margins[k]!.value > nearSupport * smallest) continue;
    const sides = problem.kinks(pair.sample, tolerance).map((kink) => problem.sideOf(pair.sample, kink));
    rows.add({ pair, sides }, problem.gradient(pair, sides));
  }
  const finest = options.tolerance ?? solverOf(norm).tolerance;
  let reached = Math.max(finest, coarsest);
  let theta = options.theta;
  let lambda = startOf(rows, options.sampleWeights);
  let best = { theta, lower: 0 };
  /** Adds the rows that a direction violates, and takes it where it is the best so far; true if there are any. */
  const priced = (one: Float64Array, floor: number): boolean => {
    let [least, isNew] = [Infinity, false];
    const length = norm.value(one);
    for (const pair of problem.pairs) {
      options.signal?.throwIfAborted();
      const { sides, value } = leastChoice(problem, pair, one, tolerance);
      least = Math.min(least, value / length);
      if (value / length < floor && rows.add({ pair, sides }, problem.gradient(pair, sides))) isNew = true;
    }
    if (least > best.lower) best = { theta: one, lower: least };
    return isNew;
  };
  for (let round = 0; ; round++) {
    const start = { theta, ...(lambda && { lambda }) };
    const bracket = await (reached > finest && !isAll ? sketched : smallestCombination)(rows.atoms(), norm, {
      tolerance: reached,
      start,
      ...(options.signal && { signal: options.signal }),
    });
    theta = bracket.theta;
    const found = (direction: Float64Array): Proposal => ({
      direction,
      value: bracket.upper,
      choices: rows.choices.slice(0, bracket.lambda.length).map((choice, k) => ({ ...choice, multiplier: bracket.lambda[k]! })),
    });
    if (round === (options.rounds ?? mostRounds)) return found(theta);
    const floor = bracket.lower * (1 - finest / 4);
    // the newest direction goes to and fro: where rows are long, those are added first that violate one nearer to the best so far
    const between = !isAll && best.lower > 0 && theta.map((value, j) => (1 - inwards) * value + inwards * best.theta[j]!);
    const isNew = (between && priced(between, floor)) || priced(theta, floor);
    const isEnough = bracket.upper - best.lower <= finest * bracket.upper || rows.entries > mostEntriesOfAll;
    if (reached === finest && (isEnough || !isNew)) return found(best.lower > 0 ? best.theta : theta);
    // a solver that has been exact is asked for all of it, one that takes longer the nearer for a little more
    if (isEnough) reached = finest;
    else if (!isNew) reached = Math.max(finest, Math.min(reached, (bracket.upper - bracket.lower) / bracket.upper) / nearer);
    lambda = Float64Array.from({ length: rows.choices.length }, (_, k) => bracket.lambda[k] ?? 0);
  }
}

/** The combination as the solver proposes it, with its bounds in plain arithmetic; as it is proven where that gives no direction. */
async function sketched(
  atoms: Atoms,
  norm: BoundedNorm,
  options: CombinationOptions & Pick<Required<CombinationOptions>, "tolerance" | "start">,
): Promise<Pick<Bracket, "theta" | "lambda" | "lower" | "upper">> {
  const { propose, iterations } = solverOf(norm);
  const { theta, lambda } = await propose({ ...options, atoms, norm, iterations, breathe: breathing(options.signal) });
  const lower = marginOf(atoms, norm, theta);
  if (!(lower > 0)) return smallestCombination(atoms, norm, options);
  const [length, total] = [norm.value(theta), lambda.reduce((sum, value) => sum + value, 0)];
  return {
    theta: theta.map((value) => value / length),
    lambda: lambda.map((value) => value / total),
    lower,
    upper: combinationOf(atoms, norm, lambda),
  };
}

/** The multipliers of training, on the rows that are there. */
function startOf(rows: GradientRows, sampleWeights: ArrayLike<number> | undefined): Float64Array | undefined {
  if (!sampleWeights) return undefined;
  const lambda = Float64Array.from(rows.choices, ({ pair }) => sampleWeights[pair.sample] ?? 0);
  return lambda.some((value) => value > 0) ? lambda : undefined;
}
