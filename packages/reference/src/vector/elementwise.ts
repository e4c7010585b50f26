import type { VectorKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { asinh } from "../scalar/asinh.js";
import { exp } from "../scalar/exp.js";
import { log1p } from "../scalar/log1p.js";
import { power } from "../scalar/power.js";
import { sinh } from "../scalar/sinh.js";

type Elementwise = Pick<
  VectorKernels,
  | "scale"
  | "axpy"
  | "axpby"
  | "multiply"
  | "scaleRows"
  | "transpose"
  | "signedPower"
  | "mirrorPower"
  | "decayHypot"
  | "adamDirection"
  | "scaledAsinh"
  | "scaledSinh"
>;

/** Entry by entry, so every aliasing that the contract permits is safe. */
export function elementwiseKernels({ f64 }: Memory): Elementwise {
  const scale: VectorKernels["scale"] = (x, out, n, factor) => {
    const [source, target] = [x >>> 3, out >>> 3];
    for (let i = 0; i < n; i++) f64[target + i] = factor * f64[source + i]!;
  };

  return {
    scale,
    axpy(x, y, n, factor) {
      const [source, target] = [x >>> 3, y >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = f64[target + i]! + factor * f64[source + i]!;
    },
    axpby(x, y, n, xFactor, yFactor) {
      const [source, target] = [x >>> 3, y >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = yFactor * f64[target + i]! + xFactor * f64[source + i]!;
    },
    multiply(x, y, out, n) {
      const [left, right, target] = [x >>> 3, y >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = f64[left + i]! * f64[right + i]!;
    },
    scaleRows(x, factor, out, rows, columns) {
      for (let i = 0; i < rows; i++) scale(x + 8 * i * columns, out + 8 * i * columns, columns, f64[(factor >>> 3) + i]!);
    },
    transpose(x, out, rows, columns) {
      const [source, target] = [x >>> 3, out >>> 3];
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) f64[target + j * rows + i] = f64[source + i * columns + j]!;
    },
    signedPower(x, out, n, divisor, exponent, factor) {
      const [source, target] = [x >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) {
        const v = f64[source + i]!;
        const magnitude = power(Math.abs(v) / divisor, exponent);
        f64[target + i] = v === 0 ? 0 : factor * (v < 0 ? -magnitude : magnitude);
      }
    },
    mirrorPower(theta, direction, n, length, exponent) {
      const [target, source] = [theta >>> 3, direction >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = movedInDual(f64[target + i]!, length * f64[source + i]!, exponent);
    },
    decayHypot(x, r, n, decay, gain) {
      const [source, target] = [x >>> 3, r >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = hypot(decay * f64[target + i]!, gain * f64[source + i]!);
    },
    adamDirection(m, r, out, n, meanScale, rootScale, epsilon) {
      const [means, roots, target] = [m >>> 3, r >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) {
        const mean = f64[means + i]!;
        f64[target + i] = mean === 0 ? 0 : -((meanScale * mean) / (rootScale * f64[roots + i]! + epsilon));
      }
    },
    scaledAsinh(x, out, n, divisor) {
      const [source, target] = [x >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = asinh(f64[source + i]! / divisor);
    },
    scaledSinh(x, out, n, factor) {
      const [source, target] = [x >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = factor * sinh(f64[source + i]!);
    },
  };
}

const smallestSum = 2 ** -960;
const largestSum = 2 ** 960;

/** √(a² + b²) without over- or underflow; NaN unless both are finite. */
function hypot(a: number, b: number): number {
  const squares = a * a + b * b;
  if (squares >= smallestSum && squares <= largestSum) return Math.sqrt(squares);
  const larger = Math.max(Math.abs(a), Math.abs(b));
  if (larger === 0) return 0;
  if (!(larger < Number.POSITIVE_INFINITY)) return Number.NaN;
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / larger;
  return larger * Math.sqrt(1 + ratio * ratio);
}

/** sign(z) |z|^(1/e), z = sign(v) |v|^e + change; relative to v where the change is at most |v|^e, so that a change of 0 keeps all bits. */
function movedInDual(v: number, change: number, exponent: number): number {
  if (exponent === 1) return v + change;
  if (change === 0) return v;
  const a = Math.abs(v);
  const rho = (v < 0 ? -change : change) * power(a, -exponent);
  if (a > 0 && rho >= -0.5 && rho <= 1) return v * exp(log1p(rho) / exponent);
  const old = power(a, exponent);
  const z = (v < 0 ? -old : old) + change;
  const magnitude = power(Math.abs(z), 1 / exponent);
  return z < 0 ? -magnitude : magnitude;
}
