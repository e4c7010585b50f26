import { Bits } from "../scalar/bits";
import { dot } from "../vector/dot";
import { maxAbs } from "../vector/maxAbs";
import { scale } from "../vector/scale";
import { planeRotation } from "./planeRotation";
import { rotate, rotateAndDot } from "./rotate";

const maxSweeps: i32 = 40;
/** ε² */
const tolerancePerEntry: f64 = 4.930380657631324e-32; // 2^-104
/** Strands that meet every later strand while it is in the first-level cache. */
const blockStrands: i32 = 8;

/**
 * jacobi: rotates the strands of X against each other until they are orthogonal: X ← J X, basis ← J basis.
 *
 * x: f64[count][length], finite; strand p stands for 2^exponents[p] x[p] and has its largest entry in [1, 2) when a sweep begins, so strands of any scale
 * are treated alike. basis: f64[count][count], or 0 for none. squares: f64[count] ← squared norms of the strands as they are stored, `dot` in the end;
 * exponents: i32[count], overwritten. coefficients: f64[2][8], scratch.
 *
 * Pairs p < q row by row (the order below differs from that in rotations that commute); each rotation makes p the longer one. A pair is orthogonal when
 * dot² ≤ ε² length |p|² |q|²; the sweeps end when all are, at the latest after 40.
 */
export function jacobi(x: usize, basis: usize, count: i32, length: i32, squares: usize, exponents: usize, coefficients: usize): void {
  for (let sweep = 0; sweep < maxSweeps; ++sweep) {
    normalize(x, count, length, squares, exponents, sweep == 0);
    let rotations = 0;
    for (let first = 0; first < count; first += blockStrands) {
      for (let q = first + 1; q < count; ++q) {
        rotations += rotateAgainst(x, basis, count, length, squares, exponents, first, q, coefficients);
      }
    }
    if (rotations == 0) return;
  }
  normalize(x, count, length, squares, exponents, false);
}

/** Every strand ← strand · 2^−e with its largest entry in [1, 2), e added to its exponent, which is 0 at the start; its squared norm. */
function normalize(x: usize, count: i32, length: i32, squares: usize, exponents: usize, start: bool): void {
  for (; count > 0; --count, x += (<usize>length) << 3, squares += 8, exponents += 4) {
    const largest = maxAbs(x, length);
    const e = largest > 0 ? Bits.exponent(largest) : 0;
    const half = -e >> 1;
    if (e != 0) {
      scale(x, x, length, Bits.powerOfTwo(half));
      scale(x, x, length, Bits.powerOfTwo(-e - half));
    }
    store<i32>(exponents, start ? e : load<i32>(exponents) + e);
    store<f64>(squares, dot(x, x, length));
  }
}

/**
 * Strand q against the strands of the block that begins at `first`, up to q; returns the number of rotations. The basis is rotated after the next angle
 * has been taken, whose long chain of roots and quotients would else be waited for.
 */
function rotateAgainst(
  x: usize,
  basis: usize,
  count: i32,
  length: i32,
  squares: usize,
  exponents: usize,
  first: i32,
  q: i32,
  coefficients: usize,
): i32 {
  const stride = (<usize>length) << 3;
  const basisStride = (<usize>count) << 3;
  const tolerance = tolerancePerEntry * <f64>length;
  const end = min(first + blockStrands, q);
  const xq = x + <usize>q * stride;
  const basisQ = basis + <usize>q * basisStride;
  const squareQ = squares + ((<usize>q) << 3);
  let xp = x + <usize>first * stride;
  let product = dot(xp, xq, length);
  let rotations = 0;
  let pending: usize = 0;
  let pendingAngle: usize = 0;
  for (let p = first; p < end; ++p, xp += stride) {
    const squareP = squares + ((<usize>p) << 3);
    const last = p + 1 == end;
    if (product * product <= tolerance * (load<f64>(squareP) * load<f64>(squareQ))) {
      if (!last) product = dot(xp + stride, xq, length);
      continue;
    }
    const angle = coefficients + ((<usize>(rotations & 1)) << 6);
    planeRotation(squareP, squareQ, exponents + ((<usize>p) << 2), exponents + ((<usize>q) << 2), product, angle);
    if (pending != 0) rotate(pending, basisQ, count, pendingAngle + 32);
    if (last) rotate(xp, xq, length, angle);
    else product = rotateAndDot(xp, xq, xp + stride, length, angle);
    if (load<f64>(squareQ) < 0) store<f64>(squareQ, dot(xq, xq, length));
    if (basis != 0) pending = basis + <usize>p * basisStride;
    pendingAngle = angle;
    ++rotations;
  }
  if (pending != 0) rotate(pending, basisQ, count, pendingAngle + 32);
  return rotations;
}
