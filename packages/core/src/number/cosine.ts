import { normalizingExponent, powerOfTwo } from "./binaryScale.js";

/** A vector times a power of two that makes its largest entry about 1, and its Euclidean norm then: no square leaves the range of f64. */
interface Normalized {
  readonly factor: number;
  readonly length: number;
}

function normalized(x: Float64Array): Normalized {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  const factor = powerOfTwo(normalizingExponent(largest));
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i]! * factor * (x[i]! * factor);
  return { factor, length: Math.sqrt(squares) };
}

/** <a, b> / (||a||₂ ||b||₂), sums in increasing index; in [-1, 1] up to rounding, NaN where a vector is 0 or not finite. */
export function cosineOf(a: Float64Array, b: Float64Array): number {
  const [ofA, ofB] = [normalized(a), normalized(b)];
  let inner = 0;
  for (let i = 0; i < a.length; i++) inner += a[i]! * ofA.factor * (b[i]! * ofB.factor);
  return inner / ofA.length / ofB.length;
}

/** ||a / ||a||₂ - b / ||b||₂||₂, the chord between two points of the unit sphere; NaN where a vector is 0 or not finite. */
export function chordBetween(a: Float64Array, b: Float64Array): number {
  const [ofA, ofB] = [normalized(a), normalized(b)];
  let squares = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i]! * ofA.factor) / ofA.length - (b[i]! * ofB.factor) / ofB.length;
    squares += difference * difference;
  }
  return Math.sqrt(squares);
}
