import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import { combinationOf, marginOf } from "../bound/plainBounds.js";
import { lowerBound, upperBound } from "../bound/provenBounds.js";
import { euclideanAbove } from "../bound/rowLengths.js";
import { diagonalAtoms } from "./diagonalAtoms.js";
import { leastNormPoint } from "./leastNormPoint.js";
import { MarginProgram } from "./marginProgram.js";
import { programmeByColumns } from "./programmeByColumns.js";
import type { Problem, Proposal, Rest } from "./proposal.js";
import { scaledRows } from "./scaledRows.js";
import { solvedProgramme } from "./solvedProgramme.js";

/** Most entries of θ that are all columns from the start. */
const fewColumns = 4000;
/** The share of the length of rows that a margin has, of which plain sums have ten digits. */
const plainShare = 1e-5;
/** Most programmes in the units of an answer whose bounds are apart. */
const mostRescaled = 3;
/** Entries of columns may be raised to this size. */
const largestUnit = 2 ** 600;

/**
 * The largest margin in a norm whose unit ball is a polytope, as a linear programme over the rows that matter: solved for some, and again with those that the
 * answer violates most, until none is. HiGHS proposes which rows and entries are at their bounds; parameters and multipliers are then solved for in our own
 * arithmetic, so that its tolerances decide nothing.
 *
 * HiGHS drops what is small, and calls optimal what it cannot tell from it. Where the bounds are apart, the programme is solved again in other units: columns
 * with a largest entry between 1 and 2, and a ball whose radius makes the margin about 1.
 */
export async function linearProgramme(problem: Problem): Promise<Proposal> {
  const { atoms, norm } = problem;
  const shape = { length: norm.size, blocks: norm.blocks };
  const program = MarginProgram.of(norm.norm, shape)!;
  const weights = norm.size > fewColumns ? program.weightsOfSum : undefined;
  if (weights) return programmeByColumns(problem, weights);
  const rows = scaledRows(atoms);
  const first = await solvedProgramme(problem, program, rows);
  if (isPlainlyClosed(problem, first, rows.scales)) return first;
  let best = boundedOf(problem, first);
  if (problem.start.theta)
    best = better(best, { ...best, theta: problem.start.theta, lower: lowerBound(atoms, norm, problem.start.theta), rest: undefined });
  if (!(best.lower > 0) && problem.iterations > 0) {
    // where HiGHS drops what decides, the point of least Euclidean norm still has a direction, if there is one
    const { theta } = await leastNormPoint(problem);
    best = better(best, { ...best, theta, lower: lowerBound(atoms, norm, theta), rest: undefined });
  }
  let { iterations } = best;
  for (let round = 0; round < mostRescaled; round++) {
    if (best.upper - best.lower <= problem.tolerance * best.upper || !(best.lower > 0) || iterations >= problem.iterations) break;
    const least = rows.scales.reduce((a, b) => Math.min(a, b), Infinity);
    const radius = 1 / powerOfTwoBelow(best.lower / least);
    const units = unitsOf(problem, rows.scales);
    if (!(radius < largestUnit)) break;
    const inner = {
      ...problem,
      atoms: diagonalAtoms(atoms, units),
      iterations: problem.iterations - iterations,
      start: { lambda: best.lambda },
    };
    const proposal = await solvedProgramme(inner, MarginProgram.of(norm.norm, shape, radius, units)!, scaledRows(inner.atoms));
    iterations += proposal.iterations;
    const inOurs = (values: Float64Array): Float64Array => values.map((value, j) => value * units[j]!);
    const rest = proposal.rest && { ...proposal.rest, theta: inOurs(proposal.rest.theta) };
    const next = better(best, boundedOf(problem, { ...proposal, theta: inOurs(proposal.theta), ...(rest && { rest }) }));
    if (next.lower === best.lower && next.upper === best.upper) break;
    best = next;
  }
  return { lambda: best.lambda, theta: best.theta, iterations, ...(best.rest && { rest: best.rest }) };
}

/** true where the margin is so large a share of the rows that plain arithmetic can tell that the bounds meet. */
function isPlainlyClosed({ atoms, norm, tolerance }: Problem, { theta, lambda }: Proposal, scales: Float64Array): boolean {
  const largest = scales.reduce((a, b) => Math.max(a, b), 0);
  const upper = combinationOf(atoms, norm, lambda);
  const isLarge = upper * norm.value(theta) > plainShare * largest * euclideanAbove(theta);
  return isLarge && upper - marginOf(atoms, norm, theta) <= (tolerance / 2) * upper;
}

interface Bounded extends Omit<Proposal, "rest"> {
  readonly rest?: Rest | undefined;
  readonly lower: number;
  readonly upper: number;
}

function boundedOf({ atoms, norm }: Problem, proposal: Proposal): Bounded {
  const { theta, lambda, rest } = proposal;
  return { ...proposal, lower: lowerBound(atoms, norm, theta, rest?.theta), upper: upperBound(atoms, norm, lambda, rest?.lambda) };
}

/** The larger lower and the smaller upper bound of two, with their points. */
function better(one: Bounded, other: Bounded): Bounded {
  const [below, above] = [other.lower > one.lower ? other : one, other.upper < one.upper ? other : one];
  const rest = (below.rest || above.rest) && {
    theta: below.rest?.theta ?? new Float64Array(below.theta.length),
    lambda: above.rest?.lambda ?? new Float64Array(above.lambda.length),
  };
  const { iterations } = one;
  return { iterations, theta: below.theta, lower: below.lower, lambda: above.lambda, upper: above.upper, ...(rest && { rest }) };
}

/** Powers of two that bring the largest entry of every column of the scaled rows to between 1 and 2; 1 where that takes too much. */
function unitsOf({ atoms }: Problem, scales: Float64Array): Float64Array {
  const largest = new Float64Array(atoms.size);
  for (let k = 0; k < atoms.count; k++) {
    for (const [j, value] of atoms.row(k).entries()) largest[j] = Math.max(largest[j]!, Math.abs(value / scales[k]!));
  }
  return largest.map((value) => (value > 1 / largestUnit ? 1 / powerOfTwoBelow(value) : 1));
}
