import type { Atoms } from "../atoms/atoms.js";
import { matrixAtoms } from "../atoms/matrixAtoms.js";
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
  readonly #known: Set<string> = new Set();

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
    return true;
  }

  /** The rows that there are now, as atoms. */
  atoms(): Atoms {
    const size = this.#rows[0]!.length;
    const values = new Float64Array(this.#rows.length * size);
    for (const [k, row] of this.#rows.entries()) values.set(row, k * size);
    return matrixAtoms(values, size);
  }
}

function keyOf({ pair, sides }: Choice): string {
  const flipped = sides.map(({ layer, unit, above }) => `${layer},${unit},${above ? 1 : 0}`).sort();
  return `${pair.sample}:${pair.other ?? ""}:${flipped.join(";")}`;
}
