import { innerProduct } from "../arithmetic/innerProduct.js";

/** Inner products of rows that never change, by their indices, each computed once. */
export class RowProducts {
  readonly #known = new Map<number, Map<number, number>>();

  /**
   * The inner product ⟨x, y⟩ of two rows.
   *
   * @param k  index of the first row
   * @param x  the row, f64[size]; read only if the product is not known yet
   * @param l  index of the second row
   * @param y  that row, f64[size]
   * @returns the product, summed in the order of `innerProduct`
   */
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
