import { Bits } from "../scalar/bits";
import { argmaxAbs } from "../vector/argmaxAbs";
import { maxAbs } from "../vector/maxAbs";
import { scale } from "../vector/scale";
import { orthogonalCorrection } from "./orthogonalFactor";
import { sortDescending } from "./sortDescending";
import { gatherStrands, orthogonalRows } from "./svdReduction";
import { Workspace } from "./svdWorkspace";

/**
 * thinSvd: G = Σ σᵢ uᵢ vᵢᵀ with σ₁ ≥ σ₂ ≥ … ≥ 0; returns how many σᵢ exceed max(rows, columns) ε σ₁.
 *
 * g: f64[rows][columns]; sigma: f64[k], ut: f64[k][rows], vt: f64[k][columns], overwritten, k = min(rows, columns); scratch: `svdScratchBytes`.
 * Nothing overlaps. A NaN or an infinity in g makes every output NaN and returns k.
 *
 * The strands are the rows of G, or its columns if there are fewer of them; their entries are sorted. [strands] P = Q R by `pivotedQr`; X = J R has
 * orthogonal rows by `jacobi`; so the vectors along the strands are Q J-rows, those across them the rows of X divided by their lengths, unsorted again.
 * Where σᵢ = 0 both vectors are zero. The entry of uᵢ of largest magnitude (lowest index) is positive.
 */
export function thinSvd(g: usize, ut: usize, sigma: usize, vt: usize, rows: i32, columns: i32, scratch: usize): i32 {
  const k = min(rows, columns);
  const m = max(rows, columns);
  const largest = maxAbs(g, rows * columns);
  if (!(largest < Infinity)) {
    fill(ut, k * rows, NaN);
    fill(vt, k * columns, NaN);
    fill(sigma, k, NaN);
    return k;
  }
  const nonzero = decompose(g, rows, columns, largest, true, scratch);
  const significant = rankRows(sigma, k, m, nonzero, scratch);
  const wide = rows <= columns;
  writeAcross(wide ? ut : vt, k, m, nonzero, scratch);
  writeAlong(wide ? vt : ut, k, m, nonzero, scratch);
  for (let i: usize = 0; i < <usize>k; ++i) {
    settleSigns(ut + ((i * <usize>rows) << 3), load<f64>(sigma + (i << 3)), vt + ((i * <usize>columns) << 3), rows, columns);
  }
  return significant;
}

/** singularValues: the σᵢ and the returned number of `thinSvd`, bit for bit, without the vectors. */
export function singularValues(g: usize, sigma: usize, rows: i32, columns: i32, scratch: usize): i32 {
  const k = min(rows, columns);
  const largest = maxAbs(g, rows * columns);
  if (!(largest < Infinity)) {
    fill(sigma, k, NaN);
    return k;
  }
  const nonzero = decompose(g, rows, columns, largest, false, scratch);
  return rankRows(sigma, k, max(rows, columns), nonzero, scratch);
}

/** X, its squared norms and exponents, the singular values in `keys`; returns the number of rows of X, 0 for a zero matrix. */
function decompose(g: usize, rows: i32, columns: i32, largest: f64, withBasis: bool, scratch: usize): i32 {
  if (largest == 0) return 0;
  const k = min(rows, columns);
  const m = max(rows, columns);
  const shift = gatherStrands(g, rows, columns, largest, scratch);
  const nonzero = orthogonalRows(k, m, withBasis, scratch);
  let square = Workspace.norms(scratch, k, m);
  let exponent = Workspace.exponents(scratch, k, m);
  let key = Workspace.keys(scratch, k, m);
  for (const end = key + ((<usize>nonzero) << 3); key < end; key += 8, square += 8, exponent += 4) {
    store<f64>(key, Bits.scaleBinary(sqrt(load<f64>(square)), load<i32>(exponent) - shift));
  }
  return nonzero;
}

