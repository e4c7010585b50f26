import type { Highs, Model } from "highs";
import type { Atoms } from "../atoms/atoms.js";
import { compressed, type SimplexAnswer, type SparseRow, simplexOptions, solved } from "./highs.js";
import { MarginProgram } from "./marginProgram.js";
import type { ScaledRows } from "./scaledRows.js";
import { vertexOf } from "./vertex.js";

/** An entry of θ with the sign that it takes. */
export interface SignedEntry {
  readonly entry: number;
  readonly sign: 1 | -1;
}

/** θ, f64[p], and multipliers of all atoms, f64[K]. */
export interface GameAnswer {
  readonly theta: Float64Array;
  readonly lambda: Float64Array;
}

/**
 * max γ over x >= 0 and γ, subject to Σ wⱼ xⱼ <= 1 and ⟨ẑₖ, Σ ± xⱼ eⱼ⟩ >= cₖ γ, over some entries of θ, each with a sign, and some atoms, in the memory of HiGHS.
 * Both may be added between solves, which then start from the last basis.
 *
 * Columns of HiGHS: γ, then x. Rows: the sum, then the atoms.
 */
export class GrowingModel {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #weights: Float64Array;
  readonly #model: Model;
  readonly #columns: SignedEntry[] = [];
  readonly #indices: number[] = [];
  /** Entries of the atoms at the columns, signed. */
  readonly #values: Float64Array[] = [];

  /**
   * @param highs    HiGHS
   * @param atoms    the rows
   * @param rows     the rows again, scaled
   * @param weights  f64[p]: w, all positive
   */
  constructor(highs: Highs, atoms: Atoms, rows: ScaledRows, weights: Float64Array) {
    [this.#atoms, this.#rows, this.#weights] = [atoms, rows, weights];
    this.#model = highs.createModel({
      numCols: 1,
      numRows: 1,
      colCost: [-1],
      colLower: [-Infinity],
      colUpper: [Infinity],
      rowLower: [-Infinity],
      rowUpper: [1],
      matrix: { ...compressed([{ indices: [], values: [] }]), format: "csr", numRows: 1, numCols: 1 },
    });
    this.#model.options.set(simplexOptions);
  }

  /** Adds entries of θ. */
  addColumns(added: readonly SignedEntry[]): void {
    if (added.length === 0) return;
    const columns = added.map(({ entry }): { indices: number[]; values: number[] } => ({ indices: [0], values: [this.#weights[entry]!] }));
    for (const [i, k] of this.#indices.entries()) {
      const values = this.#entriesOf(k, added);
      this.#values[i] = joined(this.#values[i]!, values);
      for (const [c, value] of values.entries()) {
        if (value === 0) continue;
        columns[c]!.indices.push(i + 1);
        columns[c]!.values.push(value);
      }
    }
    this.#columns.push(...added);
    this.#model.addCols({
      cost: new Float64Array(added.length),
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(Infinity),
      matrix: { ...compressed(columns), format: "csc", numRows: this.#indices.length + 1, numCols: added.length },
    });
  }

  /** Adds atoms, by their places. */
  addRows(added: readonly number[]): void {
    if (added.length === 0) return;
    const made = added.map((k): SparseRow => {
      const row = this.#entriesOf(k, this.#columns);
      this.#values.push(row);
      const [indices, values] = [[0], [-this.#rows.share(k)]];
      for (const [c, value] of row.entries()) {
        if (value === 0) continue;
        indices.push(c + 1);
        values.push(value);
      }
      return { indices, values };
    });
    this.#indices.push(...added);
    this.#model.addRows({
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(Infinity),
      matrix: { ...compressed(made), format: "csr", numRows: added.length, numCols: this.#columns.length + 1 },
    });
  }

  /** The answer of HiGHS. */
  solve(): SimplexAnswer {
    return solved(this.#model);
  }

  /** θ and λ as HiGHS has them. */
  rough({ values, rowDuals }: SimplexAnswer): GameAnswer {
    return this.#answer(values.subarray(1), rowDuals.subarray(1));
  }

  /** θ and λ of the basis, in our own arithmetic; undefined where it is singular. */
  exact({ basis }: SimplexAnswer): GameAnswer | undefined {
    const program = MarginProgram.ofPositive(this.#columns.map(({ entry }) => this.#weights[entry]!));
    program.atomRows = this.#indices.map((index, i) => ({ index, row: this.#values[i]!, share: this.#rows.share(index) }));
    const [gamma, ...others] = Array.from(basis.colStatus);
    const vertex = vertexOf(program, { colStatus: [...others, gamma!], rowStatus: basis.rowStatus });
    return vertex && this.#answer(vertex.theta, vertex.multipliers);
  }

  dispose(): void {
    this.#model.dispose();
  }

  #answer(x: Float64Array, multipliers: Float64Array): GameAnswer {
    const [theta, lambda] = [new Float64Array(this.#atoms.size), new Float64Array(this.#atoms.count)];
    for (const [c, { entry, sign }] of this.#columns.entries()) theta[entry]! += sign * x[c]!;
    for (const [i, k] of this.#indices.entries()) lambda[k] = Math.max(multipliers[i]!, 0) * this.#rows.share(k);
    return { theta, lambda };
  }

  #entriesOf(k: number, columns: readonly SignedEntry[]): Float64Array {
    const row = this.#atoms.row(k);
    const scale = this.#rows.scales[k]!;
    return Float64Array.from(columns, ({ entry, sign }) => (sign * row[entry]!) / scale);
  }
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
