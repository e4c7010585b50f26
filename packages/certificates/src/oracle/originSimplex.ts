import { accumulate } from "../arithmetic/compensated.js";
import { above, below } from "../arithmetic/outward.js";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import { rowLengths } from "../bound/rowLengths.js";
import { Lu } from "../solver/lu.js";

/** A face of the simplex: with the affine function ⟨normal, z⟩ + level of z that is 0 on the face and 1 at the row across, up to `error` in every entry. */
export interface Face {
  /** f64[p]; entries that do not determine the row are 0. */
  readonly normal: Float64Array;
  readonly error: Float64Array;
  /** A lower bound of the value at 0, which is the multiplier of the row across: above 0. */
  readonly level: number;
}

/** A simplex of rows that is proven to hold 0 in its interior. */
export interface OriginSimplex {
  readonly indices: readonly number[];
  readonly faces: readonly Face[];
}

/** The time to invert a matrix of more rows is more than a proof is worth here. */
const mostRows = 600;

/**
 * Proves that 0 is a convex combination of rows, hence that no direction has positive products with all of them: the p + 1 rows of a support are the corners
 * of a simplex, and with A the matrix of columns (Zₖ, 1) and R its computed inverse, ||I - R A|| < 1 bounds how far R is from the inverse.
 *
 * undefined: not proven, as where 0 lies on a face of the hull, which no rounding decides.
 * Source: Rump, Acta Numerica 19 (2010), theorem 10.2.
 */
export function originSimplex(atoms: Atoms, lambda: Float64Array): OriginSimplex | undefined {
  const indices = [...lambda.keys()].filter((k) => lambda[k]! > 0);
  const places = atoms.determining ?? Array.from({ length: atoms.size }, (_, j) => j);
  const n = places.length + 1;
  if (indices.length !== n || n > mostRows) return undefined;
  const lengths = rowLengths(atoms);
  const unit = powerOfTwoBelow(indices.reduce((most, k) => Math.max(most, lengths[k]!), 0));
  const corners = indices.map((k) => {
    const row = atoms.row(k);
    return Float64Array.from([...places.map((j) => row[j]! / unit), 1]);
  });
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from(corners, (corner) => corner[j]!)); // rows of A
  const lu = Lu.of(columns.map((row) => row.slice()));
  if (!lu) return undefined;
  const inverse = Array.from({ length: n }, (_, k) => lu.solveTransposed(Float64Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)))); // rows of R
  const defects = inverse.map((row, k) => {
    let sum = 0;
    for (const [i, corner] of corners.entries()) {
      const { high, low, size } = accumulate(row, corner);
      const entry = high + low - (i === k ? 1 : 0);
      sum += Math.abs(entry) + above(size, n + 2) * n * 2 ** -100 + 2 ** -52 * (Math.abs(high + low) + 1);
    }
    return above(sum, n + 4);
  });
  const worst = defects.reduce((a, b) => Math.max(a, b), 0);
  if (!(worst < 0.5)) return undefined;
  const largest = Float64Array.from({ length: n }, (_, j) => inverse.reduce((most, row) => Math.max(most, Math.abs(row[j]!)), 0));
  const faces = inverse.map((row, k): Face => {
    const share = above(defects[k]! / below(1 - worst, 4), 4);
    const [normal, error] = [new Float64Array(atoms.size), new Float64Array(atoms.size)];
    for (const [i, j] of places.entries()) {
      normal[j] = row[i]! / unit;
      error[j] = above((share * largest[i]!) / unit, 4);
    }
    return { normal, error, level: row[n - 1]! - above(share * largest[n - 1]!, 4) };
  });
  return faces.every(({ level }) => level > 0) ? { indices, faces } : undefined;
}
