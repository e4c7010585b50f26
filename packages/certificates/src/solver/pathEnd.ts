import type { DoubledVector } from "../arithmetic/doubledVector.js";
import type { CentralPoint } from "../barrier/centralPath.js";
import { lowerBound, upperBound } from "../bound/provenBounds.js";
import type { Problem, Proposal } from "./proposal.js";
import type { WorkingRows } from "./workingRows.js";

/** A point of the path with what it proposes. */
export interface Found extends CentralPoint {
  readonly end: DoubledVector;
  readonly multipliers: DoubledVector;
}

/** Tells that the bounds of a proposal meet. */
export function isClosed({ atoms, norm, tolerance }: Problem, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  const { theta, lambda, rest } = proposal;
  const upper = upperBound(atoms, norm, lambda, rest?.lambda);
  return upper - lowerBound(atoms, norm, theta, rest?.theta) <= tolerance * upper;
}

/**
 * The parameters of the largest lower bound and the multipliers of the least upper one at the end of a path: where rows depend on each other, rounding at last
 * spoils multipliers more than the path improves them.
 */
export function bestOf(
  problem: Problem,
  working: WorkingRows,
  units: Float64Array,
  trail: readonly Found[],
  iterations: number,
): Proposal | undefined {
  const { atoms, norm } = problem;
  let [theta, lambda]: [Doubles | undefined, Doubles | undefined] = [undefined, undefined];
  let [lower, upper] = [0, Infinity];
  for (const { end, multipliers } of trail) {
    const [ownTheta, ownLambda] = [parametersOf(end, units), weightsOf(multipliers, working, atoms.count)];
    const [below, above] = [lowerBound(atoms, norm, ownTheta.high, ownTheta.low), upperBound(atoms, norm, ownLambda.high, ownLambda.low)];
    if (!theta || below > lower) [theta, lower] = [ownTheta, below];
    if (!lambda || above < upper) [lambda, upper] = [ownLambda, above];
  }
  if (!theta || !lambda) return undefined;
  return { theta: theta.high, lambda: lambda.high, iterations, rest: { theta: theta.low, lambda: lambda.low } };
}

/** A vector and its remainders in doubles. */
type Doubles = Pick<DoubledVector, "high" | "low">;

/** θ in the units of the atoms. */
function parametersOf({ high, low }: DoubledVector, units: Float64Array): Doubles {
  const inUnits = (values: Float64Array): Float64Array => units.map((unit, j) => values[j]! * unit);
  return { high: inUnits(high), low: inUnits(low) };
}

/** λ of all atoms; a multiplier that rounding makes negative is 0. */
function weightsOf({ high, low }: DoubledVector, { rows }: WorkingRows, count: number): Doubles {
  const ofRows = (values: Float64Array): Float64Array => {
    const out = new Float64Array(count);
    for (const [i, { index, share }] of rows.entries()) if (high[i]! > 0) out[index] = values[i]! * share;
    return out;
  };
  return { high: ofRows(high), low: ofRows(low) };
}
