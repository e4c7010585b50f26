import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { combinationOf, marginOf } from "../bound/plainBounds.js";
import { type Bracket, breathing, type CombinationOptions, combinationBy } from "../solver/smallestCombination.js";
import { type NamedSolver, searchSolverOf } from "../solver/solvers.js";
import { GradientRows } from "../tangent/gradientRows.js";
import { completedInEuclidean } from "./completedInEuclidean.js";
import { firstPairs } from "./firstPairs.js";
import { LeastProducts } from "./leastProducts.js";
import type { CompletedProblem, Proposal, SearchOptions } from "./proposal.js";

/** Entries of rows that are formed at once; above it, only the pairs near the smallest margin are, and others as they turn out to matter. */
const mostEntries = 2 ** 22;
/** Entries of the rows that are added at once where not all are formed: those that are violated most. */
const mostEntriesAdded = 2 ** 24;
const mostRounds = 200;
/** Units of a sample near their kinks whose sides are listed as rows, where all rows are formed. */
const mostListed = 6;
/** Entries of rows with multipliers with which the search ends: the ends of the answer then need not meet. */
const mostEntriesOfAll = 3 * 2 ** 24;
/** Entries of all rows with which those without multipliers go, the farthest from mattering first, until half of them are left. */
const mostEntriesKept = 3 * 2 ** 24;
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
  const isAll = problem.pairs.length * problem.size <= mostEntries;
  const products = new LeastProducts(problem, tolerance);
  const isListed = isAll && problem.pairs.every((_, k) => (products.flips(k)?.length ?? 0) <= mostListed);
  const mixed = isListed ? undefined : await completedInEuclidean({ problem, norm }, products, options);
  if (mixed) return mixed;
  const rows = new GradientRows();
  const mostAdded = isAll ? Infinity : Math.ceil(mostEntriesAdded / problem.size);
  for (const k of isAll ? problem.pairs.keys() : firstPairs(problem, options.sampleWeights, mostAdded)) {
    const pair = problem.pairs[k]!;
    const sides = problem.kinks(pair.sample, tolerance).map((kink) => problem.sideOf(pair.sample, kink));
    rows.add({ pair, sides }, problem.gradient(pair, sides));
  }
  const solver = searchSolverOf(norm);
  const finest = options.tolerance ?? solver.tolerance;
  let reached = Math.max(finest, coarsest);
  let theta = options.theta;
  let lambda = startOf(rows, options.sampleWeights);
  let best = { theta, lower: 0 };
  /** Adds the rows that a direction violates, and takes it where it is the best so far; true if there are any. */
  const priced = (one: Float64Array, floor: number): boolean => {
    const length = norm.value(one);
    const all = products.of(one, () => options.signal?.throwIfAborted());
    const least = all.values.reduce((lowest, value) => Math.min(lowest, value / length), Infinity);
    const order = [...all.values.keys()].filter((k) => all.values[k]! / length < floor);
    order.sort((a, b) => all.values[a]! - all.values[b]! || a - b);
    let added = 0;
    for (const k of order) {
      if (added === mostAdded) break;
      const [pair, { sides }] = [problem.pairs[k]!, all.choice(k)];
      if (rows.add({ pair, sides }, problem.gradient(pair, sides))) added += 1;
    }
    if (least > best.lower) best = { theta: one, lower: least };
    return added > 0;
  };
  for (let round = 0; ; round++) {
    const start = { theta, ...(lambda && { lambda }) };
    const atoms = rows.atoms();
    const limits = { tolerance: reached, start, ...(options.signal && { signal: options.signal }) };
    const bracket = await (reached > finest && !isAll ? sketched : combinationBy)(solver, atoms, norm, limits);
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
    const carrying = bracket.lambda.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    const isEnough = bracket.upper - best.lower <= finest * bracket.upper || carrying * problem.size > mostEntriesOfAll;
    if (reached === finest && (isEnough || !isNew)) return found(best.lower > 0 ? best.theta : theta);
    // a solver that has been exact is asked for all of it, one that takes longer the nearer for a little more
    if (isEnough) reached = finest;
    else if (!isNew) reached = Math.max(finest, Math.min(reached, (bracket.upper - bracket.lower) / bracket.upper) / nearer);
    lambda = Float64Array.from({ length: rows.choices.length }, (_, k) => bracket.lambda[k] ?? 0);
    if (rows.entries > mostEntriesKept) lambda = withoutIdle(rows, atoms, { theta, lambda });
  }
}

/** Gives up idle rows, those with the largest products first, until half of what may be kept is left; returns the multipliers of those that are. */
function withoutIdle(rows: GradientRows, atoms: Atoms, { theta, lambda }: Pick<Bracket, "theta" | "lambda">): Float64Array {
  const products = new Float64Array(atoms.count);
  atoms.times(theta, products);
  const idle = [...products.keys()].filter((k) => !(lambda[k]! > 0));
  idle.sort((a, b) => products[a]! - products[b]! || a - b);
  const most = Math.floor(mostEntriesKept / 2 / atoms.size);
  const dropped = new Set(idle.slice(Math.max(most - (rows.choices.length - idle.length), 0)));
  rows.keepOnly((k) => !dropped.has(k));
  return lambda.filter((_, k) => !dropped.has(k));
}

/** The combination as the solver proposes it, with its bounds in plain arithmetic; as it is proven where that gives no direction. */
async function sketched(
  solver: NamedSolver,
  atoms: Atoms,
  norm: BoundedNorm,
  options: CombinationOptions & Pick<Required<CombinationOptions>, "tolerance" | "start">,
): Promise<Pick<Bracket, "theta" | "lambda" | "lower" | "upper">> {
  const { propose, iterations } = solver;
  const { theta, lambda } = await propose({ ...options, atoms, norm, iterations, breathe: breathing(options.signal) });
  const lower = marginOf(atoms, norm, theta);
  if (!(lower > 0)) return combinationBy(solver, atoms, norm, options);
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
