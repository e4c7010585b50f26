import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "../atoms/atoms.js";
import { RowProducts } from "../atoms/rowProducts.js";
import { euclideanAbove } from "../bound/rowLengths.js";
import type { Pair } from "./pair.js";
import type { Side } from "./samplePass.js";

/** A row of the linearised problem: the gradient of a pair's margin, with the derivatives of some activations on named sides of their kinks. */
export interface Choice {
  readonly pair: Pair;
  readonly sides: readonly Side[];
}

/** A growing list of gradients, each formed once and kept. */
export class GradientRows {
  readonly choices: Choice[] = [];
  readonly #rows: Float64Array[] = [];
  readonly #lengths: number[] = [];
  readonly #known: Set<string> = new Set();
  readonly #products = new RowProducts();

  /**
   * Adds a row, unless it is there.
   *
   * @param choice    pair and sides
   * @param gradient  f64[p], copied
   * @returns true if it is new
   */
  add(choice: Choice, gradient: Float64Array): boolean {
    const key = keyOf(choice);
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    this.choices.push(choice);
    this.#rows.push(gradient.slice());
    this.#lengths.push(euclideanAbove(gradient));
    return true;
  }

  /** Numbers that are kept. */
  get entries(): number {
    return this.#rows.length * (this.#rows[0]?.length ?? 0);
  }

  /** The rows that there are now, as atoms, not copied. */
  atoms(): Atoms {
    const rows = this.#rows.slice();
    const size = rows[0]!.length;
    return {
      count: rows.length,
      size,
      products: this.#products,
      times: (theta, out) => {
        for (const [k, row] of rows.entries()) out[k] = innerProduct(row, 0, theta, 0, size);
      },
      combine: (lambda, out) => {
        out.fill(0);
        for (const [k, row] of rows.entries()) {
          const factor = lambda[k]!;
          if (factor === 0) continue;
          for (let j = 0; j < size; j++) out[j]! += factor * row[j]!;
        }
      },
      row: (k) => rows[k]!.slice(),
      length: (k) => this.#lengths[k]!,
    };
  }
}

function keyOf({ pair, sides }: Choice): string {
  const flipped = sides.map(({ layer, unit, above }) => `${layer},${unit},${above ? 1 : 0}`).sort();
  return `${pair.sample}:${pair.other ?? ""}:${flipped.join(";")}`;
}
