import type { MatrixBlock } from "./norm.js";
import { type RankOne, rankOneFactors } from "./rankOneFactors.js";

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

/** Matrices whose products are taken at once. */
const together = 4;

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
  readonly block: MatrixBlock;
  readonly #of: Decomposition;
  readonly #f: SingularFunction;
  readonly #count: number;
  /** gᵢ - f'(0). */
  readonly #excess: Float64Array;
  readonly #isLeftWhole: boolean;
  readonly #isRightWhole: boolean;
  #rotated = new Float64Array(0);
  #left = new Float64Array(0);
  #right = new Float64Array(0);
  #core = new Float64Array(0);

  constructor(block: MatrixBlock, of: Decomposition, f: SingularFunction) {
    const { rows, columns } = block;
    this.block = block;
    this.#of = of;
    this.#f = f;
    this.#count = Math.min(rows, columns);
    const k = this.#count;
    this.#excess = f.values.map((value, i) => (of.sigma[i]! > 0 ? value / of.sigma[i]! - f.slopeAtZero : 0));
    const isWhole = k > 0 && of.sigma[k - 1]! > equal * of.sigma[0]!;
    this.#isLeftWhole = isWhole && rows === k;
    this.#isRightWhole = isWhole && columns === k;
  }

  /** The memory of `take` and `finish`, which who asks for products alone never needs. */
  #allocate(): void {
    const { rows, columns } = this.block;
    const k = this.#count;
    this.#rotated = new Float64Array(k * k);
    this.#core = new Float64Array(k * k);
    this.#left = new Float64Array(k * columns);
    this.#right = new Float64Array(rows * k);
  }

  /** Takes a Z, the matrix from `offset` of z on, and computes Uᵀ Z, Z V and A. */
  take(z: Float64Array): void {
    const { offset, rows, columns } = this.block;
    const { ut, vt } = this.#of;
    const k = this.#count;
    if (this.#left.length === 0) this.#allocate();
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
    const { offset, rows, columns } = this.block;
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
    const k = this.#count;
    const [a, core] = [this.#rotated, this.#core];
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const [one, other] = [a[i * k + j]!, a[j * k + i]!];
        const [gamma, delta, without] = this.#factors(i, j);
        const value = (gamma * (one + other) + delta * (one - other)) / 2 - without * one;
        core[i * k + j] = value - (i === j ? this.#f.slopes[i]! * shift : 0);
      }
    }
  }

  /** Γᵢⱼ, Δᵢⱼ, and the share of Aᵢⱼ that the parts outside of the core have. */
  #factors(i: number, j: number): readonly [gamma: number, delta: number, without: number] {
    const { sigma } = this.#of;
    const { values, slopes, slopeAtZero } = this.#f;
    const least = equal * (sigma[0] ?? 0);
    const apart = sigma[i]! - sigma[j]!;
    const gamma = Math.abs(apart) > least ? (values[i]! - values[j]!) / apart : (slopes[i]! + slopes[j]!) / 2;
    const sum = sigma[i]! + sigma[j]!;
    const delta = sum > least ? (values[i]! + values[j]!) / sum : slopeAtZero;
    const ofRight = this.#isRightWhole ? 0 : this.#excess[i]!;
    const ofLeft = this.#isLeftWhole ? 0 : this.#excess[j]!;
    return [gamma, delta, slopeAtZero + ofRight + ofLeft];
  }

  /**
   * ⟨Y, F'(X) Z⟩ of matrices of rank one, without a shift, and the changes of the singular values, Uᵀ Z V along the diagonal. With a = Uᵀ left, b = Vᵀ right,
   *
   *   ⟨Y, F'(X) Z⟩ = f'(0) ⟨Y, Z⟩ + (a_Y ∘ a_Z)ᵀ P (b_Y ∘ b_Z) + (a_Y ∘ b_Z)ᵀ N (b_Y ∘ a_Z) + the parts outside of the core
   */
  ofRankOnes(matrices: readonly RankOne[]): { readonly products: Float64Array[]; readonly changes: Float64Array[] } {
    const { rows, columns } = this.block;
    const { ut, vt } = this.#of;
    const { slopeAtZero } = this.#f;
    const k = this.#count;
    const [same, crossed] = [new Float64Array(k * k), new Float64Array(k * k)];
    let edge = 0; // beyond it both are 0
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const [gamma, delta, without] = this.#factors(i, j);
        same[i * k + j] = (gamma + delta) / 2 - without;
        crossed[i * k + j] = (gamma - delta) / 2;
        if (same[i * k + j] !== 0 || crossed[i * k + j] !== 0) edge = Math.max(edge, Math.min(i, j) + 1);
      }
    }
    const turned = matrices.map(({ left, right }) => ({
      a: Float64Array.from({ length: k }, (_, i) => product(ut, i * rows, left, 0, rows)),
      b: Float64Array.from({ length: k }, (_, i) => product(vt, i * columns, right, 0, columns)),
    }));
    const products = matrices.map(() => new Float64Array(matrices.length));
    const inCore = new Float64Array(together);
    const core = new Float64Array(k * k); // of Z, so that the part in it is a_Yᵀ core b_Y
    for (let m = 0; m < matrices.length; m++) {
      const one = turned[m]!;
      const [aBeyond, bBeyond] = [one.a, one.b].map((own) => own.map((value, i) => this.#excess[i]! * value)) as [
        Float64Array,
        Float64Array,
      ];
      for (let i = 0; i < k; i++) {
        const [ai, bi] = [one.a[i]!, one.b[i]!];
        const until = i < edge ? k : edge;
        for (let j = 0, at = i * k; j < until; j++, at++) core[at] = ai * same[at]! * one.b[j]! + bi * crossed[at]! * one.a[j]!;
      }
      for (let n = 0; n <= m; n++) {
        const other = turned[n]!;
        if (n % together === 0) this.#inCore(core, turned, n, edge, inCore);
        const lefts = product(matrices[m]!.left, 0, matrices[n]!.left, 0, rows);
        const rights = product(matrices[m]!.right, 0, matrices[n]!.right, 0, columns);
        let total = inCore[n % together]! + slopeAtZero * lefts * rights;
        if (!this.#isRightWhole) total += product(aBeyond, 0, other.a, 0, k) * rights;
        if (!this.#isLeftWhole) total += product(bBeyond, 0, other.b, 0, k) * lefts;
        products[m]![n] = products[n]![m] = total;
      }
    }
    return { products, changes: turned.map(({ a, b }) => a.map((value, i) => value * b[i]!)) };
  }

  /** out ← aᵀ core b of some matrices from the n-th on, beyond the last one of it again: each entry of the core is read once for all of them. */
  #inCore(core: Float64Array, turned: readonly Turned[], n: number, edge: number, out: Float64Array): void {
    const k = this.#count;
    const [y0, y1, y2, y3] = [0, 1, 2, 3].map((i) => turned[Math.min(n + i, turned.length - 1)]!) as [Turned, Turned, Turned, Turned];
    const [b0, b1, b2, b3] = [y0.b, y1.b, y2.b, y3.b];
    out.fill(0);
    for (let i = 0; i < k; i++) {
      const until = i < edge ? k : edge;
      let [t0, t1, t2, t3] = [0, 0, 0, 0];
      for (let j = 0, at = i * k; j < until; j++, at++) {
        const value = core[at]!;
        t0 += value * b0[j]!;
        t1 += value * b1[j]!;
        t2 += value * b2[j]!;
        t3 += value * b3[j]!;
      }
      out[0]! += y0.a[i]! * t0;
      out[1]! += y1.a[i]! * t1;
      out[2]! += y2.a[i]! * t2;
      out[3]! += y3.a[i]! * t3;
    }
  }
}

