/** Singular values of a matrix of few columns with its right singular vectors. */
export interface RightVectors {
  /** One per column, in no order. */
  readonly values: Float64Array;
  /** f64[columns] each, in the order of the values. */
  readonly vectors: readonly Float64Array[];
}

const mostSweeps = 60;

/**
 * Singular values and right singular vectors, by one-sided Jacobi rotations: small values come with as many digits as large ones.
 *
 * @param rows     f64[columns] each; none make every value 0
 * @param columns  number of columns
 * @returns values and vectors
 * Source: Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13 (1992).
 */
export function rightVectors(rows: readonly Float64Array[], columns: number): RightVectors {
  const images = Array.from({ length: columns }, (_, j) => Float64Array.from(rows, (row) => row[j]!));
  const vectors = Array.from({ length: columns }, (_, j) => Float64Array.from({ length: columns }, (_, i) => (i === j ? 1 : 0)));
  for (let sweep = 0, hasTurned = true; hasTurned && sweep < mostSweeps; sweep++) {
    hasTurned = false;
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b, c] = [dot(images[i]!, images[i]!), dot(images[j]!, images[j]!), dot(images[i]!, images[j]!)];
        if (!(Math.abs(c) > 2 ** -50 * Math.sqrt(a * b))) continue;
        hasTurned = true;
        const zeta = (b - a) / (2 * c);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cos = 1 / Math.sqrt(1 + t * t);
        for (const list of [images, vectors]) turn(list[i]!, list[j]!, cos, cos * t);
      }
    }
  }
  return { values: Float64Array.from(images, (image) => Math.sqrt(dot(image, image))), vectors };
}

function turn(x: Float64Array, y: Float64Array, cos: number, sin: number): void {
  for (let e = 0; e < x.length; e++) {
    const [a, b] = [x[e]!, y[e]!];
    x[e] = cos * a - sin * b;
    y[e] = sin * a + cos * b;
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < x.length; e++) sum += x[e]! * y[e]!;
  return sum;
}
