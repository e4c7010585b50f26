/** Σ sizesₖ uₖ vₖᵀ with other sizes than the singular values. */
export interface Singular {
  readonly sigma: Float64Array;
  rebuild(sizes: Float64Array): Float64Array;
}

/**
 * Singular values of x[rows][columns] by one-sided Jacobi rotations of the columns (of the transpose if there are fewer rows), for clarity.
 * Source: Demmel & Veselić, SIAM J. Matrix Anal. Appl. 13 (1992).
 */
export function singularValues(x: Float64Array, rows: number, columns: number): Singular {
  const wide = columns > rows;
  const [m, n] = wide ? [columns, rows] : [rows, columns];
  const largest = x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const exponent = largest > 0 ? Math.floor(Math.log2(largest)) : 0;
  const [up, back] = [2 ** -Math.trunc(exponent / 2), 2 ** -(exponent - Math.trunc(exponent / 2))];
  const a = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: m }, (_, i) => x[wide ? j * columns + i : i * columns + j]! * up * back),
  );
  const v = Array.from({ length: n }, (_, j) => new Float64Array(n).fill(1, j, j + 1));
  for (let sweep = 0; sweep < 30; sweep++) {
    if (!sweepOnce(a, v)) break;
  }
  const lengths = a.map((column) => Math.sqrt(dot(column, column)));
  return {
    sigma: Float64Array.from(lengths, (length) => length / up / back),
    rebuild: (sizes) => {
      const out = new Float64Array(x.length);
      lengths.forEach((length, k) => {
        if (length === 0 || sizes[k] === 0) return;
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) out[wide ? j * columns + i : i * columns + j]! += sizes[k]! * (a[k]![i]! / length) * v[k]![j]!;
        }
      });
      return out;
    },
  };
}

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);

/** One rotation per pair of columns that are not orthogonal; false if there was none. */
function sweepOnce(a: readonly Float64Array[], v: readonly Float64Array[]): boolean {
  let rotated = false;
  for (let p = 0; p < a.length; p++) {
    for (let q = p + 1; q < a.length; q++) {
      const [x, y] = [a[p]!, a[q]!];
      const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)];
      if (xy === 0 || Math.abs(xy) <= 2 ** -52 * Math.sqrt(xx) * Math.sqrt(yy)) continue;
      rotated = true;
      const zeta = (yy - xx) / (2 * xy);
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const c = 1 / Math.hypot(1, t);
      rotate(x, y, c, c * t);
      rotate(v[p]!, v[q]!, c, c * t);
    }
  }
  return rotated;
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  x.forEach((value, i) => {
    const other = y[i]!;
    x[i] = c * value - s * other;
    y[i] = s * value + c * other;
  });
}
