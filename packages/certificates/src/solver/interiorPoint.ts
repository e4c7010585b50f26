import { boundByCones } from "@steepest/core/internal";
import { accumulate } from "../arithmetic/compensated.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import { BarrierProgram } from "../barrier/barrierProgram.js";
import { type CentralPoint, followPath, type PathOptions } from "../barrier/centralPath.js";
import { centred, descend, type PathPoint } from "../barrier/primalDual.js";
import { RowsBarrier } from "../barrier/rowsBarrier.js";
import { lowerBound, upperBound } from "../bound/provenBounds.js";
import { diagonalAtoms } from "./diagonalAtoms.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRow, type ScaledRows, scaledRows } from "./scaledRows.js";
import { firstRows, WorkingRows } from "./workingRows.js";

/** Most rows that a round adds. */
const addedRows = 100;
/** Most entries of rows that are all taken at once. */
const fewEntries = 10_000;
/** Most products in twice the precision that a Newton step may take, and all of them together: some ten seconds. */
const [mostProducts, mostInAll] = [2 ** 25, 2 ** 30];
/** Rows times squares of their length up to which all are taken at once: to leave a path again and again for a few further rows takes longer. */
const mostAtOnce = 2 ** 24;
/** Products from which on a Newton step begins in doubles, and how many products in doubles take as long as one in twice the precision. */
const [many, perProduct] = [2 ** 18, 8];
/** The share of the tolerance that the path leaves. */
const left = 1 / 8;
/** The gap, as a share of the rows, at which a margin is none but for rounding. */
const asGoodAsZero = 2 ** -80;
/** The decrement at which a last point is left, since what rounding takes of its multipliers grows with its step, and the most steps that this may take. */
const [central, mostCloser] = [1e-7, 3];
/** Most points at the end of a path whose bounds are compared. */
const mostCompared = 8;
/** Columns are not divided by less, or more, than this. */
const [leastUnit, largestUnit] = [2 ** -300, 2 ** 300];
/** The weight, as a share of that of all rows, from which on a row outside makes a path end, and from which on it is then taken in. */
const [heavy, noticed] = [1 / 8, 1 / 64];

/** A point of the path with what it proposes. */
interface Found extends CentralPoint {
  readonly end: DoubledVector;
  readonly multipliers: DoubledVector;
}

/**
 * The largest margin in a norm that states itself by cones, in twice the precision of doubles: max t where ⟨ẑₖ, x⟩ >= cₖ t and ||x|| <= 1, by the central path
 * of their barriers, over the rows that matter. Sizes of rows and columns make no difference to it but for rounding. Its cost is that of factors of dense
 * matrices, so it is for what other methods leave open.
 *
 * @param problem  the question; its start tells which rows are looked at first
 * @returns multipliers and parameters with their rests; undefined where the norm states no cones, or the rows are too many or too long
 */
