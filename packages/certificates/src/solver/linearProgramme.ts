import { loadHighs, SimplexModel } from "./highs.js";
import { MarginProgram } from "./marginProgram.js";
import type { Problem, Proposal } from "./proposal.js";
import { scaledRows } from "./scaledRows.js";
import { vertexOf } from "./vertex.js";
import { firstRows, WorkingRows } from "./workingRows.js";

/** Most rows that a round adds. */
const addedRows = 200;
/** Most entries of rows that are all taken at once. */
const fewEntries = 40_000;
/** A share of the margin by which rows are violated without doubt, whatever the tolerances of HiGHS. */
const coarse = 1e-5;

/**
 * The largest margin in a norm whose unit ball is a polytope, as a linear programme over the rows that matter: solved for some, and again with those that the
 * answer violates most, until none is. HiGHS proposes which rows and entries are at their bounds; parameters and multipliers are then solved for in our own
 * arithmetic, so that its tolerances decide nothing.
 */
export async function linearProgramme(problem: Problem): Promise<Proposal> {
  const { atoms, norm, iterations, breathe } = problem;
  const rows = scaledRows(atoms);
  const lambda = new Float64Array(atoms.count);
  const zero = rows.scales.indexOf(0);
  if (zero >= 0) {
    lambda[zero] = 1;
    return { lambda, theta: new Float64Array(atoms.size), iterations: 0 };
  }
  const highs = await loadHighs();
  const program = MarginProgram.of(norm.norm, { length: norm.size, blocks: norm.blocks })!;
  const working = new WorkingRows(atoms, rows, addedRows);
  working.addAll(firstRows(problem, working, fewEntries));
  program.atomRows = working.rows;
  const model = new SimplexModel(highs, program);
  try {
    let theta: Float64Array = new Float64Array(atoms.size);
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
      if (working.addAll(working.violated(theta, problem.tolerance / 4)) === 0) break;
    }
    return { lambda, theta, iterations: rounds };
  } finally {
    model.dispose();
  }
}
