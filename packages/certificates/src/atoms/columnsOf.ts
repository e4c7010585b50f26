import type { Atoms } from "./atoms.js";

/**
 * Some columns of atoms: products with θ whose other entries are 0.
 *
 * @param atoms    the rows
 * @param columns  places of entries, each once
 * @returns rows of as many entries
 */
export function columnsOf(atoms: Atoms, columns: readonly number[]): Atoms {
  const whole = new Float64Array(atoms.size);
  const picked = (values: Float64Array): Float64Array => Float64Array.from(columns, (j) => values[j]!);
  return {
    count: atoms.count,
    size: columns.length,
    times: (theta, out) => {
      whole.fill(0);
      for (const [i, j] of columns.entries()) whole[j] = theta[i]!;
      atoms.times(whole, out);
    },
    combine: (lambda, out) => {
      atoms.combine(lambda, whole);
      out.set(picked(whole));
    },
    row: (k) => picked(atoms.row(k)),
  };
}
