import { innerProduct } from "../arithmetic/innerProduct.js";

/** Inner products of rows that never change, by their indices, each computed once. */
export class RowProducts {
  readonly #known = new Map<number, Map<number, number>>();

  /** ⟨x, y⟩ of the rows of two indices. */
  of(k: number, x: Float64Array, l: number, y: Float64Array): number {
    const [low, high] = k < l ? [k, l] : [l, k];
    const ofHigh = this.#known.get(high) ?? new Map<number, number>();
    this.#known.set(high, ofHigh);
    const known = ofHigh.get(low);
    if (known !== undefined) return known;
    const product = innerProduct(x, 0, y, 0, x.length);
    ofHigh.set(low, product);
    return product;
  }
}
