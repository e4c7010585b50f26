import type { Atoms } from "./atoms.js";
import { matrixAtoms } from "./matrixAtoms.js";

/** Some rows of atoms, formed as a matrix. */
export function chosenAtoms(atoms: Atoms, indices: readonly number[]): Atoms {
  const values = new Float64Array(indices.length * atoms.size);
  for (const [i, k] of indices.entries()) values.set(atoms.row(k), i * atoms.size);
  return matrixAtoms(values, atoms.size);
}