export async function interiorPoint(problem: Problem): Promise<Proposal | undefined> {
  const { norm, tolerance, iterations, breathe } = problem;
  const { size } = norm;
  if (size * size * size > mostProducts) return undefined;
  const units = unitsOf(problem);
  const atoms = diagonalAtoms(problem.atoms, units);
  const rows = scaledRows(atoms);
  if (rows.scales.includes(0)) return undefined;
  const program = new BarrierProgram(size + 1, norm.kernels);
  const entries = Array.from(units, (factor, index) => ({ index, factor }));
  if (!boundByCones(norm.norm, program, entries, { length: size, blocks: norm.blocks }, { variable: undefined, factor: 1 })) {
    return undefined;
  }
  const order = program.inside.length;
  const working = new WorkingRows(atoms, rows, addedRows);
  const theta = problem.start.theta?.map((value, j) => value / units[j]!);
  const most = atoms.count * size * size <= mostAtOnce ? Infinity : fewEntries;
  working.addAll(firstRows({ atoms, start: { ...problem.start, ...(theta && { theta }) } }, working, most));
  const start = new DoubledVector(order);
  start.high.set(program.inside);
  start.high[size] = -1;
  const trail: Found[] = [];
  let { powers } = program;
  const starts: PathPoint[] = [{ x: powers ? start.from(0, size + 1) : start, mu: 1 }];
  const outside = new OutsideRows(atoms, rows, working);
  let [spent, products] = [0, 0];
  let isDone = false;
  const stepProducts = (): number => (order * order * order) / 6 + (size * size * working.rows.length) / 2;
  while (!isDone && spent < iterations && stepProducts() <= mostProducts) {
    const rowsBarrier = new RowsBarrier(working.rows);
    const barriers = [rowsBarrier, ...program.barriers];
    const parameter = barriers.reduce((sum, barrier) => sum + barrier.parameter, 0);
    let [added, closer] = [0, 0];
    const visit = (point: PathPoint): boolean => {
      starts.push(point);
      return outside.near(point).length === 0;
    };
    const options = {
      startsRounded: stepProducts() >= many,
      spend: async (isRounded: boolean) => {
        await breathe();
        spent += 1;
        products += stepProducts() / (isRounded ? perProduct : 1);
        return spent <= iterations && products <= mostInAll;
      },
    };
    if (powers) {
      const model = { rows: rowsBarrier, others: [], penalty: powers, t: size };
      const lastMu = lastMuOf(rowsBarrier.parameter, size, left * tolerance);
      const near = await descend(model, starts.at(-1)!, lastMu, visit, options);
      const point = await centred(model, near, options.spend, central);
      const multipliers = point && rowsBarrier.multipliers(point.x, point.step);
      if (multipliers) {
        const end = point.x.plus(point.step);
        trail.push({ ...point, end, multipliers });
        starts.push(point);
        added = working.addAll(outside.near({ x: end, mu: point.mu }));
      }
      isDone = added === 0 && isClosed(problem, bestOf(problem, working, units, trail.slice(-1), spent));
      if (added === 0) {
        // else the path of the cones, from its beginning
        powers = undefined;
        starts.splice(0, Infinity, { x: start, mu: 1 });
      }
    } else {
      const first = await descended({ rows: rowsBarrier, program, t: size, gap: left * tolerance }, starts.at(-1)!, visit, options);
      await followPath(
        barriers,
        first,
        size,
        (point) => {
          const multipliers = rowsBarrier.multipliers(point.x, point.step);
          const end = point.x.plus(point.step);
          if (multipliers) trail.push({ ...point, end, multipliers });
          starts.push(point);
          added = working.addAll(outside.near({ x: end, mu: point.mu }));
          if (added > 0) return "none";
          const gap = point.mu * parameter;
          if (!(gap <= left * tolerance * end.high[size]! || gap < asGoodAsZero)) return "along";
          isDone = point.decrement < central || closer === mostCloser;
          closer += 1;
          return isDone ? "none" : "closer";
        },
        options,
      );
      if (added === 0) break;
    }
    if (added === 0) continue;
    // the path is left where the new rows are not yet near
    const fresh = working.rows.slice(-added);
    const isSpoilt = (point: PathPoint | undefined): boolean => point !== undefined && fresh.some((row) => weighs(row, point, heavy));
    while (isSpoilt(trail.at(-1))) trail.pop();
    while (starts.length > 1 && isSpoilt(starts.at(-1))) starts.pop();
  }
  return bestOf(problem, working, units, trail.slice(-mostCompared), spent);
}

/** The μ at which a path with this parameter leaves a share of xₜ. */
function lastMuOf(parameter: number, t: number, gap: number): (x: DoubledVector) => number {
  return (x) => Math.max((gap * x.high[t]!) / parameter, asGoodAsZero * asGoodAsZero);
}

/** Tells that the bounds of a proposal meet. */
function isClosed({ atoms, norm, tolerance }: Problem, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  const { theta, lambda, rest } = proposal;
  const upper = upperBound(atoms, norm, lambda, rest?.lambda);
  return upper - lowerBound(atoms, norm, theta, rest?.theta) <= tolerance * upper;
}

