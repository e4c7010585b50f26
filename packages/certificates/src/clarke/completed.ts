import type { BoundedNorm } from "../bound/boundedNorm.js";
import { smallestCombination } from "../solver/smallestCombination.js";
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
/** Relative distance of the bounds while rows are still missing. */
const coarsest = 1e-3;

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
  for (let round = 0; ; round++) {
    const bracket = await smallestCombination(rows.atoms(), norm, {
      tolerance: reached,
      start: { theta, ...(lambda && { lambda }) },
      ...(options.signal && { signal: options.signal }),
    });
    theta = bracket.theta;
    const proposal = {
      direction: theta,
      value: bracket.upper,
      choices: rows.choices.map((choice, k) => ({ ...choice, multiplier: bracket.lambda[k]! })),
    };
    if (round === (options.rounds ?? mostRounds)) return proposal;
    const floor = bracket.lower * norm.value(theta) * (1 - finest / 4);
    let isNew = false;
    for (const pair of problem.pairs) {
      options.signal?.throwIfAborted();
      const { sides, value } = leastChoice(problem, pair, theta, tolerance);
      if (value < floor && rows.add({ pair, sides }, problem.gradient(pair, sides))) isNew = true;
    }
    if (!isNew && reached === finest) return proposal;
    if (!isNew) reached = finest;
    lambda = Float64Array.from({ length: rows.choices.length }, (_, k) => bracket.lambda[k] ?? 0);
  }
}

/** The multipliers of training, on the rows that are there. */
function startOf(rows: GradientRows, sampleWeights: ArrayLike<number> | undefined): Float64Array | undefined {
  if (!sampleWeights) return undefined;
  const lambda = Float64Array.from(rows.choices, ({ pair }) => sampleWeights[pair.sample] ?? 0);
  return lambda.some((value) => value > 0) ? lambda : undefined;
}
