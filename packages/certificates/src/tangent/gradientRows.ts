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

/** Products of rows by their places in a list, kept by numbers that stay theirs when the list changes. */
class NumberedProducts extends RowProducts {
  readonly #products: RowProducts;
  readonly #numbers: readonly number[];

  constructor(products: RowProducts, numbers: readonly number[]) {
    super();
    this.#products = products;
    this.#numbers = numbers;
  }

  override of(k: number, x: Float64Array, l: number, y: Float64Array): number {
    return this.#products.of(this.#numbers[k]!, x, this.#numbers[l]!, y);
  }
}

/** A list of gradients, each formed once and kept while it is in the list. */
export class GradientRows {
  readonly choices: Choice[] = [];
  #rows: Float64Array[] = [];
  #lengths: number[] = [];
  /** The number of each row, never given twice. */
  #numbers: number[] = [];
  #added = 0;
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
    this.#numbers.push(this.#added++);
    return true;
  }

  /**
   * Gives up rows.
   *
   * @param isKept  of the place of a row
   */
  keepOnly(isKept: (k: number) => boolean): void {
    const kept = [...this.choices.keys()].filter(isKept);
    const choices = kept.map((k) => this.choices[k]!);
    this.choices.splice(0, this.choices.length, ...choices);
    [this.#rows, this.#lengths, this.#numbers] = [
      kept.map((k) => this.#rows[k]!),
      kept.map((k) => this.#lengths[k]!),
      kept.map((k) => this.#numbers[k]!),
    ];
    this.#known.clear();
    for (const choice of choices) this.#known.add(keyOf(choice));
  }

  /** Numbers that are kept. */
  get entries(): number {
    return this.#rows.length * (this.#rows[0]?.length ?? 0);
  }

  /** The rows that there are now, as atoms, not copied. */
  atoms(): Atoms {
    const rows = this.#rows.slice();
    const lengths = this.#lengths.slice();
    const size = rows[0]!.length;
    return {
      count: rows.length,
      size,
      products: new NumberedProducts(this.#products, this.#numbers.slice()),
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
      length: (k) => lengths[k]!,
    };
  }
}

function keyOf({ pair, sides }: Choice): string {
  const flipped = sides.map(({ layer, unit, above }) => `${layer},${unit},${above ? 1 : 0}`).sort();
  return `${pair.sample}:${pair.other ?? ""}:${flipped.join(";")}`;
}
