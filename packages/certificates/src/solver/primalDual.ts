import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "../atoms/atoms.js";
import { chosenAtoms } from "../atoms/chosenAtoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { leastNormPoint } from "./leastNormPoint.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRows, scaledRows } from "./scaledRows.js";
import { projectOntoSimplex } from "./simplexProjection.js";
import { firstRows, WorkingRows } from "./workingRows.js";

/** Iterations between two looks at the gap. */
const lookEvery = 40;
/** A restart is due where the gap has fallen to this share of that at the last one, or at this share of the iterations so far without. */
const sufficientFall = 0.25;
const longestShare = 0.36;
/** The gap at which the first rows are left for others. */
const coarse = 1e-2;
/** A combination of rows of length 1 to 2 that is as short as rounding makes it. */
const asGoodAsZero = 2 ** -46;

/** Most rows that a round adds. */
const addedRows = 200;
/** Most entries of all rows for which no choice is made. */
const fewEntries = 20_000;

/**
 * max over ||θ|| <= 1 of min over the simplex of ⟨μ, Ẑ θ⟩, by the primal-dual hybrid gradient method with averages and adaptive restarts: all that it asks of
 * the norm is the projection onto its ball. The duality gap, which is known exactly for bounded sets, decides restarts and the end. It is run on the rows that
 * matter, and on with those that its answer violates, until none is.
 *
 * Source: Chambolle and Pock, J. Math. Imaging Vis. 40 (2011); Applegate et al., Mathematical Programming 201 (2023).
 */
export async function primalDual(problem: Problem): Promise<Proposal> {
  const { atoms, iterations, tolerance, breathe } = problem;
  const rows = scaledRows(atoms);
  const zero = rows.scales.indexOf(0);
  const lambda = new Float64Array(atoms.count);
  if (zero >= 0) {
    lambda[zero] = 1;
    return { lambda, theta: new Float64Array(atoms.size), iterations: 0 };
  }
  let start = iterations > 0 ? await startOf(problem) : problem.start;
  const working = new WorkingRows(atoms, rows, addedRows);
  working.addAll(firstRows({ ...problem, start }, working, fewEntries));
  let theta: Float64Array = new Float64Array(atoms.size);
  // the bounds are apart by the gap on the chosen rows and by how far others are violated
  const closest = 0.6 * tolerance;
  let [spent, wanted] = [0, Math.max(coarse, closest)];
  for (;;) {
    const indices = working.indices;
    const chosen = indices.length === atoms.count ? atoms : chosenAtoms(atoms, indices);
    const ofChosen = start.lambda && Float64Array.from(indices, (k) => start.lambda![k]!);
    const inner = { ...problem, atoms: chosen, start: { ...start, ...(ofChosen && { lambda: ofChosen }) } };
    const saddle = new Saddle(inner, scaledRows(chosen));
    while (spent < iterations && saddle.gap() > wanted && saddle.upper() > asGoodAsZero) {
      saddle.run(lookEvery);
      spent += lookEvery;
      saddle.look();
      await breathe();
    }
    const best = saddle.best();
    theta = best.theta;
    lambda.fill(0);
    for (const [i, k] of indices.entries()) lambda[k] = best.lambda[i]!;
    start = { lambda: lambda.slice(), theta };
    if (spent >= iterations) break;
    const added = working.addAll(working.violated(theta, wanted / 2));
    if (added > 0) continue;
    if (wanted <= closest || saddle.upper() <= asGoodAsZero) break;
    wanted = Math.max(wanted / 10, closest);
  }
  return { lambda, theta, iterations: spent };
}

/** The start that is given, or the answer in ℓ2, which takes little. */
async function startOf(problem: Problem): Promise<Problem["start"]> {
  if (problem.start.lambda || problem.start.theta) return problem.start;
  const { lambda, theta } = await leastNormPoint({ ...problem, tolerance: 1e-6, iterations: 2000 });
  return { lambda, theta };
}

/** A pair of points, with the products that their gap takes. */
interface Pair {
  readonly theta: Float64Array;
  readonly mu: Float64Array;
  /** Ẑ θ. */
  readonly products: Float64Array;
  /** Ẑᵀ μ. */
  readonly combination: Float64Array;
}

