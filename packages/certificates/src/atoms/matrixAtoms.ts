import { DimensionError } from "@steepest/core";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "./atoms.js";

/**
 * The rows of a dense matrix as atoms.
 *
 * @param values  f64[count][size], row by row; kept, not copied, and never written to
 * @param size    the length of a row
 * @returns the rows
 * @throws DimensionError  if the values are no whole number of rows, or none
 */
export function matrixAtoms(values: Float64Array, size: number): Atoms {
  const count = values.length / size;
  if (!(Number.isInteger(count) && count > 0)) {
    throw DimensionError.at("values", `has length ${values.length}, expected rows of ${size}`, { value: values.length });
  }
  const rowOf = (k: number): Float64Array => values.subarray(k * size, (k + 1) * size);
  return {
    count,
    size,
    times: (theta, out) => {
      for (let k = 0; k < count; k++) out[k] = innerProduct(values, k * size, theta, 0, size);
    },
    combine: (lambda, out) => {
      out.fill(0);
      for (let k = 0; k < count; k++) {
        const factor = lambda[k]!;
        if (factor === 0) continue;
        for (let j = 0, at = k * size; j < size; j++, at++) out[j]! += factor * values[at]!;
      }
    },
    row: (k) => rowOf(k).slice(),
  };
}
