import type { Limit, Norm, NormShape, PolytopeProgram, ScaledEntry } from "@steepest/core";
import type { ScaledRow } from "./scaledRows.js";

/** A row of the norm: Σ values · columns <= upper. */
interface NormRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  readonly upper: number;
}

/**
 * max γ over θ and γ, subject to ⟨ẑₖ, θ⟩ >= cₖ γ for some of the atoms, and ||θ|| <= 1 as linear inequalities.
 *
 * Columns: θ, or its positive parts; γ at p; then the negative parts of those entries whose size is asked for, and the limits of parts of the norm. Rows:
 * those of the norm, then the atoms in the order in which they were added.
 */
export class MarginProgram implements PolytopeProgram {
  readonly size: number;
  readonly lower: number[];
  readonly upper: number[];
  /** Cost of every column, to be made small: -γ, unless it is set otherwise. */
  readonly cost: number[];
  readonly normRows: NormRow[] = [];
  /** The atoms; a solver may share its own list, which then grows. */
  atomRows: Omit<ScaledRow, "length">[] = [];
  /** Column of the negative part of θⱼ; -1 where θⱼ is one column. */
  readonly negative: Int32Array;

  constructor(size: number) {
    this.size = size;
    this.lower = new Array<number>(size + 1).fill(-Infinity);
    this.upper = new Array<number>(size + 1).fill(Infinity);
    this.cost = [...new Array<number>(size).fill(0), -1];
    this.negative = new Int32Array(size).fill(-1);
  }

  /** Sets the cost of γ, at p, or of an entry of θ, in both of its parts. */
  setCost(j: number, cost: number): void {
    this.cost[j] = cost;
    const negative = this.negative[j] ?? -1;
    if (negative >= 0) this.cost[negative] = -cost;
  }

  /**
   * The programme of a norm, without atoms.
   *
   * @param norm    the norm
   * @param shape   of the vectors
   * @param radius  of the ball in which θ is looked for. Default 1
   * @param units   f64[p]: its columns are θⱼ over these. Default 1
   * @returns undefined where balls of the norm are no polytopes
   */
  static of(norm: Norm, shape: NormShape, radius = 1, units?: Float64Array): MarginProgram | undefined {
    const program = new MarginProgram(shape.length);
    const entries = Array.from({ length: shape.length }, (_, index) => ({ index, factor: units?.[index] ?? 1 }));
    return norm.boundLinearly?.(program, entries, shape, { variable: undefined, factor: radius }) ? program : undefined;
  }

  /** fⱼ where all that the norm says is Σ fⱼ |θⱼ| <= 1, so that its ball is the hull of the ± eⱼ / fⱼ; undefined elsewhere. */
  get weightsOfSum(): Float64Array | undefined {
    const [row] = this.normRows;
    if (this.normRows.length !== 1 || this.columnCount !== 2 * this.size + 1 || this.negative.includes(-1)) return undefined;
    const weights = new Float64Array(this.size);
    for (const [i, j] of row!.indices.entries()) if (j < this.size) weights[j] = row!.values[i]! / row!.upper;
    return weights;
  }

  /** bⱼ where all that the norm says is |θⱼ| <= bⱼ; undefined elsewhere. */
  get halfWidths(): Float64Array | undefined {
    if (this.normRows.length > 0 || this.columnCount !== this.size + 1) return undefined;
    const widths = Float64Array.from(this.upper.slice(0, this.size));
    return widths.every((width, j) => width < Infinity && this.lower[j] === -width) ? widths : undefined;
  }

  /** The programme of lowerⱼ <= θⱼ <= upperⱼ, without atoms. */
  static ofBox(lower: ArrayLike<number>, upper: ArrayLike<number>): MarginProgram {
    const program = new MarginProgram(lower.length);
    for (let j = 0; j < lower.length; j++) [program.lower[j], program.upper[j]] = [lower[j]!, upper[j]!];
    return program;
  }