interface Descended {
  readonly rows: RowsBarrier;
  readonly program: BarrierProgram;
  /** The place of t. */
  readonly t: number;
  /** The share of t that the path may leave. */
  readonly gap: number;
}

/** A point near the end of the path by primal-dual steps where the norm states linear inequalities, or a ball, of which a penalty takes the place; else the start. */
async function descended(
  { rows, program: { linear, ball, barriers }, t, gap }: Descended,
  start: PathPoint,
  visit: (point: PathPoint) => boolean,
  options: PathOptions,
): Promise<PathPoint> {
  if (!linear && !ball) return start;
  const parameter = barriers.reduce((sum, barrier) => sum + barrier.parameter, rows.parameter);
  const lastMu = lastMuOf(parameter, t, gap);
  if (!ball) return descend({ rows, others: linear!, t }, start, lastMu, visit, options);
  const model = { rows, others: [], penalty: ball, t };
  return ball.withinBall(await descend(model, ball.ofBall(start), lastMu, (point) => visit(ball.withinBall(point)), options));
}

/** Tells that a row has no slack sₖ = ⟨ẑₖ, x⟩ - cₖ t, or one so small that its weight cₖ μ / sₖ is at least so much. */
function weighs({ row, share }: ScaledRow, { x, mu }: Pick<CentralPoint, "x" | "mu">, weight: number): boolean {
  const size = row.length;
  const { high, low } = accumulate(row, x.high.subarray(0, size), x.low.subarray(0, size));
  return !(high - share * x.high[size]! + (low - share * x.low[size]!) > (share * mu) / weight);
}

/** The rows that a path does not look at. */
class OutsideRows {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #working: WorkingRows;
  readonly #products: Float64Array;

  constructor(atoms: Atoms, rows: ScaledRows, working: WorkingRows) {
    [this.#atoms, this.#rows, this.#working] = [atoms, rows, working];
    this.#products = new Float64Array(atoms.count);
  }

  /** Rows outside that weigh at a point, if one of them is heavy. */
  near(point: Pick<CentralPoint, "x" | "mu">): number[] {
    const { count, size } = this.#atoms;
    const within = new Set(this.#working.indices);
    if (within.size === count) return [];
    const parameters = point.x.high.subarray(0, size);
    const t = point.x.high[size]!;
    this.#atoms.times(parameters, this.#products);
    const rounding = (size + 8) * 2 ** -50 * Math.sqrt(parameters.reduce((sum, value) => sum + value * value, 0)); // rows are no longer than 2
    const slacks = this.#products.map((value, k) => value / this.#rows.scales[k]! - this.#rows.share(k) * t);
    const all = [...slacks.keys()].filter((k) => !within.has(k));
    const perhaps = (weight: number): number[] => all.filter((k) => !(slacks[k]! > (this.#rows.share(k) * point.mu) / weight + rounding));
    if (!perhaps(heavy).some((k) => weighs(this.#rows.take(k), point, heavy))) return [];
    const order = perhaps(noticed).sort((a, b) => slacks[a]! / this.#rows.share(a) - slacks[b]! / this.#rows.share(b) || a - b);
    return order.filter((k) => weighs(this.#rows.take(k), point, noticed)).slice(0, addedRows);
  }
}

/**
 * The parameters of the largest lower bound and the multipliers of the least upper one at the end of a path: where rows depend on each other, rounding at last
 * spoils multipliers more than the path improves them.
 */
function bestOf(
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

/** Powers of two that bring the largest entry of every column of the scaled rows to between 1 and 2. */
function unitsOf({ atoms }: Problem): Float64Array {
  const { scales } = scaledRows(atoms);
  const largest = new Float64Array(atoms.size);
  for (let k = 0; k < atoms.count; k++) {
    for (const [j, value] of atoms.row(k).entries()) largest[j] = Math.max(largest[j]!, Math.abs(value / scales[k]!));
  }
  return largest.map((value) => (value > 0 ? 1 / Math.min(Math.max(powerOfTwoBelow(value), leastUnit), largestUnit) : 1));
}
