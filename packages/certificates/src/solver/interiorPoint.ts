import { boundByCones } from "@steepest/core/internal";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import type { Barrier } from "../barrier/barrier.js";
import { BarrierProgram } from "../barrier/barrierProgram.js";
import { followPath, type PathOptions } from "../barrier/centralPath.js";
import { centred, descend, type PathPoint } from "../barrier/primalDual.js";
import { RowsBarrier } from "../barrier/rowsBarrier.js";
import { diagonalAtoms } from "./diagonalAtoms.js";
import { addedRows, isSpoilt, OutsideRows } from "./outsideRows.js";
import { bestOf, type Found, isClosed } from "./pathEnd.js";
import type { Problem, Proposal } from "./proposal.js";
import { scaledRows } from "./scaledRows.js";
import { firstRows, WorkingRows } from "./workingRows.js";

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

/**
 * The largest margin in a norm that states itself by cones, in twice the precision of doubles: max t where ⟨ẑₖ, x⟩ >= cₖ t and ||x|| <= 1, by the central path
 * of their barriers, over the rows that matter. Sizes of rows and columns make no difference to it but for rounding. Its cost is that of factors of dense
 * matrices, so it is for what other methods leave open.
 *
 * @param problem  the question; its start tells which rows are looked at first
 * @returns multipliers and parameters with their rests; undefined where the norm states no cones, or the rows are too many or too long
 */
export async function interiorPoint(problem: Problem): Promise<Proposal | undefined> {
  const { norm } = problem;
  const { size } = norm;
  if (size * size * size > mostProducts) return undefined;
  const units = unitsOf(problem);
  const atoms = diagonalAtoms(problem.atoms, units);
  if (scaledRows(atoms).scales.includes(0)) return undefined;
  const program = new BarrierProgram(size + 1, norm.kernels);
  const entries = Array.from(units, (factor, index) => ({ index, factor }));
  if (!boundByCones(norm.norm, program, entries, { length: size, blocks: norm.blocks }, { variable: undefined, factor: 1 })) {
    return undefined;
  }
  return new PathSearch(problem, atoms, units, program).run();
}

/** Paths over a growing list of rows, until one ends at which no row outside weighs. */
class PathSearch {
  readonly #problem: Problem;
  readonly #units: Float64Array;
  readonly #program: BarrierProgram;
  readonly #working: WorkingRows;
  readonly #outside: OutsideRows;
  readonly #start: DoubledVector;
  readonly #trail: Found[] = [];
  /** The penalty in the place of the cones of an lp norm, as long as it is tried. */
  #powers: BarrierProgram["powers"];
  /** Points that a path may go on from, the last one first. */
  readonly #starts: PathPoint[];
  #spent = 0;
  #products = 0;
  #isDone = false;

  constructor(problem: Problem, atoms: Atoms, units: Float64Array, program: BarrierProgram) {
    [this.#problem, this.#units, this.#program] = [problem, units, program];
    const { size } = problem.norm;
    const rows = scaledRows(atoms);
    this.#working = new WorkingRows(atoms, rows, addedRows);
    const theta = problem.start.theta?.map((value, j) => value / units[j]!);
    const most = atoms.count * size * size <= mostAtOnce ? Infinity : fewEntries;
    this.#working.addAll(firstRows({ atoms, start: { ...problem.start, ...(theta && { theta }) } }, this.#working, most));
    this.#start = new DoubledVector(program.inside.length);
    this.#start.high.set(program.inside);
    this.#start.high[size] = -1;
    this.#powers = program.powers;
    this.#starts = [{ x: this.#powers ? this.#start.from(0, size + 1) : this.#start, mu: 1 }];
    this.#outside = new OutsideRows(atoms, rows, this.#working);
  }

  async run(): Promise<Proposal | undefined> {
    while (!this.#isDone && this.#spent < this.#problem.iterations && this.#stepProducts() <= mostProducts) {
      const rows = new RowsBarrier(this.#working.rows);
      const byPowers = this.#powers;
      const added = byPowers ? await this.#alongPowers(rows, byPowers) : await this.#alongCones(rows);
      if (added > 0) this.#leaveSpoilt(added);
      else if (!byPowers) break;
    }
    return this.#best(mostCompared);
  }

  /** The products of a Newton step in twice the precision. */
  #stepProducts(): number {
    const { size } = this.#problem.norm;
    const order = this.#start.high.length;
    return (order * order * order) / 6 + (size * size * this.#working.rows.length) / 2;
  }

  #options(): PathOptions {
    return {
      startsRounded: this.#stepProducts() >= many,
      spend: async (isRounded: boolean) => {
        await this.#problem.breathe();
        this.#spent += 1;
        this.#products += this.#stepProducts() / (isRounded ? perProduct : 1);
        return this.#spent <= this.#problem.iterations && this.#products <= mostInAll;
      },
    };
  }

  /** True as long as no row outside weighs at a point of the path. */
  readonly #visit = (point: PathPoint): boolean => {
    this.#starts.push(point);
    return this.#outside.near(point).length === 0;
  };

