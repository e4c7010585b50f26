import { drawNormal, type KernelFactory, streams } from "@steepest/core";
import { field, integer, positive, z } from "../definition/schema.js";

/** A matrix, row-major, and its sizes. */
export interface SpectralMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Its singular values other than 0: as many as its rank. */
  readonly singularValues: readonly number[];
}

/** The schema of the singular values of a matrix. */
export const singularValuesField = () =>
  field(z.array(positive()).min(1), "Its singular values other than 0: as many as its rank. The singular vectors are drawn by the seed.", {
    unit: "1",
    example: [1, 0.5],
  });

/** The schemas of the fields of a data set that is about a matrix. */
export const matrixFields = () => ({
  rows: field(integer(1), "Rows of the matrix.", { unit: "rows", example: 12 }),
  columns: field(integer(1), "Columns of the matrix.", { unit: "columns", example: 12 }),
  singularValues: singularValuesField(),
});

/** The problem of more singular values than a matrix of so many rows and columns has; the values may be of any type. */
export function tooManySingularValues(
  singularValues: unknown,
  [rows, columns]: readonly [unknown, unknown],
): { readonly path: PropertyKey[]; readonly message: string }[] {
  if (!Array.isArray(singularValues) || typeof rows !== "number" || typeof columns !== "number") return [];
  const most = Math.min(rows, columns);
  if (singularValues.length <= most) return [];
  const message = `must hold at most ${most} entries, the rank of a ${rows} x ${columns} matrix, got ${singularValues.length}`;
  return [{ path: ["singularValues"], message }];
}

/**
 * M = Σ_k σ_k u_k v_kᵀ with orthonormal u_k and v_k: a random matrix of the given singular values.
 *
 * The vectors come from N(0, 1) by Gram and Schmidt, u_1, u_2, ... and then v_1, v_2, ..., each made orthogonal twice.
 *
 * @param kernels  draw the vectors, from the stream of teachers
 * @param seed     of the stream
 * @param matrix   its sizes and singular values, no more than it has rows and columns
 * @returns f64[rows][columns]
 */
export function spectralMatrix(kernels: KernelFactory, seed: number, { rows, columns, singularValues }: SpectralMatrix): Float64Array {
  const rank = singularValues.length;
  const drawn = drawNormal(kernels, { seed, stream: streams.teacher, count: rank * (rows + columns) });
  const left = orthonormalRows(drawn.subarray(0, rank * rows), rows);
  const right = orthonormalRows(drawn.subarray(rank * rows), columns);
  const matrix = new Float64Array(rows * columns);
  for (const [k, sigma] of singularValues.entries()) {
    for (let i = 0; i < rows; i++) {
      const factor = sigma * left[k * rows + i]!;
      for (let j = 0; j < columns; j++) matrix[i * columns + j]! += factor * right[k * columns + j]!;
    }
  }
  return matrix;
}

/** Rows of the given length made orthonormal, one after the other. */
function orthonormalRows(rows: Float64Array, length: number): Float64Array {
  const result = rows.slice();
  for (let k = 0; k * length < result.length; k++) {
    const row = result.subarray(k * length, (k + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < k; earlier++) {
        const other = result.subarray(earlier * length, (earlier + 1) * length);
        const share = dot(row, other);
        for (let i = 0; i < length; i++) row[i]! -= share * other[i]!;
      }
      const norm = Math.sqrt(dot(row, row));
      for (let i = 0; i < length; i++) row[i]! /= norm;
    }
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
