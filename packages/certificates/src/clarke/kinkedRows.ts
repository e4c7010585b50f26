import { innerProduct } from "../arithmetic/innerProduct.js";
import { minimumOnSimplex } from "../solver/simplexQuadratic.js";
import { factorOf } from "./factorOf.js";
import type { Entries, Entry, Face, KinkedRow, Mixture, Point } from "./kinkedPoint.js";

/** Most guesses, those without progress after which no more are made, and most faces that are then gone over. */
const mostGuesses = 60;
const patience = 4;
const mostFaces = 1000;
/** Alternations at the start and after guesses that do not help, and sweeps over all units in each. */
const alternations = 12;
const sweeps = 3;
/** Relative fall of the square that counts as progress. */
const progress = 1e-13;

/**
 * The combination of least Euclidean norm of rows with kinks,
 *
 *   min ½ Σ_u e_uᵀ K e_u + ½ λᵀ R λ      over λ in the simplex and e_ku in λ_k [low_ku, high_ku],      K = ⟨x_k, x_l⟩, R = ⟨rest_k, rest_l⟩,
 *
 * where e_ku is fixed at λ_k δ_ku but for units near their kinks. For a guess which of those are strictly inside, (K e_u)_k = 0 there, they are eliminated unit by unit,
 * and λ is the answer of a quadratic programme on the simplex; its signs give the next guess. Where guesses make no progress, λ and e are improved in turns, and the
 * faces of feasible points are gone over one by one.
 *
 * Source: Hintermüller, Ito and Kunisch, SIAM J. Optim. 13 (2002), for the guesses, primal-dual active sets; Nocedal and Wright, Numerical
 * Optimization (2006), section 16.5, for the faces.
 */
export class KinkedRows {
  readonly rows: KinkedRow[] = [];
  /** K and R, whole rows. */
  #products: Float64Array[] = [];
  #rests: Float64Array[] = [];
  readonly #units: number;
  #lambda: number[] = [];
  /** By row: the share of every change. */
  #shares: Float64Array[] = [];

  /** @param units  the number of units, entries of δ */
  constructor(units: number) {
    this.#units = units;
  }

