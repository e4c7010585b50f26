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

/**
 * Some columns of atoms, and one more that is the product with the others at fixed entries: at 1 it stands for all of them.
 *
 * @param atoms    the rows
 * @param columns  places of the columns that stay, each once
 * @param fixed    f64[p]: the entries at the others, 0 at those that stay
 * @returns rows of one entry more than columns stay
 */
export function columnsAndFixed(atoms: Atoms, columns: readonly number[], fixed: Float64Array): Atoms {
  const offsets = new Float64Array(atoms.count);
  atoms.times(fixed, offsets);
  const kept = columnsOf(atoms, columns);
  const size = columns.length + 1;
  return {
    count: atoms.count,
    size,
    times: (theta, out) => {
      kept.times(theta.subarray(0, size - 1), out);
      for (let k = 0; k < out.length; k++) out[k]! += theta[size - 1]! * offsets[k]!;
    },
    combine: (lambda, out) => {
      kept.combine(lambda, out.subarray(0, size - 1));
      out[size - 1] = lambda.reduce((sum, value, k) => sum + value * offsets[k]!, 0);
    },
    row: (k) => {
      const row = new Float64Array(size);
      row.set(kept.row(k));
      row[size - 1] = offsets[k]!;
      return row;
    },
  };
}
