import { Bits } from "../scalar/bits";
import { dot } from "../vector/dot";
import { maxAbs } from "../vector/maxAbs";
import { scale } from "../vector/scale";
import { rotate } from "./rotate";

const maxSweeps: i32 = 40;
/** Strands further apart than 2^400 are rotated as if they were 2^400 apart: the same to the last bit, and ζ² does not overflow. */
const widest: i32 = 400;
/** A squared norm of which less than this share is left is summed afresh. */
const cancellation: f64 = 0.0625;
/** ε² */
const tolerancePerEntry: f64 = 4.930380657631324e-32; // 2^-104

/**
 * jacobi: rotates the strands of X against each other until they are orthogonal: X ← J X, basis ← J basis.
 *
 * x: f64[count][length], finite; strand p stands for 2^exponents[p] x[p] and has its largest entry in [1, 2) when a sweep begins, so strands of any scale
 * are treated alike. basis: f64[count][count], or 0 for none. squares: f64[count] ← squared norms of the strands as they are stored, `dot` in the end;
 * exponents: i32[count], overwritten. Pairs p < q row by row; each rotation makes p the longer one. A pair is orthogonal when
 * dot² ≤ ε² length |p|² |q|²; the sweeps end when all are, at the latest after 40.
 */
export function jacobi(x: usize, basis: usize, count: i32, length: i32, squares: usize, exponents: usize): void {
  const stride = (<usize>length) << 3;
  const basisStride = (<usize>count) << 3;
  const tolerance = tolerancePerEntry * <f64>length;
  memory.fill(exponents, 0, (<usize>count) << 2);
  for (let sweep = 0; sweep < maxSweeps; ++sweep) {
    normalize(x, count, length, squares, exponents);
    let rotations = 0;
    let xp = x;
    for (let p: usize = 0; p < <usize>count; ++p, xp += stride) {
      let xq = xp + stride;
      for (let q = p + 1; q < <usize>count; ++q, xq += stride) {
        const product = dot(xp, xq, length);
        if (product * product <= tolerance * (load<f64>(squares + (p << 3)) * load<f64>(squares + (q << 3)))) continue;
        const basisP = basis == 0 ? 0 : basis + p * basisStride;
        const basisQ = basis == 0 ? 0 : basis + q * basisStride;
        rotatePair(
          xp,
          xq,
          length,
          basisP,
          basisQ,
          count,
          squares + (p << 3),
          squares + (q << 3),
          exponents + (p << 2),
          exponents + (q << 2),
          product,
        );
        ++rotations;
      }
    }
    if (rotations == 0) return;
  }
  normalize(x, count, length, squares, exponents);
}

/** Every strand ← strand · 2^−e with its largest entry in [1, 2), e added to its exponent; its squared norm. */
function normalize(x: usize, count: i32, length: i32, squares: usize, exponents: usize): void {
  for (; count > 0; --count, x += (<usize>length) << 3, squares += 8, exponents += 4) {
    const largest = maxAbs(x, length);
    if (largest > 0) {
      const e = Bits.exponent(largest);
      const half = -e >> 1;
      if (e != 0) {
        scale(x, x, length, Bits.powerOfTwo(half));
        scale(x, x, length, Bits.powerOfTwo(-e - half));
      }
      store<i32>(exponents, load<i32>(exponents) + e);
    }
    store<f64>(squares, dot(x, x, length));
  }
}

/**
 * One rotation of strands p and q with dot product `product`. With P = 2^ep p and Q = 2^eq q, all divided by 2^(ep + eq): |P|² = dp 2^(ep − eq),
 * |Q|² = dq 2^(eq − ep), ζ = (|longer|² − |shorter|²) / (2 product), tan = sign(ζ) / (|ζ| + √(1 + ζ²)).
 */
function rotatePair(
  xp: usize,
  xq: usize,
  length: i32,
  basisP: usize,
  basisQ: usize,
  count: i32,
  squareP: usize,
  squareQ: usize,
  exponentP: usize,
  exponentQ: usize,
  product: f64,
): void {
  const ep = load<i32>(exponentP);
  const eq = load<i32>(exponentQ);
  const dp = load<f64>(squareP);
  const dq = load<f64>(squareQ);
  const apart = Bits.powerOfTwo(min(max(ep - eq, -widest), widest));
  const closer = 1 / apart;
  const weightP = dp * apart;
  const weightQ = dq * closer;
  const zeta = abs(weightP - weightQ) / (2 * product);
  const tangent = (product < 0 ? -1.0 : 1.0) / (abs(zeta) + sqrt(1 + zeta * zeta));
  const secant = sqrt(1 + tangent * tangent);
  const cosine = 1 - (tangent * tangent) / (secant * (1 + secant)); // 1 / secant is biased upwards for small angles, and the bias adds up
  const sine = cosine * tangent;

  if (weightP >= weightQ) {
    rotate(xp, xq, length, cosine, sine * closer, -(sine * apart), cosine);
    if (basisP != 0) rotate(basisP, basisQ, count, cosine, sine, -sine, cosine);
    store<f64>(squareP, dp + tangent * product * closer);
    store<f64>(squareQ, squareLeft(dq, tangent * product * apart, xq, length));
  } else {
    rotate(xp, xq, length, sine * apart, cosine, cosine, -(sine * closer));
    if (basisP != 0) rotate(basisP, basisQ, count, sine, cosine, cosine, -sine);
    store<f64>(squareP, dq + tangent * product * apart);
    store<f64>(squareQ, squareLeft(dp, tangent * product * closer, xq, length));
    store<i32>(exponentP, eq);
    store<i32>(exponentQ, ep);
  }
}

/** The squared norm of the shorter strand, which lost `loss`. */
function squareLeft(before: f64, loss: f64, x: usize, n: i32): f64 {
  const after = before - loss;
  return after > cancellation * before ? after : dot(x, x, n);
}
