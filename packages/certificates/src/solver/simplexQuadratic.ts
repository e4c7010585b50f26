import { Cholesky } from "./cholesky.js";

/** The programme min ½ μᵀ H μ + ⟨b, μ⟩ over {μ >= 0 : Σ cₖ μₖ = 1}. */
export interface SimplexQuadratic {
  /** H, symmetric and positive semidefinite but for its rounding, row by row. */
  readonly matrix: readonly Float64Array[];
  readonly linear: Float64Array;
  /** c > 0. */
  readonly shares: Float64Array;
  /** A feasible μ. */
  readonly start: Float64Array;
}

/** Share of the largest diagonal entry that is added to the diagonal, and the factor by which it grows where that is too little. */
const leastShift = 2 ** -44;
const growth = 16;
/** Smallest share of its diagonal entry that the entries before may leave of a row. */
const independent = 2 ** -48;

/**
 * The minimiser of a convex quadratic function over a weighted simplex, by an active-set method from a feasible point: the entries that are not 0 move to
 * their stationary point, or until one vanishes; then the entry enters whose derivative is least. A small multiple of the identity is added to H.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2006), section 16.5.
 *
 * @param problem  H, b, c and a feasible start
 * @returns μ
 */
export function minimumOnSimplex(problem: SimplexQuadratic): Float64Array {
  const { matrix } = problem;
  const largest = matrix.reduce((most, row, k) => Math.max(most, row[k]!), 0);
  if (!(largest < Infinity)) return problem.start.slice();
  if (!(largest > 0)) return leastVertex(problem);
  for (let shift = leastShift * largest; ; shift *= growth) {
    const found = minimumWithShift(problem, shift, largest);
    if (found) return found.some((value) => value > 0) ? found : leastVertex(problem);
  }
}

/** The minimiser where H is 0, or so small that rounding takes it for less. */
function leastVertex({ linear, shares }: SimplexQuadratic): Float64Array {
  let best = 0;
  for (let k = 1; k < linear.length; k++) if (linear[k]! / shares[k]! < linear[best]! / shares[best]!) best = k;
  const mu = new Float64Array(linear.length);
  mu[best] = 1 / shares[best]!;
  return mu;
}

function minimumWithShift({ matrix, linear, shares, start }: SimplexQuadratic, shift: number, along: number): Float64Array | undefined {
  const count = start.length;
  const mu = start.slice();
  const factor = new Cholesky();
  const active: number[] = [];
  // (Σ cₖ μₖ)² is 1 throughout: a multiple of it moves no minimiser
  const entry = (k: number, l: number): number => matrix[k]![l]! + along * shares[k]! * shares[l]! + (k === l ? shift : 0);
  const enter = (k: number): boolean => {
    const column = active.map((l) => entry(k, l));
    if (!(factor.append(column, entry(k, k), independent) > independent)) return false;
    active.push(k);
    return true;
  };
  for (let k = 0; k < count; k++) if (mu[k]! > 0 && !enter(k)) return undefined;
  const blocked = new Set<number>();
  const gradient = new Float64Array(count);
  for (let entered = 0; ; entered++) {
    const level = settle(mu, active, factor, { linear, shares });
    if (entered > 4 * count) return mu;
    gradient.set(linear);
    for (const l of active) {
      const [row, value] = [matrix[l]!, mu[l]!];
      for (let k = 0; k < count; k++) gradient[k]! += row[k]! * value;
    }
    let [best, least] = [-1, -(2 ** -44) * along];
    for (let k = 0; k < count; k++) {
      if (mu[k]! > 0 || blocked.has(k)) continue;
      const slope = gradient[k]! / shares[k]! - (level - along);
      if (slope < least) [best, least] = [k, slope];
    }
    if (best < 0) return mu;
    blocked.add(best); // enters once: nobody turns in a circle
    enter(best);
  }
}

/** Moves the active entries to where their derivatives are equal, up to c; those that would be negative leave. Returns the level of these derivatives. */
function settle(
  mu: Float64Array,
  active: number[],
  factor: Cholesky,
  { linear, shares }: Pick<SimplexQuadratic, "linear" | "shares">,
): number {
  for (;;) {
    const along = factor.solve(active.map((k) => shares[k]!));
    const back = factor.solve(active.map((k) => linear[k]!));
    let [total, shift] = [0, 0];
    for (const [i, k] of active.entries()) {
      total += shares[k]! * along[i]!;
      shift += shares[k]! * back[i]!;
    }
    const level = (1 + shift) / total;
    let [step, leaving] = [1, -1];
    for (const [i, k] of active.entries()) {
      const wanted = level * along[i]! - back[i]!;
      if (wanted > 0) continue;
      const share = mu[k]! / (mu[k]! - wanted);
      if (leaving < 0 || share < step) [step, leaving] = [Number.isNaN(share) ? 0 : share, i];
    }
    for (const [i, k] of active.entries()) {
      const wanted = level * along[i]! - back[i]!;
      mu[k] = leaving < 0 ? wanted : Math.max((1 - step) * mu[k]! + step * wanted, 0);
    }
    if (leaving < 0) return level;
    mu[active[leaving]!] = 0;
    active.splice(leaving, 1);
    factor.remove(leaving);
  }
}
