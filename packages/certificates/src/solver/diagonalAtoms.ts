import type { Atoms } from "../atoms/atoms.js";

/** The rows Z D of atoms Z, D = diag(d); the atoms themselves where every dⱼ is 1. */
export function diagonalAtoms(atoms: Atoms, d: Float64Array): Atoms {
  if (d.every((value) => value === 1)) return atoms;
  const { count, size } = atoms;
  return {
    count,
    size,
    times: (theta, out) =>
      atoms.times(
        theta.map((value, j) => value * d[j]!),
        out,
      ),
    combine: (lambda, out) => {
      atoms.combine(lambda, out);
      for (let j = 0; j < size; j++) out[j]! *= d[j]!;
    },
    row: (k) => atoms.row(k).map((value, j) => value * d[j]!),
  };
}