  /** A path with a penalty in the place of the cones of an lp norm; if its bounds do not meet, that of the cones is next. @returns how many rows were added */
  async #alongPowers(rows: RowsBarrier, powers: NonNullable<BarrierProgram["powers"]>): Promise<number> {
    const { norm, tolerance } = this.#problem;
    const t = norm.size;
    const options = this.#options();
    const lastMu = lastMuOf(rows.parameter, t, left * tolerance);
    const model = { rows, others: [], penalty: powers, t };
    const near = await descend(model, this.#starts.at(-1)!, lastMu, this.#visit, options);
    const point = await centred(model, near, options.spend, central);
    const multipliers = point && rows.multipliers(point.x, point.step);
    let added = 0;
    if (multipliers) {
      const end = point.x.plus(point.step);
      this.#trail.push({ ...point, end, multipliers });
      this.#starts.push(point);
      added = this.#working.addAll(this.#outside.near({ x: end, mu: point.mu }));
    }
    if (added > 0) return added;
    this.#isDone = isClosed(this.#problem, this.#best(1));
    this.#powers = undefined;
    this.#starts.splice(0, Infinity, { x: this.#start, mu: 1 });
    return 0;
  }

  /** A path of the barriers of all cones. @returns how many rows were added */
  async #alongCones(rows: RowsBarrier): Promise<number> {
    const { norm, tolerance } = this.#problem;
    const t = norm.size;
    const barriers: readonly Barrier[] = [rows, ...this.#program.barriers];
    const parameter = barriers.reduce((sum, barrier) => sum + barrier.parameter, 0);
    const options = this.#options();
    const first = await descended({ rows, program: this.#program, t, gap: left * tolerance }, this.#starts.at(-1)!, this.#visit, options);
    let [added, closer] = [0, 0];
    await followPath(
      barriers,
      first,
      t,
      (point) => {
        const multipliers = rows.multipliers(point.x, point.step);
        const end = point.x.plus(point.step);
        if (multipliers) this.#trail.push({ ...point, end, multipliers });
        this.#starts.push(point);
        added = this.#working.addAll(this.#outside.near({ x: end, mu: point.mu }));
        if (added > 0) return "none";
        const gap = point.mu * parameter;
        if (!(gap <= left * tolerance * end.high[t]! || gap < asGoodAsZero)) return "along";
        this.#isDone = point.decrement < central || closer === mostCloser;
        closer += 1;
        return this.#isDone ? "none" : "closer";
      },
      options,
    );
    return added;
  }

  /** Leaves the path where rows that were added are not yet near. */
  #leaveSpoilt(added: number): void {
    const fresh = this.#working.rows.slice(-added);
    while (this.#trail.length > 0 && isSpoilt(this.#trail.at(-1)!, fresh)) this.#trail.pop();
    while (this.#starts.length > 1 && isSpoilt(this.#starts.at(-1)!, fresh)) this.#starts.pop();
  }

  /** The best of the last points. */
  #best(count: number): Proposal | undefined {
    return bestOf(this.#problem, this.#working, this.#units, this.#trail.slice(-count), this.#spent);
  }
}

/** The μ at which a path with this parameter leaves a share of xₜ. */
function lastMuOf(parameter: number, t: number, gap: number): (x: DoubledVector) => number {
  return (x) => Math.max((gap * x.high[t]!) / parameter, asGoodAsZero * asGoodAsZero);
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

/** Powers of two that bring the largest entry of every column of the scaled rows to between 1 and 2. */
function unitsOf({ atoms }: Problem): Float64Array {
  const { scales } = scaledRows(atoms);
  const largest = new Float64Array(atoms.size);
  for (let k = 0; k < atoms.count; k++) {
    for (const [j, value] of atoms.row(k).entries()) largest[j] = Math.max(largest[j]!, Math.abs(value / scales[k]!));
  }
  return largest.map((value) => (value > 0 ? 1 / Math.min(Math.max(powerOfTwoBelow(value), leastUnit), largestUnit) : 1));
}
