import type { BoundedNorm } from "../bound/boundedNorm.js";
import type { DirectionBasis, DocumentDirection } from "./document.js";

/** A direction, and the vectors relative to which it is written. */
export interface DirectionInput {
  readonly norm: BoundedNorm;
  readonly theta: Float64Array;
  /** z = Σ λₖ ∇qₖ, and bounds of its errors. */
  readonly z: Float64Array;
  readonly error: Float64Array;
  /** f64[p]. */
  readonly direction: Float64Array;
}

/** A direction as a certificate holds it, and the vector that this is. */
export interface WrittenDirection {
  readonly document: DocumentDirection;
  readonly values: Float64Array;
}

/** Relative size of a difference that need not be written. */
const negligible = 1e-9;
/** Decimal digits of an entry. */
const digits = 12;
/** Least error of an entry that is looked at: smaller ones are of underflow alone. */
const floor = 2 ** -900;

/**
 * A direction in few numbers: θ itself; the steepest ascent of z in the norm, which it is but for the entries where z vanishes; or its entries other than 0,
 * also where that takes one number more: a steepest ascent along one coordinate, as in l1, is that number, and programs without our norms need not find it.
 */
export function documentDirection(input: DirectionInput): WrittenDirection {
  const { norm, theta, z, error, direction } = input;
  if (direction === theta) return { document: { from: "theta", entries: [] }, values: theta };
  const length = norm.upper(direction);
  const v = direction.map((entry) => entry / length);
  const written = [writtenFrom("zero", new Float64Array(v.length), v, () => false)];
  if (!norm.norm.decomposes) {
    const isUnsure = (j: number): boolean => error[j]! > floor && Math.abs(z[j]!) <= 8 * error[j]!;
    written.push(writtenFrom("combination", steepestAscent(norm, z), v, isUnsure));
  }
  return written.reduce((best, one) => (one.document.entries.length + 1 < best.document.entries.length ? one : best));
}

/** argmax {<z, u> : ||u|| <= 1}. */
export function steepestAscent(norm: BoundedNorm, z: Float64Array): Float64Array {
  const out = new Float64Array(z.length);
  norm.lmo(z, out);
  return out.map((entry) => -entry);
}

function writtenFrom(from: DirectionBasis, basis: Float64Array, v: Float64Array, isUnsure: (j: number) => boolean): WrittenDirection {
  const largest = v.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const entries: [number, number][] = [];
  const values = basis.slice();
  for (let j = 0; j < v.length; j++) {
    if (Math.abs(v[j]! - basis[j]!) <= negligible * largest && !isUnsure(j)) continue;
    values[j] = Number(v[j]!.toPrecision(digits));
    entries.push([j, values[j]!]);
  }
  return { document: { from, entries }, values };
}