/** Uᵀ left and Vᵀ right of a matrix of rank one. */
interface Turned {
  readonly a: Float64Array;
  readonly b: Float64Array;
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

/** The factors of vectors in every block, by the vector. */
export type KnownFactors = WeakMap<Float64Array, readonly (RankOne | undefined)[]>;

/**
 * Σ over blocks of ⟨Y, F'(X) Z⟩ of some vectors whose blocks are all of rank one; undefined where one is not.
 *
 * @param parts    the derivative in every block
 * @param vectors  f64[p] each
 * @param known    the factors of vectors of earlier calls, which have not changed since
 * @param each     called with the changes of the singular values of a block, by vector
 */
export function productsOfRankOnes(
  parts: readonly SingularDerivative[],
  vectors: readonly Float64Array[],
  known: KnownFactors,
  each?: (part: number, changes: readonly Float64Array[]) => void,
): Float64Array[] | undefined {
  const byVector = vectors.map((z) => known.get(z) ?? parts.map(({ block }) => rankOneFactors(z, block)));
  for (const [m, z] of vectors.entries()) known.set(z, byVector[m]!);
  if (byVector.some((list) => list.includes(undefined))) return undefined;
  const total = vectors.map(() => new Float64Array(vectors.length));
  for (const [i, part] of parts.entries()) {
    const { products, changes } = part.ofRankOnes(byVector.map((list) => list[i]!));
    for (const [m, row] of products.entries()) for (let n = 0; n < row.length; n++) total[m]![n]! += row[n]!;
    each?.(i, changes);
  }
  return total;
}
