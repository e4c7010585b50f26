import { Bits } from "../scalar/bits";

/** Largest difference of exponents: vectors further apart are rotated as if they were 2^400 apart, which changes no bit, and no square overflows. */
const widest: i32 = 400;
/** Share of a squared norm below which it is summed afresh. */
const cancellation: f64 = 0.0625;

/**
 * planeRotation: the rotation that makes P = 2^ep p and Q = 2^eq q orthogonal, the longer one first.
 *
 * squareP, squareQ: addresses of f64 |p|², |q|², overwritten by those of the rotated vectors, or −1 where the shorter one lost so much that its norm must
 * be summed afresh; exponentP, exponentQ: addresses of i32 ep, eq, exchanged with the vectors; product = p·q, not zero.
 * coefficients: f64[8] ← a, b, c, d of `rotate` for p and q as they are stored, then those of the rotation itself.
 *
 * Divided by 2^(ep + eq): |P|² = |p|² 2^(ep − eq), |Q|² = |q|² 2^(eq − ep), D = |longer|² − |shorter|², H = √(D² + (2 product)²),
 * tan = 2 product / (D + H), sec² = 2 H / (D + H); |longer|² grows by tan · product, |shorter|² shrinks by it.
 */
export function planeRotation(squareP: usize, squareQ: usize, exponentP: usize, exponentQ: usize, product: f64, coefficients: usize): void {
  const ep = load<i32>(exponentP);
  const eq = load<i32>(exponentQ);
  const dp = load<f64>(squareP);
  const dq = load<f64>(squareQ);
  const apart = Bits.powerOfTwo(min(max(ep - eq, -widest), widest));
  const closer = Bits.powerOfTwo(min(max(eq - ep, -widest), widest));
  const weightP = dp * apart;
  const weightQ = dq * closer;
  const difference = abs(weightP - weightQ);
  const twice = 2 * product;
  const root = sqrt(difference * difference + twice * twice);
  const sum = difference + root;
  const tangent = twice / sum;
  const secant = sqrt((2 * root) / sum);
  const cosine = 1 - (tangent * tangent) / (secant * (1 + secant)); // 1 / secant is biased upwards for small angles, and the bias adds up
  const sine = cosine * tangent;
  const exchanged = tangent * product;

  if (weightP >= weightQ) {
    setCoefficients(coefficients, cosine, sine * closer, -(sine * apart), cosine);
    setCoefficients(coefficients + 32, cosine, sine, -sine, cosine);
    store<f64>(squareP, dp + exchanged * closer);
    store<f64>(squareQ, squareLeft(dq, exchanged * apart));
  } else {
    setCoefficients(coefficients, sine * apart, cosine, cosine, -(sine * closer));
    setCoefficients(coefficients + 32, sine, cosine, cosine, -sine);
    store<f64>(squareP, dq + exchanged * apart);
    store<f64>(squareQ, squareLeft(dp, exchanged * closer));
    store<i32>(exponentP, eq);
    store<i32>(exponentQ, ep);
  }
}

function setCoefficients(out: usize, a: f64, b: f64, c: f64, d: f64): void {
  store<f64>(out, a);
  store<f64>(out, b, 8);
  store<f64>(out, c, 16);
  store<f64>(out, d, 24);
}

function squareLeft(before: f64, loss: f64): f64 {
  const after = before - loss;
  return after > cancellation * before ? after : -1;
}
