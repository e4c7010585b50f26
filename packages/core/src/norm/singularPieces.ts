import { entryOf, type Span } from "@steepest/kernels";
import type { FlatPiece, MatrixBlock, NormShape } from "./norm.js";
import type { SingularValueCalculus } from "./singular.js";

/** A singular value decomposition with vectors that are complete bases, one after another. */
interface WholeDecomposition {
  /** Decreasing; min(rows, columns) of them. */
  readonly sigma: Float64Array;
  /** f64[rows] each, as many as rows. */
  readonly left: readonly Float64Array[];
  /** f64[columns] each, as many as columns. */
  readonly right: readonly Float64Array[];
}

/** Singular values below this share of the largest count as 0, and those within it of the largest as equal to it: pieces become larger, and no bound wrong. */
const share = 1e-3;

function decomposed(svd: SingularValueCalculus, g: Span, block: MatrixBlock): WholeDecomposition {
  const { rank, sigma } = svd.decompose(entryOf(g, block.offset), block);
  const values = sigma.slice();
  const { ut, vt } = svd.vectors(block);
  const first = (vectors: Float64Array, length: number): Float64Array[] =>
    Array.from({ length: rank }, (_, i) => vectors.slice(i * length, (i + 1) * length));
  return { sigma: values, left: completed(first(ut, block.rows), block.rows), right: completed(first(vt, block.columns), block.columns) };
}

/** Orthonormal vectors and as many more as make a basis. */
function completed(vectors: readonly Float64Array[], length: number): Float64Array[] {
  const basis = [...vectors];
  for (let e = 0; basis.length < length; e++) {
    const next = new Float64Array(length);
    next[e] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (const vector of basis) {
        const along = vector.reduce((sum, value, i) => sum + value * next[i]!, 0);
        for (let i = 0; i < length; i++) next[i]! -= along * vector[i]!;
      }
    }
    const size = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    if (size > 1 / (2 * Math.sqrt(length))) basis.push(next.map((value) => value / size)); // some unit vector is that far from any smaller span
  }
  return basis;
}

/** out + factor u vᵀ, at a block. */
function addOuter(out: Float64Array, { offset, columns }: MatrixBlock, u: Float64Array, v: Float64Array, factor: number): void {
  for (const [r, left] of u.entries()) for (let c = 0; c < columns; c++) out[offset + r * columns + c]! += factor * left * v[c]!;
}

/**
 * The flat piece of the ball of the spectral norm: with G = U diag(s) Vᵀ of rank r, the maximisers are U_r V_rᵀ + U_⊥ M V_⊥ᵀ, ||M|| <= 1.
 *
 *   Σᵢ sᵢ (1 - uᵢᵀ θ vᵢ) <= gap, so ||θ vᵢ - uᵢ||² and ||θᵀ uᵢ - vᵢ||² are at most 2 gapᵢ / sᵢ, and the distance² at most 4 gap / s_r
 */
export function spectralPiece(svd: SingularValueCalculus, { length, blocks }: NormShape, g: Span, most: number): FlatPiece {
  const directions: Float64Array[] = [];
  let [smallest, isWhole] = [Infinity, true];
  const parts = blocks.map((block) => ({ block, ...decomposed(svd, g, block) }));
  const largest = parts.reduce((top, { sigma }) => Math.max(top, sigma[0] ?? 0), 0);
  for (const { block, sigma, left, right } of parts) {
    const kept = sigma.filter((value) => value > share * largest);
    smallest = Math.min(smallest, kept.at(-1) ?? Infinity);
    for (const u of left.slice(kept.length)) {
      for (const v of right.slice(kept.length)) {
        if (directions.length === most) isWhole = false;
        else {
          const direction = new Float64Array(length);
          addOuter(direction, block, u, v, 1);
          directions.push(direction);
        }
      }
    }
  }
  return { directions, isWhole, distance: (gap) => Math.sqrt((4 * gap) / smallest) };
}

/**
 * The flat piece of the ball of the nuclear norm on one matrix: with the r largest singular values of G equal, the maximisers are U_r S V_rᵀ, S symmetric and
 * positive semidefinite of trace 1. A θ in the ball is Σ τᵢ aᵢ bᵢᵀ with unit vectors and Σ τᵢ <= 1; with a', b' what U_r and V_r see of them and δ = σ₁ - σ_(r+1),
 *
 *   aᵀ G b <= σ₁ - δ (1 - (|a'|² + |b'|²) / 2) - σ_r |a' - b'|² / 2
 *
 * so that what is outside has a length of at most √(2 gap / δ), what is antisymmetric √(gap / σ_r), and the trace differs from 1 by gap (1 / σ₁ + 1 / δ + 1 / σ_r).
 */
export function nuclearPiece(svd: SingularValueCalculus, { length, blocks }: NormShape, g: Span, most: number): FlatPiece {
  const block = blocks[0]!;
  const { sigma, left, right } = decomposed(svd, g, block);
  const top = sigma[0]!;
  const r = sigma.filter((value) => value >= (1 - share) * top).length;
  const [least, apart] = [sigma[r - 1]!, r < Math.max(block.rows, block.columns) ? top - (sigma[r] ?? 0) : Infinity];
  const directions: Float64Array[] = [];
  let isWhole = true;
  const add = (terms: readonly (readonly [i: number, j: number, factor: number])[]): void => {
    if (directions.length === most) {
      isWhole = false;
      return;
    }
    const direction = new Float64Array(length);
    for (const [i, j, factor] of terms) addOuter(direction, block, left[i]!, right[j]!, factor);
    directions.push(direction);
  };
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < i; j++)
      add([
        [i, j, Math.SQRT1_2],
        [j, i, Math.SQRT1_2],
      ]);
    if (i > 0) add(Array.from({ length: i + 1 }, (_, j) => [j, j, (j < i ? 1 : -i) / Math.sqrt(i * (i + 1))] as const));
  }
  const trace = (1 / top + 1 / apart + 1 / least) / Math.sqrt(r);
  return { directions, isWhole, distance: (gap) => Math.sqrt((2 * gap) / apart) + Math.sqrt(gap / least) + gap * trace };
}

/** True for a vector whose only matrix has one row or one column: its singular value is its length. */
export function isOneVector({ blocks }: NormShape): boolean {
  return blocks.length === 1 && Math.min(blocks[0]!.rows, blocks[0]!.columns) === 1;
}
