import { above } from "../arithmetic/outward.js";
import type { Atoms } from "../atoms/atoms.js";

const known = new WeakMap<Atoms, Float64Array>();

/** Upper bounds of ||Zₖ||₂, not far above it. Kept for as long as the atoms are. */
export function rowLengths(atoms: Atoms): Float64Array {
  const before = known.get(atoms);
  if (before) return before;
  const lengths = Float64Array.from({ length: atoms.count }, (_, k) =>
    atoms.length ? atoms.length(k) * (1 + 1e-5) : euclideanAbove(atoms.row(k)),
  );
  known.set(atoms, lengths);
  return lengths;
}

/** A number >= ||x||₂, of x / max |x|, so that no square leaves the range. */
export function euclideanAbove(x: Float64Array): number {
  let largest = 0;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !(largest < Infinity)) return largest;
  let sum = 0;
  for (const value of x) sum += (value / largest) * (value / largest);
  return above(largest * Math.sqrt(sum), x.length + 8);
}
