import { loadHighs, SimplexModel } from "./highs.js";
import type { MarginProgram } from "./marginProgram.js";
import type { Problem, Proposal, Rest } from "./proposal.js";
import type { ScaledRows } from "./scaledRows.js";
import { vertexOf } from "./vertex.js";
import { firstRows, WorkingRows } from "./workingRows.js";

/** Most rows that a round adds. */
const addedRows = 200;
/** Most entries of rows that are all taken at once. */
const fewEntries = 40_000;
/** A share of the margin by which rows are violated without doubt, whatever the tolerances of HiGHS. */
const coarse = 1e-5;

/**
 * The answer of a programme over the rows that matter.
 *
 * @param problem  the question; its norm is in the programme
 * @param program  without atoms
 * @param rows     all rows of the problem's atoms, scaled
 */
export async function solvedProgramme(problem: Omit<Problem, "norm">, program: MarginProgram, rows: ScaledRows): Promise<Proposal> {
  const { atoms, iterations, breathe } = problem;
  const lambda = new Float64Array(atoms.count);
  const zero = rows.scales.indexOf(0);
  if (zero >= 0) {
    lambda[zero] = 1;
    return { lambda, theta: new Float64Array(atoms.size), iterations: 0 };
  }
  const highs = await loadHighs();
  const working = new WorkingRows(atoms, rows, addedRows);
  working.addAll(firstRows(problem, working, fewEntries));
  program.atomRows = working.rows;
  const model = new SimplexModel(highs, program);
  try {
    let theta: Float64Array = new Float64Array(atoms.size);
    let rest: Rest | undefined;
    let rounds = 0;
    while (rounds < iterations) {
      rounds += 1;
      const answer = model.solve();
      await breathe();
      // rows that the answer violates by far are added before it is worth to be made exact
      if (working.addAll(working.violated(program.parameters(answer.values), coarse)) > 0) continue;
      const vertex = vertexOf(program, answer.basis);
      const multipliers = vertex?.multipliers ?? answer.rowDuals.subarray(program.normRows.length);
      theta = vertex?.theta ?? program.parameters(answer.values);
      lambda.fill(0);
      for (const [i, { index, share }] of program.atomRows.entries()) lambda[index] = Math.max(multipliers[i]!, 0) * share;
      rest = undefined;
      if (vertex) {
        rest = { theta: vertex.thetaRest, lambda: new Float64Array(atoms.count) };
        for (const [i, { index, share }] of program.atomRows.entries()) rest.lambda[index] = vertex.multipliersRest[i]! * share;
      }
      if (working.addAll(working.violated(theta, problem.tolerance / 4)) === 0) break;
    }
    return { lambda, theta, iterations: rounds, ...(rest && { rest }) };
  } finally {
    model.dispose();
  }
}
