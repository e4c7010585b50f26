import type { Atoms } from "../atoms/atoms.js";
import { chosenAtoms } from "../atoms/chosenAtoms.js";
import { rowLengths } from "../bound/rowLengths.js";
import { isHighsError, loadHighs, SimplexModel } from "../solver/highs.js";
import { MarginProgram } from "../solver/marginProgram.js";
import { scaledRows } from "../solver/scaledRows.js";
import { vertexOf } from "../solver/vertex.js";

/**
 * The solution of max {minₖ ⟨Zₖ, θ⟩ : ⟨g, θ⟩ >= 1}, which is negative where the hull of the rows holds 0 inside.
 *
 * @param atoms  the rows
 * @param g      f64[p], not 0
 * @returns θ, and multipliers whose combination of rows is nearly a negative multiple of g; undefined where HiGHS has no answer with a regular basis
 */
export async function bestAlong(
  atoms: Atoms,
  g: Float64Array,
): Promise<{ readonly theta: Float64Array; readonly lambda: Float64Array } | undefined> {
  const program = new MarginProgram(atoms.size);
  program.normRows.push({ indices: [...g.keys()], values: [...g.map((value) => -value)], upper: -1 });
  const lengths = rowLengths(atoms);
  const indices = [...lengths.keys()].filter((k) => lengths[k]! > 0);
  if (indices.length === 0) return undefined;
  // a row that is 0 says γ <= 0
  if (indices.length < atoms.count) program.upper[program.size] = 0;
  const rows = scaledRows(chosenAtoms(atoms, indices));
  for (const i of indices.keys()) program.atomRows.push(rows.take(i));
  const highs = await loadHighs().catch(() => undefined);
  if (!highs) return undefined;
  const model = new SimplexModel(highs, program);
  try {
    const { basis, isOptimal } = model.solve();
    const vertex = isOptimal ? vertexOf(program, basis) : undefined;
    if (!vertex) return undefined;
    const lambda = new Float64Array(atoms.count);
    for (const [i, k] of indices.entries()) lambda[k] = vertex.multipliers[i]! * rows.share(i);
    return { theta: vertex.theta, lambda };
  } catch (error) {
    if (!isHighsError(error)) throw error;
    return undefined;
  } finally {
    model.dispose();
  }
}
