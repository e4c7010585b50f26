import { accumulate } from "../arithmetic/compensated.js";
import type { Atoms } from "../atoms/atoms.js";
import { RowProducts } from "../atoms/rowProducts.js";
import { Corral } from "./corral.js";
import { largestOf } from "./largestOf.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRow, scaledRows } from "./scaledRows.js";

/** Number of the most violated rows that are looked at between two products with all rows. */
const candidateCount = 48;
/** Tolerances for which plain sums are enough. */
const plain = 1e-6;
/** Most rounds of a refinement. */
const mostRounds = 20;
/** Most rows that enter a refined corral without a descent: then rounding decides, and further ones bring nothing. */
const mostFruitless = 64;
/** Most rows of a guess that are tried: weights of training are positive on all samples. */
const mostGuessed = 200;

/**
 * The point of least Euclidean norm of the convex hull of the rows, exact but for rounding: Wolfe's method on rows scaled by powers of two, with a few
 * candidate rows between two looks at all of them, so that idle rows cost one product each time. The multipliers are refined in twice the precision.
 *
 * Source: Wolfe, Mathematical Programming 11 (1976).
 */
export async function leastNormPoint({ atoms, tolerance, iterations, start, breathe }: Problem): Promise<Proposal> {
  const enough = Math.max(tolerance * 2 ** -16, 2 ** -50);
  const rows = scaledRows(atoms);
  const zero = rows.scales.indexOf(0);
  if (zero >= 0) return proposed(atoms, [zero], [1], new Float64Array(atoms.size), 0);
  const corral = new Corral(rows.take(rows.shortest), atoms.products ?? new RowProducts());
  const guessed = start.lambda ? largestOf(start.lambda, mostGuessed) : [];
  if (guessed.filter((k) => k !== rows.shortest && corral.add(rows.take(k))).length > 0) corral.settle();
  const products = new Float64Array(atoms.count);
  let spent = 0;
  let isCareful = false;
  const [blocked, fruitless] = [new Set<number>(), new Set<number>()];
  while (spent < iterations && fruitless.size < mostFruitless) {
    await breathe();
    if (isCareful) corral.refine(mostRounds, enough);
    const square = corral.square();
    if (!(square > 2 ** -100)) break; // the origin, as far as doubles tell: rows have length 1 to 2
    atoms.times(corral.point, products);
    const within = new Set(corral.rows.map(({ index }) => index));
    rows.forgetAllBut(within);
    const ratio = (k: number): number => products[k]! / rows.scales[k]! / rows.share(k) / square;
    const order = [...products.keys()].filter((k) => !within.has(k) && !blocked.has(k) && ratio(k) < 1 - tolerance / 4);
    order.sort((a, b) => ratio(a) - ratio(b) || a - b);
    const candidates = order.slice(0, candidateCount).map((k) => rows.take(k));
    const entered = await enter(corral, candidates, { tolerance: tolerance / 4, enough, isCareful, blocked, fruitless, breathe });
    spent += entered;
    if (entered > 0) continue;
    if (isCareful || tolerance >= plain) break;
    isCareful = true; // nothing is left to gain at the rounding of plain sums
    blocked.clear();
  }
  if (tolerance < plain) corral.refine(mostRounds, enough);
  const indices = corral.rows.map(({ index }) => index);
  const lambda = corral.rows.map(({ share }, i) => corral.multipliers[i]! * share);
  return proposed(atoms, indices, lambda, corral.point, spent);
}

interface Entering {
  readonly tolerance: number;
  readonly enough: number;
  readonly isCareful: boolean;
  readonly blocked: Set<number>;
  /** Rows that entered a refined corral without a descent. */
  readonly fruitless: Set<number>;
  readonly breathe: () => Promise<void>;
}

/** Takes candidates into the corral, the most violated first, until none is violated; returns how many entered. */
async function enter(corral: Corral, candidates: readonly ScaledRow[], options: Entering): Promise<number> {
  let entered = 0;
  for (;;) {
    const square = corral.square();
    let worst: ScaledRow | undefined;
    let least = 1 - options.tolerance;
    for (const candidate of candidates) {
      if (options.blocked.has(candidate.index)) continue;
      const sum = options.isCareful ? accumulate(candidate.row, corral.point) : undefined;
      const product = sum ? sum.high + sum.low : corral.product(candidate);
      const ratio = product / candidate.share / square;
      if (ratio < least && !corral.rows.includes(candidate)) [worst, least] = [candidate, ratio];
    }
    if (!worst) return entered;
    if (!corral.add(worst) && !corral.exchange(worst)) {
      options.blocked.add(worst.index);
      continue;
    }
    corral.settle();
    if (options.isCareful) corral.refine(mostRounds, options.enough);
    if (!(corral.square() < square)) {
      options.blocked.add(worst.index); // no descent beyond rounding
      if (options.isCareful) options.fruitless.add(worst.index);
    }
    entered += 1;
    if (entered % 64 === 0) await options.breathe();
  }
}

function proposed(atoms: Atoms, indices: readonly number[], values: readonly number[], theta: Float64Array, iterations: number): Proposal {
  const lambda = new Float64Array(atoms.count);
  for (const [i, k] of indices.entries()) lambda[k] = values[i]!;
  return { lambda, theta, iterations };
}