function emptyPair(count: number, size: number): Pair {
  return {
    theta: new Float64Array(size),
    mu: new Float64Array(count),
    products: new Float64Array(count),
    combination: new Float64Array(size),
  };
}

/** The iterates of the method. */
class Saddle {
  readonly #atoms: Atoms;
  readonly #norm: BoundedNorm;
  readonly #inverse: Float64Array;
  readonly #shares: Float64Array;
  readonly #now: Pair;
  readonly #sum: Pair;
  readonly #start: Pair;
  #best: Pair;
  #bounds = { lower: 0, upper: Infinity };
  readonly #ahead: Float64Array;
  readonly #work: Float64Array;
  readonly #scratch: Float64Array;
  #operatorNorm: number;
  #weight = 1;
  #averaged = 0;
  #gapAtRestart = Infinity;
  #gapAtLook = Infinity;
  #spent = 0;
  #restartedAt = 0;

  constructor({ atoms, norm, start }: Problem, rows: ScaledRows) {
    const { count, size } = atoms;
    this.#atoms = atoms;
    this.#norm = norm;
    this.#inverse = rows.scales.map((scale) => 1 / scale);
    this.#shares = rows.scales.map((_, k) => rows.share(k));
    [this.#now, this.#sum, this.#start, this.#best] = [0, 1, 2, 3].map(() => emptyPair(count, size)) as [Pair, Pair, Pair, Pair];
    this.#ahead = new Float64Array(size);
    this.#work = new Float64Array(Math.max(count, size));
    this.#scratch = new Float64Array(count);
    const { mu, theta, combination, products } = this.#now;
    if (start.lambda) for (let k = 0; k < count; k++) mu[k] = Math.min(start.lambda[k]! / this.#shares[k]!, 1 / this.#shares[k]!);
    projectOntoSimplex(mu.slice(), this.#shares, mu);
    this.#combine(mu, combination);
    if (start.theta && norm.value(start.theta) > 0) {
      const length = norm.value(start.theta);
      theta.set(start.theta.map((value) => value / length));
    } else {
      norm.lmo(combination, theta);
      for (let j = 0; j < size; j++) theta[j] = -theta[j]!;
    }
    this.#times(theta, products);
    this.#operatorNorm = this.#estimateNorm();
    const [a, b] = [innerProduct(theta, 0, theta, 0, size), innerProduct(mu, 0, mu, 0, count)];
    if (a > 0 && b > 0) this.#weight = Math.sqrt(b / a);
    this.#keep(this.#now);
    this.#gapAtRestart = this.gap();
    this.#restart(this.#now);
  }

  /** The relative distance of the best bounds so far. */
  gap(): number {
    const { lower, upper } = this.#bounds;
    return (upper - lower) / upper;
  }

  /** The least norm of a combination so far. */
  upper(): number {
    return this.#bounds.upper;
  }

  best(): { lambda: Float64Array; theta: Float64Array } {
    return { lambda: this.#best.mu.map((value, k) => value * this.#shares[k]!), theta: this.#best.theta };
  }

  run(steps: number): void {
    const { theta, mu, products, combination } = this.#now;
    const { count, size } = this.#atoms;
    const step = 0.99 / this.#operatorNorm;
    const [sigma, tau] = [step / this.#weight, step * this.#weight];
    const sum = this.#sum;
    const work = this.#work;
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < size; j++) work[j] = theta[j]! + sigma * combination[j]!;
      const moved = work.subarray(0, size);
      this.#norm.projectBall(moved, 1, this.#ahead);
      for (let j = 0; j < size; j++) {
        const next = this.#ahead[j]!;
        this.#ahead[j] = 2 * next - theta[j]!;
        theta[j] = next;
      }
      this.#times(theta, this.#scratch);
      // products of the extrapolated point are 2 Ẑ θ⁺ - Ẑ θ
      for (let k = 0; k < count; k++) {
        work[k] = mu[k]! - tau * (2 * this.#scratch[k]! - products[k]!);
        products[k] = this.#scratch[k]!;
      }
      projectOntoSimplex(work.subarray(0, count), this.#shares, mu);
      this.#combine(mu, combination);
      for (let j = 0; j < size; j++) {
        sum.theta[j]! += theta[j]!;
        sum.combination[j]! += combination[j]!;
      }
      for (let k = 0; k < count; k++) {
        sum.mu[k]! += mu[k]!;
        sum.products[k]! += products[k]!;
      }
      this.#averaged += 1;
    }
    this.#spent += steps;
  }

  /** Looks at the last and the average point, keeps better bounds, and restarts from the better of both where that is due. */
  look(): void {
    const average = this.#average();
    const [last, mean] = [this.#keep(this.#now), this.#keep(average)];
    const candidate = last < mean ? this.#now : average;
    const gap = Math.min(last, mean);
    const isDue =
      gap <= 0.1 * this.#gapAtRestart ||
      (gap <= sufficientFall * this.#gapAtRestart && gap > this.#gapAtLook) ||
      this.#spent - this.#restartedAt >= longestShare * this.#spent;
    this.#gapAtLook = gap;
    if (!isDue) return;
    this.#gapAtRestart = gap;
    this.#restart(candidate);
  }

  #restart(from: Pair): void {
    const [now, start, sum] = [this.#now, this.#start, this.#sum];
    if (from !== now) copyPair(from, now);
    const [dTheta, dMu] = [distance(now.theta, start.theta), distance(now.mu, start.mu)];
    if (this.#spent > 0 && dTheta > 0 && dMu > 0) this.#weight = Math.sqrt(this.#weight * (dMu / dTheta));
    copyPair(now, start);
    for (const part of [sum.theta, sum.mu, sum.products, sum.combination]) part.fill(0);
    this.#averaged = 0;
    this.#restartedAt = this.#spent;
    this.#gapAtLook = Infinity;
  }

  #average(): Pair {
    const scaled = (x: Float64Array): Float64Array => x.map((value) => value / this.#averaged);
    const { theta, mu, products, combination } = this.#sum;
    return { theta: scaled(theta), mu: scaled(mu), products: scaled(products), combination: scaled(combination) };
  }

  /** The gap of a pair, relative to its upper bound; its points are kept where they improve the bounds. */
  #keep(pair: Pair): number {
    let lower = Infinity;
    for (let k = 0; k < pair.products.length; k++) lower = Math.min(lower, pair.products[k]! / this.#shares[k]!);
    const upper = this.#norm.dualValue(pair.combination);
    if (lower > this.#bounds.lower) {
      this.#bounds.lower = lower;
      this.#best.theta.set(pair.theta);
    }
    if (upper < this.#bounds.upper) {
      this.#bounds.upper = upper;
      this.#best.mu.set(pair.mu);
    }
    return (upper - lower) / upper;
  }

  #times(theta: Float64Array, out: Float64Array): void {
    this.#atoms.times(theta, out);
    for (let k = 0; k < out.length; k++) out[k]! *= this.#inverse[k]!;
  }

  #combine(mu: Float64Array, out: Float64Array): void {
    const scaled = this.#scratch;
    for (let k = 0; k < mu.length; k++) scaled[k] = mu[k]! * this.#inverse[k]!;
    this.#atoms.combine(scaled, out);
  }

  /** ||Ẑ||₂ from below by power iteration, with room. */
  #estimateNorm(): number {
    const { count, size } = this.#atoms;
    const x = Float64Array.from({ length: size }, (_, j) => 1 + ((j * 7919) % 101) / 101);
    const y = new Float64Array(count);
    let norm = 0;
    for (let round = 0; round < 30; round++) {
      const length = Math.sqrt(innerProduct(x, 0, x, 0, size));
      if (!(length > 0)) return 1;
      for (let j = 0; j < size; j++) x[j]! /= length;
      this.#times(x, y);
      norm = Math.sqrt(innerProduct(y, 0, y, 0, count));
      this.#combine(y, x);
    }
    return norm > 0 ? 1.05 * norm : 1;
  }
}

function copyPair(from: Pair, to: Pair): void {
  to.theta.set(from.theta);
  to.mu.set(from.mu);
  to.products.set(from.products);
  to.combination.set(from.combination);
}

function distance(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) * (x[i]! - y[i]!);
  return Math.sqrt(sum);
}