/** sigma ← the singular values by decreasing size, `ranking` ← the rows of X they belong to; the numerical rank, compared before σ could underflow. */
function rankRows(sigma: usize, k: i32, m: i32, nonzero: i32, scratch: usize): i32 {
  fill(sigma, k, 0);
  if (nonzero == 0) return 0;
  const keys = Workspace.keys(scratch, k, m);
  const squares = Workspace.norms(scratch, k, m);
  const exponents = Workspace.exponents(scratch, k, m);
  const ranking = Workspace.ranking(scratch, k, m);
  sortDescending(keys, ranking, nonzero, squares + ((<usize>k) << 3));

  const first = <usize>load<i32>(ranking);
  const threshold = <f64>m * f64.EPSILON * sqrt(load<f64>(squares + (first << 3)));
  let significant = 0;
  for (let i: usize = 0; i < <usize>nonzero; ++i) {
    const s = <usize>load<i32>(ranking + (i << 2));
    store<f64>(sigma + (i << 3), load<f64>(keys + (s << 3)));
    const apart = load<i32>(exponents + (s << 2)) - load<i32>(exponents + (first << 2));
    if (Bits.scaleBinary(sqrt(load<f64>(squares + (s << 3))), apart) > threshold) ++significant;
  }
  return significant;
}

/** out: f64[k][k] ← rows of X divided by their lengths, in the order of the strands of G. */
function writeAcross(out: usize, k: i32, m: i32, nonzero: i32, scratch: usize): void {
  const rowBytes = (<usize>k) << 3;
  const ranking = Workspace.ranking(scratch, k, m);
  const order = Workspace.strandOrder(scratch, k, m);
  for (let i: usize = 0; i < <usize>nonzero; ++i, out += rowBytes) {
    const s = <usize>load<i32>(ranking + (i << 2));
    const x = Workspace.x(scratch, k, m) + s * rowBytes;
    const length = sqrt(load<f64>(Workspace.norms(scratch, k, m) + (s << 3)));
    for (let j: usize = 0; j < <usize>k; ++j) {
      const strand = <usize>load<i32>(order + (j << 2));
      store<f64>(out + (strand << 3), load<f64>(x + (j << 3)) / length);
    }
  }
}

/** out: f64[k][m] ← Q times the rows of the basis, in the order of the entries of G. X is overwritten. */
function writeAlong(out: usize, k: i32, m: i32, nonzero: i32, scratch: usize): void {
  const rowBytes = (<usize>nonzero) << 3;
  const w = Workspace.x(scratch, k, m);
  const ranking = Workspace.ranking(scratch, k, m);
  const basis = Workspace.basis(scratch, k, m);
  for (let i: usize = 0; i < <usize>nonzero; ++i) {
    memory.copy(w + i * rowBytes, basis + <usize>load<i32>(ranking + (i << 2)) * rowBytes, rowBytes);
  }
  const work = Workspace.work(scratch, k, m);
  orthogonalCorrection(Workspace.strands(scratch), Workspace.tau(scratch, k, m), w, out, nonzero, m, work, Workspace.gemm(scratch, k, m));

  const vector = Workspace.keys(scratch, k, m);
  const order = Workspace.entryOrder(scratch, k, m);
  for (let i: usize = 0; i < <usize>nonzero; ++i, out += (<usize>m) << 3) {
    for (let l: usize = 0; l < <usize>m; ++l) {
      const head = l < <usize>nonzero ? load<f64>(w + i * rowBytes + (l << 3)) : 0;
      store<f64>(vector + (l << 3), head - load<f64>(out + (l << 3)));
    }
    for (let l: usize = 0; l < <usize>m; ++l) {
      const entry = <usize>load<i32>(order + (l << 2));
      store<f64>(out + (entry << 3), load<f64>(vector + (l << 3)));
    }
  }
}

function settleSigns(u: usize, sigma: f64, v: usize, rows: i32, columns: i32): void {
  if (sigma == 0) {
    fill(u, rows, 0);
    fill(v, columns, 0);
  } else if (!(load<f64>(u + ((<usize>argmaxAbs(u, rows)) << 3)) > 0)) {
    scale(u, u, rows, -1);
    scale(v, v, columns, -1);
  }
}

function fill(out: usize, n: i32, value: f64): void {
  for (const end = out + ((<usize>n) << 3); out < end; out += 8) store<f64>(out, value);
}
