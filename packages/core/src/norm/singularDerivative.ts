import type { MatrixBlock } from "./norm.js";

/** A decomposition X = Σ σᵢ uᵢ vᵢᵀ, vectors row by row; those that belong to σᵢ = 0 may be 0. */
export interface Decomposition {
  readonly ut: Float64Array;
  readonly sigma: Float64Array;
  readonly vt: Float64Array;
}

/** f of singular values, with f(0) = 0. */
export interface SingularFunction {
  /** f(σᵢ). */
  readonly values: Float64Array;
  /** f'(σᵢ). */
  readonly slopes: Float64Array;
  /** f'(0). */
  readonly slopeAtZero: number;
}

/** Singular values this near, relative to the largest, count as equal. */
const equal = 2 ** -30;

/**
 * The derivative of F(X) = Σ f(σᵢ) uᵢ vᵢᵀ, with f possibly depending on all σ. With A = Uᵀ Z V, its parts S = (A + Aᵀ)/2 and T = (A - Aᵀ)/2, and P, Q the
 * projections on what is orthogonal to all uᵢ and all vᵢ:
 *
 *   F'(X) Z = U (Γ ∘ S + Δ ∘ T) Vᵀ + U G Uᵀ Z Q + P Z V G Vᵀ + f'(0) P Z Q
 *   Γᵢⱼ = (fᵢ - fⱼ) / (σᵢ - σⱼ),  Δᵢⱼ = (fᵢ + fⱼ) / (σᵢ + σⱼ),  G = diag(fᵢ / σᵢ)
 *
 * Source: Edelman, Arias and Smith, SIAM J. Matrix Anal. Appl. 20 (1998), for the differentials; Ding, Sun, Sun and Toh, Math. Program. 168 (2018).
 */
export class SingularDerivative {
  readonly #block: MatrixBlock;
  readonly #of: Decomposition;
  readonly #f: SingularFunction;
  readonly #count: number;
  /** gᵢ - f'(0). */
  readonly #excess: Float64Array;
  readonly #isLeftWhole: boolean;
  readonly #isRightWhole: boolean;
  readonly #rotated: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #core: Float64Array;

  constructor(block: MatrixBlock, of: Decomposition, f: SingularFunction) {
    const { rows, columns } = block;
    this.#block = block;
    this.#of = of;
    this.#f = f;
    this.#count = Math.min(rows, columns);
    const k = this.#count;
    this.#excess = f.values.map((value, i) => (of.sigma[i]! > 0 ? value / of.sigma[i]! - f.slopeAtZero : 0));
    const isWhole = k > 0 && of.sigma[k - 1]! > equal * of.sigma[0]!;
    this.#isLeftWhole = isWhole && rows === k;
    this.#isRightWhole = isWhole && columns === k;
    this.#rotated = new Float64Array(k * k);
    this.#core = new Float64Array(k * k);
    this.#left = new Float64Array(k * columns);
    this.#right = new Float64Array(rows * k);
  }

  /** Takes a Z, the matrix from `offset` of z on, and computes Uᵀ Z, Z V and A. */
  take(z: Float64Array): void {
    const { offset, rows, columns } = this.#block;
    const { ut, vt } = this.#of;
    const k = this.#count;
    const [left, right, rotated] = [this.#left, this.#right, this.#rotated];
    left.fill(0);
    right.fill(0);
    for (let r = 0; r < rows; r++) {
      const row = z.subarray(offset + r * columns, offset + (r + 1) * columns);
      if (row.every((value) => value === 0)) continue;
      for (let i = 0; i < k; i++) addTo(left, i * columns, ut[i * rows + r]!, row, 0, columns);
      for (let j = 0; j < k; j++) right[r * k + j] = product(row, 0, vt, j * columns, columns);
    }
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) rotated[i * k + j] = product(left, i * columns, vt, j * columns, columns);
  }

  /** Aᵢᵢ, the change of σᵢ. */
  change(i: number): number {
    return this.#rotated[i * this.#count + i]!;
  }

  /** out, from `offset` on, ← F'(X) Z - U diag(f'(σᵢ)) Vᵀ shift. */
  finish(out: Float64Array, z: Float64Array, shift: number): void {
    const { offset, rows, columns } = this.#block;
    const { ut, vt } = this.#of;
    const k = this.#count;
    const { slopeAtZero } = this.#f;
    const [left, right, core, excess] = [this.#left, this.#right, this.#core, this.#excess];
    this.#fillCore(shift);
    for (let at = 0; at < rows * columns; at++) out[offset + at] = slopeAtZero === 0 ? 0 : slopeAtZero * z[offset + at]!;
    for (let i = 0; i < k; i++) {
      const factor = this.#isRightWhole ? 0 : excess[i]!; // where Q is 0, Uᵀ Z has nothing but A Vᵀ
      for (let c = 0; c < columns; c++) left[i * columns + c]! *= factor;
      for (let j = 0; j < k; j++) addTo(left, i * columns, core[i * k + j]!, vt, j * columns, columns);
    }
    for (let r = 0; r < rows; r++) {
      const to = offset + r * columns;
      for (let i = 0; i < k; i++) addTo(out, to, ut[i * rows + r]!, left, i * columns, columns);
      if (this.#isLeftWhole) continue;
      for (let j = 0; j < k; j++) addTo(out, to, right[r * k + j]! * excess[j]!, vt, j * columns, columns);
    }
  }

  /** The k x k matrix between U and Vᵀ, without the parts of Uᵀ Z and Z V. */
  #fillCore(shift: number): void {
    const { sigma } = this.#of;
    const { values, slopes, slopeAtZero } = this.#f;
    const k = this.#count;
    const [a, core, excess] = [this.#rotated, this.#core, this.#excess];
    const least = equal * (sigma[0] ?? 0);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const [one, other] = [a[i * k + j]!, a[j * k + i]!];
        const apart = sigma[i]! - sigma[j]!;
        const gamma = Math.abs(apart) > least ? (values[i]! - values[j]!) / apart : (slopes[i]! + slopes[j]!) / 2;
        const sum = sigma[i]! + sigma[j]!;
        const delta = sum > least ? (values[i]! + values[j]!) / sum : slopeAtZero;
        let value = (gamma * (one + other) + delta * (one - other)) / 2 - slopeAtZero * one;
        if (!this.#isRightWhole) value -= excess[i]! * one;
        if (!this.#isLeftWhole) value -= excess[j]! * one;
        core[i * k + j] = value - (i === j ? slopes[i]! * shift : 0);
      }
    }
  }
}

function addTo(out: Float64Array, to: number, factor: number, x: Float64Array, from: number, length: number): void {
  if (factor === 0) return;
  for (let j = 0; j < length; j++) out[to + j]! += factor * x[from + j]!;
}

function product(x: Float64Array, i: number, y: Float64Array, k: number, length: number): number {
  let [a, b] = [0, 0];
  const pairs = length & ~1;
  for (let j = 0; j < pairs; j += 2) {
    a += x[i + j]! * y[k + j]!;
    b += x[i + j + 1]! * y[k + j + 1]!;
  }
  if (pairs < length) a += x[i + pairs]! * y[k + pairs]!;
  return a + b;
}
