import type { MatrixBlock } from "./norm.js";

/** A matrix of rank one, left ⊗ right. */
export interface RankOne {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Share of its largest entry up to which a matrix may differ from one of rank one. */
const same = 2 ** -40;

/**
 * The factors of a matrix of rank one, such as the gradient of a sample by a layer.
 *
 * @param z      f64[p], with the matrix from `block.offset` on
 * @param block  its place
 * @returns the factors, 0 for 0; undefined where it is of higher rank
 */
export function rankOneFactors(z: Float64Array, { offset, rows, columns }: MatrixBlock): RankOne | undefined {
  const end = offset + rows * columns;
  let [pivot, at] = [0, offset];
  for (let j = offset; j < end; j++) if (Math.abs(z[j]!) > Math.abs(pivot)) [pivot, at] = [z[j]!, j];
  const left = new Float64Array(rows);
  const right = new Float64Array(columns);
  if (pivot === 0) return { left, right };
  const [row, column] = [Math.floor((at - offset) / columns), (at - offset) % columns];
  for (let r = 0; r < rows; r++) left[r] = z[offset + r * columns + column]!;
  for (let c = 0; c < columns; c++) right[c] = z[offset + row * columns + c]! / pivot;
  const most = same * Math.abs(pivot);
  for (let r = 0, next = offset; r < rows; r++) {
    const factor = left[r]!;
    for (let c = 0; c < columns; c++, next++) if (!(Math.abs(z[next]! - factor * right[c]!) <= most)) return undefined;
  }
  return { left, right };
}