  /** Adds rows, with shares at which they begin and without weight. */
  add(added: readonly (KinkedRow & { readonly shares: Float64Array })[]): void {
    const all = [...this.rows, ...added];
    const before = this.rows.length;
    const productOf = (k: number, l: number): number => innerProduct(all[k]!.x, 0, all[l]!.x, 0, all[k]!.x.length);
    const restOf = (k: number, l: number): number => innerProduct(all[k]!.rest, 0, all[l]!.rest, 0, all[k]!.rest.length);
    const grown = (matrix: readonly Float64Array[], of: (k: number, l: number) => number): Float64Array[] => {
      const next = all.map((_, k) => {
        const row = new Float64Array(all.length);
        if (k < before) row.set(matrix[k]!);
        return row;
      });
      for (let k = before; k < all.length; k++) for (let l = 0; l <= k; l++) next[k]![l] = next[l]![k] = of(k, l);
      return next;
    };
    this.#products = grown(this.#products, productOf);
    this.#rests = grown(this.#rests, restOf);
    this.rows.push(...added);
    this.#shares.push(...added.map(({ shares }) => shares.slice()));
    this.#lambda.push(...added.map(() => 0));
    if (!this.#lambda.some((value) => value > 0)) this.#lambda.fill(1 / all.length);
  }

  /** Gives up rows; those with weight must stay. */
  keepOnly(isKept: (k: number) => boolean): void {
    const kept = [...this.rows.keys()].filter(isKept);
    const picked = (matrix: readonly Float64Array[]): Float64Array[] => kept.map((k) => Float64Array.from(kept, (l) => matrix[k]![l]!));
    [this.#products, this.#rests] = [picked(this.#products), picked(this.#rests)];
    this.#shares = kept.map((k) => this.#shares[k]!);
    this.#lambda = kept.map((k) => this.#lambda[k]!);
    this.rows.splice(0, this.rows.length, ...kept.map((k) => this.rows[k]!));
  }

  get mixture(): Mixture {
    return { lambda: Float64Array.from(this.#lambda), shares: this.#shares };
  }

  /** λ_k (δ + shares · changes) of a row, f64[units]. */
  coefficients(k: number): Float64Array {
    const { units, changes, delta } = this.rows[k]!;
    const out = delta.slice();
    for (const [i, unit] of units.entries()) out[unit]! += this.#shares[k]![i]! * changes[i]!;
    return out.map((value) => value * this.#lambda[k]!);
  }

  /** Moves to the least combination, as near as rounding lets it; returns its square. */
  solve(): number {
    const entries = this.#entries();
    const start = this.#alternate(entries, this.#slopes(), this.#lambda);
    const guessed = this.#byGuesses(entries, start);
    const found = guessed.isDone
      ? guessed.best
      : this.#byFaces(entries, this.#alternate(entries, guessed.best.slopes, guessed.best.lambda));
    this.#take(found);
    return found.square;
  }

  /** One guess of states after another; done where one confirms itself. */
  #byGuesses(entries: Entries, start: Point): { readonly best: Point; readonly isDone: boolean } {
    let [best, idle] = [start, 0];
    let states = this.#statesOf(entries, start);
    for (let round = 0; round < mostGuesses; round++) {
      const face = this.#faceOf(entries, states, best.lambda);
      const next = this.#nextStates(entries, states, face);
      const point = this.#clipped(entries, face);
      idle = point.square < best.square * (1 - progress) ? 0 : idle + 1;
      if (point.square < best.square) best = point;
      if (!next.isChanged) return { best, isDone: true };
      if (idle === patience) break;
      states = next.states;
    }
    return { best, isDone: false };
  }

  /**
   * From a point to the least of its face, or to where the first unit reaches an end, where that then stays; and from the least of a face to a larger one, where units
   * that pull away from their ends are let go. The square never grows.
   */
  #byFaces(entries: Entries, start: Point): Point {
    let [point, states] = [start, this.#statesOf(entries, start)];
    let [squareBefore, isSingle] = [Infinity, false];
    for (let round = 0; round < mostFaces; round++) {
      const face = this.#faceOf(entries, states, point.lambda);
      const moved = this.#towards(entries, states, point, face);
      point = moved.point;
      if (moved.hasReachedEnd) continue;
      const released = this.#released(entries, states, face);
      if (released.length === 0) break;
      if (!(point.square < squareBefore * (1 - progress))) {
        if (isSingle) break;
        isSingle = true;
      } else isSingle = false;
      squareBefore = point.square;
      for (const { u, i } of isSingle ? released.slice(0, 1) : released) states[u]![i] = 0;
    }
    return point;
  }

  /** The point on the way to the least of a face at which the first unit inside reaches an end; its state becomes that. */
  #towards(
    entries: Entries,
    states: readonly Int8Array[],
    { lambda, slopes }: Point,
    face: Face,
  ): { readonly point: Point; readonly hasReachedEnd: boolean } {
    let step = 1;
    const blocking: { u: number; i: number; end: number; at: number }[] = [];
    for (const [u, list] of entries.entries()) {
      for (const [i, { row, low, high }] of list.entries()) {
        if (states[u]![i] !== 0) continue;
        const [e, wanted] = [slopes[u]![row]! * lambda[row]!, face.e[u]![row]!];
        for (const [end, room, left] of [
          [-1, e - low * lambda[row]!, wanted - low * face.lambda[row]!],
          [1, high * lambda[row]! - e, high * face.lambda[row]! - wanted],
        ] as const) {
          if (!(left < 0)) continue;
          const at = Math.max(room, 0) / (Math.max(room, 0) - left);
          if (at <= step) step = at;
          blocking.push({ u, i, end, at });
        }
      }
    }
    const next = lambda.map((value, k) => (1 - step) * value + step * face.lambda[k]!);
    const nextSlopes = slopes.map((own, u) =>
      own.map((value, k) => (next[k]! > 0 ? ((1 - step) * value * lambda[k]! + step * face.e[u]![k]!) / next[k]! : value)),
    );
    const reached = blocking.filter(({ at }) => at <= step);
    for (const { u, i, end } of reached) {
      states[u]![i] = end;
      nextSlopes[u]![entries[u]![i]!.row] = end < 0 ? entries[u]![i]!.low : entries[u]![i]!.high;
    }
    return { point: { lambda: next, slopes: nextSlopes, square: this.#square(next, nextSlopes) }, hasReachedEnd: reached.length > 0 };
  }

  /** Units at an end that pull away from it, those with the largest pull first; those of rows without weight go to the end that they pull to. */
  #released(entries: Entries, states: readonly Int8Array[], { lambda, pulls }: Face): { readonly u: number; readonly i: number }[] {
    const released: { u: number; i: number; pull: number }[] = [];
    for (const [u, list] of entries.entries()) {
      for (const [i, { row, low, high }] of list.entries()) {
        const pull = pulls[u]![i]!;
        const state = states[u]![i]!;
        if (!(lambda[row]! > 0)) states[u]![i] = pull > 0 ? -1 : 1;
        else if (state < 0 ? pull < 0 : state > 0 && pull > 0) released.push({ u, i, pull: Math.abs(pull) * (high - low) });
      }
    }
    return released.sort((one, other) => other.pull - one.pull || one.u - other.u || one.i - other.i);
  }

  #take({ lambda, slopes }: Pick<Point, "lambda" | "slopes">): void {
    this.#lambda = [...lambda];
    for (const [k, { units, changes, delta }] of this.rows.entries()) {
      this.#shares[k] = Float64Array.from(units, (unit, i) =>
        changes[i] === 0 ? 0 : Math.min(Math.max((slopes[unit]![k]! - delta[unit]!) / changes[i]!, 0), 1),
      );
    }
  }

  /** By unit: the rows that are near its kink. */
  #entries(): Entry[][] {
    const entries: Entry[][] = Array.from({ length: this.#units }, () => []);
    for (const [row, { delta, units, changes }] of this.rows.entries()) {
      if (!(this.#products[row]![row]! > 0)) continue; // δ makes no difference
      for (const [at, unit] of units.entries()) {
        const ends = [delta[unit]!, delta[unit]! + changes[at]!];
        entries[unit]!.push({ row, low: Math.min(...ends), high: Math.max(...ends) });
      }
    }
    return entries;
  }

  /** By unit: e / λ, f64[rows]. */
  #slopes(): Float64Array[] {
    const slopes = Array.from({ length: this.#units }, () => new Float64Array(this.rows.length));
    for (const [k, { delta, units, changes }] of this.rows.entries()) {
      for (let u = 0; u < this.#units; u++) slopes[u]![k] = delta[u]!;
      for (const [i, unit] of units.entries()) slopes[unit]![k]! += this.#shares[k]![i]! * changes[i]!;
    }
    return slopes;
  }

  /** By unit and entry: -1 at its low end, 1 at its high end, 0 inside. */
  #statesOf(entries: Entries, { lambda, slopes }: Point): Int8Array[] {
    return entries.map((list, u) =>
      Int8Array.from(list, ({ row, low, high }) => {
        if (!(lambda[row]! > 0)) return slopes[u]![row]! - low < high - slopes[u]![row]! ? -1 : 1;
        const within = 1e-9 * (high - low);
        if (slopes[u]![row]! <= low + within) return -1;
        return slopes[u]![row]! >= high - within ? 1 : 0;
      }),
    );
  }

  /** Σ_u s_u s_uᵀ ∘ K + R. */
  #matrix(slopes: readonly Float64Array[]): Float64Array[] {
    const count = this.rows.length;
    const matrix = this.#rests.map((row) => row.slice());
    const byRow = Array.from({ length: count }, (_, k) => Float64Array.from(slopes, (own) => own[k]!));
    for (let k = 0; k < count; k++) {
      for (let l = 0; l <= k; l++) {
        matrix[k]![l]! += innerProduct(byRow[k]!, 0, byRow[l]!, 0, this.#units) * this.#products[k]![l]!;
        matrix[l]![k] = matrix[k]![l]!;
      }
    }
    return matrix;
  }

  #weights(matrix: readonly Float64Array[], start: ArrayLike<number>): Float64Array {
    const count = this.rows.length;
    return minimumOnSimplex({
      matrix,
      linear: new Float64Array(count),
      shares: new Float64Array(count).fill(1),
      start: Float64Array.from(start),
    });
  }

  /** λ for the slopes as they are, then slopes for that λ, in turns; the square never grows. */
  #alternate(entries: Entries, from: readonly Float64Array[], start: ArrayLike<number>): Point {
    const slopes = from.map((own) => own.slice());
    let lambda = start;
    for (let turn = 0; turn < alternations; turn++) {
      lambda = this.#weights(this.#matrix(slopes), lambda);
      for (const [u, list] of entries.entries()) {
        const own = slopes[u]!;
        const e = own.map((value, k) => value * lambda[k]!);
        for (let sweep = 0; sweep < sweeps; sweep++) {
          for (const { row, low, high } of list) {
            const pull = innerProduct(this.#products[row]!, 0, e, 0, e.length);
            if (!(lambda[row]! > 0)) {
              own[row] = pull > 0 ? low : high;
              continue;
            }
            own[row] = Math.min(Math.max(own[row]! - pull / this.#products[row]![row]! / lambda[row]!, low), high);
            e[row] = own[row]! * lambda[row]!;
          }
        }
      }
    }
    return { lambda: Float64Array.from(lambda), slopes, square: this.#square(lambda, slopes) };
  }

  #square(lambda: ArrayLike<number>, slopes: readonly Float64Array[]): number {
    let total = 0;
    const support = [...this.rows.keys()].filter((k) => lambda[k]! > 0);
    for (const own of slopes) {
      const e = own.map((value, k) => value * lambda[k]!);
      for (const k of support) if (e[k] !== 0) total += e[k]! * innerProduct(this.#products[k]!, 0, e, 0, e.length);
    }
    const weights = Float64Array.from(lambda);
    for (const k of support) total += weights[k]! * innerProduct(this.#rests[k]!, 0, weights, 0, weights.length);
    return total;
  }

  /** The least combination where units inside are free and the others at their ends. */
  #faceOf(entries: Entries, states: readonly Int8Array[], start: ArrayLike<number>): Face {
    const count = this.rows.length;
    const slopes = this.#slopes();
    const inside = entries.map((list, u) => list.filter((_, i) => states[u]![i] === 0).map(({ row }) => row));
    for (const [u, list] of entries.entries()) {
      for (const [i, { row, low, high }] of list.entries()) slopes[u]![row] = states[u]![i] === 0 ? 0 : states[u]![i]! < 0 ? low : high;
    }
    const matrix = this.#matrix(slopes);
    const factors = inside.map((rows) => factorOf(this.#products, rows));
    for (const [u, rows] of inside.entries()) {
      if (rows.length === 0) continue;
      const across = rows.map((row) => this.#products[row]!.map((value, l) => value * slopes[u]![l]!));
      for (const row of factors[u]!.forward(across)) {
        for (let k = 0; k < count; k++) {
          const value = row[k]!;
          if (value === 0) continue;
          const into = matrix[k]!;
          for (let l = 0; l < count; l++) into[l]! -= value * row[l]!;
        }
      }
    }
    const lambda = this.#weights(matrix, start);
    const e = slopes.map((own) => own.map((value, k) => value * lambda[k]!));
    for (const [u, rows] of inside.entries()) {
      if (rows.length === 0) continue;
      const solved = factors[u]!.solve(rows.map((row) => -innerProduct(this.#products[row]!, 0, e[u]!, 0, count)));
      for (const [i, row] of rows.entries()) e[u]![row] = solved[i]!;
    }
    const pulls = entries.map((list, u) => Float64Array.from(list, ({ row }) => innerProduct(this.#products[row]!, 0, e[u]!, 0, count)));
    return { lambda, e, pulls };
  }

  /** The guess that follows: units beyond an end are there, those that pull away from their end are inside. */
  #nextStates(
    entries: Entries,
    states: readonly Int8Array[],
    { lambda, e, pulls }: Face,
  ): { readonly states: Int8Array[]; readonly isChanged: boolean } {
    const next = states.map((own) => own.slice());
    let isChanged = false;
    for (const [u, list] of entries.entries()) {
      for (const [i, { row, low, high }] of list.entries()) {
        const [weight, pull, before] = [lambda[row]!, pulls[u]![i]!, states[u]![i]!];
        let after = before;
        if (!(weight > 0)) after = pull > 0 ? -1 : 1;
        else if (before === 0) after = e[u]![row]! < weight * low ? -1 : e[u]![row]! > weight * high ? 1 : 0;
        else if (before < 0 ? pull < 0 : pull > 0) after = 0;
        if (after === before) continue;
        next[u]![i] = after;
        // where there is no weight the state is a matter of the sign alone
        if (weight > 0 || before === 0) isChanged = true;
      }
    }
    return { states: next, isChanged };
  }

  /** The nearest point within the ends. */
  #clipped(entries: Entries, { lambda, e }: Face): Point {
    const slopes = e.map((own, u) => own.map((value, k) => (lambda[k]! > 0 ? value / lambda[k]! : this.rows[k]!.delta[u]!)));
    for (const [u, list] of entries.entries()) {
      for (const { row, low, high } of list) slopes[u]![row] = Math.min(Math.max(slopes[u]![row]!, low), high);
    }
    return { lambda, slopes, square: this.#square(lambda, slopes) };
  }
}