  /** The programme of Σ wⱼ |θⱼ| <= 1, without atoms. */
  static ofSum(weights: ArrayLike<number>): MarginProgram {
    const program = new MarginProgram(weights.length);
    const entries = Array.from(weights, (factor, index) => ({ index, factor }));
    program.sumWithin(entries, { variable: undefined, factor: 1 });
    return program;
  }

  /** The programme of Σ wⱼ xⱼ <= 1 over x >= 0, without atoms. */
  static ofPositive(weights: readonly number[]): MarginProgram {
    const program = new MarginProgram(weights.length);
    program.lower.fill(0, 0, weights.length);
    program.#atMost([...weights.keys()], weights, 1);
    return program;
  }

  get columnCount(): number {
    return this.lower.length;
  }

  limit(): Limit {
    return { variable: this.#column(), factor: 1 };
  }

  eachWithin(entries: readonly ScaledEntry[], limit: Limit): void {
    for (const { index, factor } of entries) {
      const { variable } = limit;
      if (variable === undefined) [this.lower[index], this.upper[index]] = [-limit.factor / factor, limit.factor / factor];
      else for (const sign of [1, -1]) this.#atMost([index, variable], [sign * factor, -limit.factor], 0);
    }
  }

  sumWithin(entries: readonly ScaledEntry[], limit: Limit): void {
    const [indices, values]: [number[], number[]] = [[], []];
    for (const { index, factor } of entries) {
      this.lower[index] = 0;
      this.negative[index] = this.#column();
      indices.push(index, this.negative[index]!);
      values.push(factor, factor);
    }
    this.#within(indices, values, limit);
  }

  limitsWithin(parts: readonly Limit[], limit: Limit): void {
    this.#within(
      parts.map(({ variable }) => variable!),
      parts.map(({ factor }) => factor),
      limit,
    );
  }

  /** Entries of an atom's row as columns and values; entries that are 0 are left out. */
  entriesOf({ row, share }: Pick<ScaledRow, "row" | "share">): { readonly indices: number[]; readonly values: number[] } {
    const [indices, values]: [number[], number[]] = [[], []];
    for (let j = 0; j < this.size; j++) {
      const value = row[j]!;
      if (value === 0) continue;
      indices.push(j);
      values.push(value);
      if (this.negative[j]! < 0) continue;
      indices.push(this.negative[j]!);
      values.push(-value);
    }
    indices.push(this.size);
    values.push(-share);
    return { indices, values };
  }

  /** θ of the values of all columns. */
  parameters(values: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.negative, (minus, j) => values[j]! - (minus < 0 ? 0 : values[minus]!));
  }

  /** Row r as coefficients of the columns of a list. */
  coefficients(r: number, columns: readonly number[], owners: ReadonlyMap<number, number>): Float64Array {
    const normRow = this.normRows[r];
    if (normRow) {
      const at = new Map(normRow.indices.map((index, i) => [index, normRow.values[i]!]));
      return Float64Array.from(columns, (c) => at.get(c) ?? 0);
    }
    const { row, share } = this.atomRows[r - this.normRows.length]!;
    return Float64Array.from(columns, (c) => {
      if (c < this.size) return row[c]!;
      if (c === this.size) return -share;
      const owner = owners.get(c);
      return owner === undefined ? 0 : -row[owner]!;
    });
  }

  /** The entry of θ whose negative part a column is, by column. */
  owners(): Map<number, number> {
    const owners = new Map<number, number>();
    this.negative.forEach((column, j) => {
      if (column >= 0) owners.set(column, j);
    });
    return owners;
  }

  #within(indices: readonly number[], values: readonly number[], { variable, factor }: Limit): void {
    if (variable === undefined) this.#atMost(indices, values, factor);
    else this.#atMost([...indices, variable], [...values, -factor], 0);
  }

  #atMost(indices: readonly number[], values: readonly number[], upper: number): void {
    this.normRows.push({ indices, values, upper });
  }

  #column(): number {
    this.lower.push(0);
    this.upper.push(Infinity);
    this.cost.push(0);
    return this.lower.length - 1;
  }
}
