import type { Atoms } from "../atoms/atoms.js";
import { type GameAnswer, GrowingModel, type SignedEntry } from "./growingModel.js";
import { loadHighs } from "./highs.js";
import { largestOf } from "./largestOf.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRows, scaledRows } from "./scaledRows.js";

/** Columns and rows at the start, and most that a round adds of each. */
const firstCount = 400;
const addedCount = 200;
/** A share of the margin by which rows and columns are violated without doubt, whatever the tolerances of HiGHS. */
const coarse = 1e-5;

/**
 * The largest margin where Σ wⱼ |θⱼ| <= 1, over the rows and the columns that matter, as an optimum has no more entries of θ than rows in its way: solved for
 * some of both, and again with the rows that the answer violates most, and the columns at which its multipliers violate |Σ λₖ Zₖⱼ| <= γ wⱼ most, until there are
 * none. A product with all rows prices every column, another finds the rows; every solve starts from the last basis.
 *
 * Source: Dantzig and Wolfe, Operations Research 8 (1960), for the generation of columns.
 */
export async function programmeByColumns(problem: Problem, weights: Float64Array): Promise<Proposal> {
  const { atoms, tolerance, iterations, start, breathe } = problem;
  const { count, size } = atoms;
  const rows = scaledRows(atoms);
  const zero = rows.scales.indexOf(0);
  if (zero >= 0) return { lambda: unit(count, zero), theta: new Float64Array(size), iterations: 0 };
  const model = new GrowingModel(await loadHighs(), atoms, rows, weights);
  try {
    const master = new RestrictedMaster(atoms, rows, weights, model);
    master.begin(start);
    let [theta, lambda]: [Float64Array, Float64Array] = [new Float64Array(size), unit(count, 0)];
    let rounds = 0;
    while (rounds < iterations) {
      rounds += 1;
      const answer = model.solve();
      await breathe();
      const rough = model.rough(answer);
      if (master.addViolated(rough, coarse) > 0) continue;
      // it is worth to be made exact
      ({ theta, lambda } = model.exact(answer) ?? rough);
      if (master.addViolated({ theta, lambda }, tolerance / 4) === 0) break;
    }
    return { lambda, theta, iterations: rounds };
  } finally {
    model.dispose();
  }
}

/** The programme over some rows and some columns, which are told apart by entry and sign, and what an answer of it says of all others. */
class RestrictedMaster {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #weights: Float64Array;
  readonly #model: GrowingModel;
  readonly #rowsWithin = new Set<number>();
  readonly #columnsWithin = new Set<number>();
  /** Σ λₖ Zₖ and ⟨Zₖ, θ⟩ of the last answer. */
  readonly #prices: Float64Array;
  readonly #products: Float64Array;

  constructor(atoms: Atoms, rows: ScaledRows, weights: Float64Array, model: GrowingModel) {
    [this.#atoms, this.#rows, this.#weights, this.#model] = [atoms, rows, weights, model];
    [this.#prices, this.#products] = [new Float64Array(atoms.size), new Float64Array(atoms.count)];
  }

  /** Adds the rows and columns that matter most at a start. */
  begin({ theta, lambda }: Problem["start"]): void {
    const [atoms, prices, products] = [this.#atoms, this.#prices, this.#products];
    atoms.combine(lambda ?? new Float64Array(atoms.count).fill(1 / atoms.count), prices);
    atoms.times(theta ?? prices, products);
    const guessed = lambda ? largestOf(lambda, firstCount) : [];
    const lowest = [...products.keys()].sort((a, b) => this.#marginAt(a) - this.#marginAt(b) || a - b);
    this.#addRows([...guessed, ...lowest.slice(0, Math.max(firstCount - guessed.length, addedCount))]);
    if (theta) {
      const sizes = theta.map((value, j) => Math.abs(value) * this.#weights[j]!);
      this.#addColumns(largestOf(sizes, addedCount).map((j) => ({ entry: j, sign: theta[j]! < 0 ? -1 : 1 })));
    }
    const sizes = prices.map((_, j) => this.#sizeAt(j));
    this.#addColumns(largestOf(sizes, firstCount).map((j) => this.#priced(j)));
    if (this.#columnsWithin.size === 0) this.#addColumns([this.#priced(0)]);
  }

  /** Adds the rows and columns that an answer violates by more than a share of the margin; returns their number. */
  addViolated({ theta, lambda }: GameAnswer, share: number): number {
    const [rows, columns, prices, products] = [this.#rowsWithin, this.#columnsWithin, this.#prices, this.#products];
    this.#atoms.times(theta, products);
    this.#atoms.combine(lambda, prices);
    let [least, most] = [Infinity, 0];
    for (const k of rows) least = Math.min(least, this.#marginAt(k));
    for (const name of columns) if (this.#signAt(name >> 1) === (name & 1 ? -1 : 1)) most = Math.max(most, this.#sizeAt(name >> 1));
    const lacking = products.map((_, k) => (rows.has(k) ? 0 : least - Math.abs(least) * share - this.#marginAt(k)));
    const excess = prices.map((_, j) => (columns.has(nameOf(this.#priced(j))) ? 0 : this.#sizeAt(j) - most * (1 + share)));
    return this.#addRows(largestOf(lacking, addedCount)) + this.#addColumns(largestOf(excess, addedCount).map((j) => this.#priced(j)));
  }

  #addRows(chosen: readonly number[]): number {
    const added = [...new Set(chosen)].filter((k) => !this.#rowsWithin.has(k));
    for (const k of added) this.#rowsWithin.add(k);
    this.#model.addRows(added);
    return added.length;
  }

  #addColumns(chosen: readonly SignedEntry[]): number {
    const added = chosen.filter((column) => !this.#columnsWithin.has(nameOf(column)));
    for (const column of added) this.#columnsWithin.add(nameOf(column));
    this.#model.addColumns(added);
    return added.length;
  }

  /** |Σ λₖ Zₖⱼ| / wⱼ. */
  #sizeAt(j: number): number {
    return Math.abs(this.#prices[j]!) / this.#weights[j]!;
  }

  #marginAt(k: number): number {
    return this.#products[k]! / this.#rows.scales[k]! / this.#rows.share(k);
  }

  #signAt(j: number): 1 | -1 {
    return this.#prices[j]! < 0 ? -1 : 1;
  }

  /** The column of an entry with the sign of its price. */
  #priced(j: number): SignedEntry {
    return { entry: j, sign: this.#signAt(j) };
  }
}

/** A number of its own for every column. */
function nameOf({ entry, sign }: SignedEntry): number {
  return 2 * entry + (sign < 0 ? 1 : 0);
}

function unit(length: number, place: number): Float64Array {
  const out = new Float64Array(length);
  out[place] = 1;
  return out;
}
