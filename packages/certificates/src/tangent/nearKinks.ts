import type { Side } from "./samplePass.js";
import type { WholePass } from "./wholePass.js";

/** Units of samples near their kinks, |h| <= tolerance M(h), sample by sample, with the sides on which they are computed. */
export class NearKinks {
  readonly tolerance: number;
  readonly #start: Int32Array;
  readonly #sides: readonly Side[];
  /** |h| and M(h). */
  readonly #sizes: Float64Array;
  readonly #scales: Float64Array;

  /**
   * @param tolerance  the share up to which units are near
   * @param found      by sample: its sides, each with |h| and M(h)
   */
  constructor(tolerance: number, found: readonly (readonly { readonly side: Side; readonly size: number; readonly scale: number }[])[]) {
    this.tolerance = tolerance;
    this.#start = new Int32Array(found.length + 1);
    for (const [i, list] of found.entries()) this.#start[i + 1] = this.#start[i]! + list.length;
    const all = found.flat();
    this.#sides = all.map(({ side }) => side);
    this.#sizes = Float64Array.from(all, ({ size }) => size);
    this.#scales = Float64Array.from(all, ({ scale }) => scale);
  }

  /** The units of a sample within a tolerance up to that of all. */
  of(sample: number, tolerance: number): Side[] {
    const sides: Side[] = [];
    for (let at = this.#start[sample]!; at < this.#start[sample + 1]!; at++) {
      if (this.#sizes[at]! <= tolerance * this.#scales[at]!) sides.push(this.#sides[at]!);
    }
    return sides;
  }
}

/**
 * The units near their kinks of all samples.
 *
 * @param passes     the pass at θ, and that at |θ| and |x|
 * @param count      number of samples
 * @param tolerance  how near a kink counts
 */
export function nearKinks(passes: { readonly pass: WholePass; readonly majorant: WholePass }, count: number, tolerance: number): NearKinks {
  const found: { side: Side; size: number; scale: number }[][] = Array.from({ length: count }, () => []);
  const majorants = passes.majorant.parts();
  for (const { first, count: rows, kinks = [] } of passes.pass.parts()) {
    const sizes = majorants.next().value!.kinks!;
    for (let i = 0; i < rows; i++) found[first + i] = [];
    for (const [layer, { values, size }] of kinks.entries()) {
      const [own, most] = [values.view, sizes[layer]!.values.view];
      for (let i = 0, at = 0; i < rows; i++) {
        for (let unit = 0; unit < size; unit++, at++) {
          const h = own[at]!;
          if (Math.abs(h) <= tolerance * most[at]!) {
            found[first + i]!.push({ side: { layer, unit, above: h > 0 }, size: Math.abs(h), scale: most[at]! });
          }
        }
      }
    }
  }
  return new NearKinks(tolerance, found);
}
