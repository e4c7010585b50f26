import type { Atoms } from "../atoms/atoms.js";
import { largestOf } from "./largestOf.js";
import type { Problem } from "./proposal.js";
import type { ScaledRow, ScaledRows } from "./scaledRows.js";

/** Most rows of a guess that are taken: weights of training are positive on all samples. */
const mostGuessed = 400;

/** All rows where they are few; else those of a start, and those with the least products with a start, or with the mean of all. */
export function firstRows({ atoms, start }: Pick<Problem, "atoms" | "start">, working: WorkingRows, fewEntries: number): Iterable<number> {
  if (atoms.count * atoms.size <= fewEntries) return Array.from({ length: atoms.count }, (_, k) => k);
  const guessed = start.lambda ? largestOf(start.lambda, mostGuessed) : [];
  const theta = start.theta ?? new Float64Array(atoms.size);
  if (!start.theta) atoms.combine(new Float64Array(atoms.count).fill(1 / atoms.count), theta);
  return [...guessed, ...working.lowest(theta, Infinity)];
}

/** The rows that a solver looks at, among all rows; it grows. */
export class WorkingRows {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #most: number;
  readonly rows: ScaledRow[] = [];
  readonly #within = new Set<number>();
  readonly #products: Float64Array;

  constructor(atoms: Atoms, rows: ScaledRows, most: number) {
    this.#atoms = atoms;
    this.#rows = rows;
    this.#most = most;
    this.#products = new Float64Array(atoms.count);
  }

  /** Indices of the rows, in the order in which they came. */
  get indices(): readonly number[] {
    return this.rows.map(({ index }) => index);
  }

  /** Adds rows; returns how many were not yet within. */
  addAll(indices: Iterable<number>): number {
    const before = this.#within.size;
    for (const k of indices) {
      if (this.#within.has(k)) continue;
      this.#within.add(k);
      this.rows.push(this.#rows.take(k));
    }
    return this.#within.size - before;
  }

  /** Rows outside whose margin is below those of the rows within by more than a share of it, the most violated first. */
  violated(theta: Float64Array, share: number): number[] {
    if (this.#within.size === this.#atoms.count) return [];
    this.#atoms.times(theta, this.#products);
    let least = Infinity;
    for (const k of this.#within) least = Math.min(least, this.#margin(k));
    return this.#lowest(least - Math.abs(least) * share).filter((k) => !this.#within.has(k));
  }

  /** Rows with the least margins, in their order. */
  lowest(theta: Float64Array, below: number): number[] {
    this.#atoms.times(theta, this.#products);
    return this.#lowest(below);
  }

  #lowest(below: number): number[] {
    const order = [...this.#products.keys()].filter((k) => this.#margin(k) < below);
    return order.sort((a, b) => this.#margin(a) - this.#margin(b) || a - b).slice(0, this.#most);
  }

  /** ⟨Zₖ, θ⟩ over the least scale. */
  #margin(k: number): number {
    return this.#products[k]! / this.#rows.scales[k]! / this.#rows.share(k);
  }
}
