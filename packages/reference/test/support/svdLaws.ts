import { denseScratchBytes, type Kernels, svdScratchBytes } from "@steepest/kernels";
import { aligned, call } from "./call.js";
import { input, number, output, scratch } from "./recipes/recipe.js";

/** f64[rows][columns]. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** The result of `thinSvd`, and the polar factor made of it as the contract says. */
export interface Svd {
  readonly rank: number;
  readonly ut: Float64Array;
  readonly sigma: Float64Array;
  readonly vt: Float64Array;
  readonly polar: Float64Array;
}

const epsilon = 2 ** -52;

/** The unit of every bound: n ε, n = max(rows, columns). */
export const roundingUnit = ({ rows, columns }: Matrix): number => Math.max(rows, columns) * epsilon;

export function matrix(rows: number, columns: number, entry: (i: number, j: number) => number): Matrix {
  return { rows, columns, values: Float64Array.from({ length: rows * columns }, (_, k) => entry(Math.floor(k / columns), k % columns)) };
}

export function thinSvd(kernels: Kernels, { rows, columns, values }: Matrix): Svd {
  const count = Math.min(rows, columns);
  const sizes = [number(rows), number(columns)];
  const outputs = [output(count * rows), output(count), output(count * columns)];
  const svd = call(kernels, "thinSvd", [input(values), ...outputs, ...sizes, scratch(svdScratchBytes(rows, columns))], aligned);
  const [ut, sigma, vt] = svd.outputs as [Float64Array, Float64Array, Float64Array];
  const rank = svd.returned!;
  const product = [number(rank), number(columns), number(rows), scratch(denseScratchBytes(rank, columns, rows))];
  const polar = call(kernels, "denseWeightGradient", [input(vt), input(ut), output(rows * columns), ...product], aligned);
  return { rank, ut, sigma, vt, polar: polar.outputs[0]! };
}

export function singularValues(kernels: Kernels, { rows, columns, values }: Matrix): { rank: number; sigma: Float64Array } {
  const rest = [number(rows), number(columns), scratch(svdScratchBytes(rows, columns))];
  const { returned, outputs } = call(kernels, "singularValues", [input(values), output(Math.min(rows, columns)), ...rest], aligned);
  return { rank: returned!, sigma: outputs[0]! };
}

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
const rowsOf = (x: Float64Array, count: number, length: number): Float64Array[] =>
  Array.from({ length: count }, (_, i) => x.subarray(i * length, (i + 1) * length));

/** ‖X Xᵀ − I‖ in the Frobenius norm, which is at least the spectral norm. */
function orthonormality(rows: readonly Float64Array[]): number {
  let squares = 0;
  for (const [i, x] of rows.entries()) {
    for (let j = 0; j <= i; j++) squares += (i === j ? 1 : 2) * (dot(x, rows[j]!) - (i === j ? 1 : 0)) ** 2;
  }
  return Math.sqrt(squares);
}

/** ‖O Oᵀ O − O‖ in the Frobenius norm, O taken with its shorter side first. */
function partialIsometry(o: Float64Array, rows: number, columns: number): number {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const wide = rows <= columns ? o : Float64Array.from(o, (_, k) => o[(k % rows) * columns + Math.floor(k / rows)]!);
  const strands = rowsOf(wide, count, length);
  let squares = 0;
  for (const x of strands) {
    const weights = strands.map((y) => dot(x, y));
    for (let l = 0; l < length; l++) squares += (weights.reduce((sum, weight, j) => sum + weight * strands[j]![l]!, 0) - x[l]!) ** 2;
  }
  return Math.sqrt(squares);
}

/** ‖G − U Σ V‖ / σ₁ in the Frobenius norm; `scale` keeps the entries of G from over- and underflowing. */
function residual({ rows, columns, values }: Matrix, { ut, sigma, vt }: Svd, scale: number): number {
  const rest = values.map((value) => value * scale);
  for (const [i, value] of sigma.entries()) {
    for (let r = 0; r < rows; r++) {
      const weight = ut[i * rows + r]! * (value * scale);
      for (let c = 0; c < columns; c++) rest[r * columns + c] = rest[r * columns + c]! - weight * vt[i * columns + c]!;
    }
  }
  return Math.sqrt(dot(rest, rest)) / (sigma[0]! * scale);
}

/** Every law of a decomposition that does not hold, with its error in units of n ε; empty for a correct one. */
export function violations(g: Matrix, svd: Svd, limit = 50): string[] {
  const { rows, columns, values } = g;
  const { ut, sigma, vt, polar, rank } = svd;
  const nonzero = sigma.indexOf(0);
  const count = nonzero < 0 ? sigma.length : nonzero;
  const scale = count > 0 ? 2 ** -Math.max(Math.floor(Math.log2(sigma[0]!)), -1022) : 1;
  const scaled = sigma.map((value) => value * scale);
  const nuclear = scaled.reduce((sum, value) => sum + value, 0);
  const inner = values.reduce((sum, value, i) => sum + value * scale * polar[i]!, 0);
  const lost = (sigma.length * 5e-324 * scale) / (scaled[0] || 1); // a subnormal σ is rounded to a multiple of 2^-1074
  const unit = roundingUnit(g);
  const errors: Record<string, number> = {
    "left vectors orthonormal": orthonormality(rowsOf(ut, count, rows)),
    "right vectors orthonormal": orthonormality(rowsOf(vt, count, columns)),
    "polar factor a partial isometry": partialIsometry(polar, rows, columns),
    "<G, O> the nuclear norm": count > 0 ? Math.max(Math.abs(inner - nuclear) / nuclear - lost, 0) : Math.abs(inner),
    "G = U Σ V": count > 0 ? Math.max(residual(g, svd, scale) - lost, 0) : Math.max(...values.map(Math.abs), 0),
  };
  if (rank === Math.min(rows, columns)) {
    errors["polar factor orthogonal"] = orthonormality(
      rows <= columns ? rowsOf(polar, rows, columns) : rowsOf(transposed(polar, rows, columns), columns, rows),
    );
  }
  const broken = Object.entries(errors).flatMap(([law, error]) => (error <= limit * unit ? [] : [`${law}: ${error / unit} n ε`]));
  if (sigma.some((value, i) => !(value >= 0) || value > sigma[i - 1]!)) broken.push("singular values not in decreasing order");
  if (rank > count) broken.push("a zero singular value counts");
  const negative = rowsOf(ut, count, rows).some((u) => u[largestIndex(u)]! < 0);
  if (negative) broken.push("the largest entry of a left vector is negative");
  if (ut.subarray(count * rows).some((x) => x !== 0) || vt.subarray(count * columns).some((x) => x !== 0))
    broken.push("a null vector is not zero");
  return broken;
}

const transposed = (x: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from(x, (_, k) => x[(k % rows) * columns + Math.floor(k / rows)]!);

function largestIndex(x: Float64Array): number {
  return x.reduce((best, value, i) => (Math.abs(value) > Math.abs(x[best]!) ? i : best), 0);
}
