import { MarginProgram } from "./marginProgram.js";
import { programmeByColumns } from "./programmeByColumns.js";
import type { Problem, Proposal } from "./proposal.js";
import { scaledRows } from "./scaledRows.js";
import { solvedProgramme } from "./solvedProgramme.js";

/** Most entries of θ that are all columns from the start. */
const fewColumns = 4000;

/**
 * The largest margin in a norm whose unit ball is a polytope, as a linear programme over the rows that matter: solved for some, and again with those that the
 * answer violates most, until none is. HiGHS proposes which rows and entries are at their bounds; parameters and multipliers are then solved for in our own
 * arithmetic, so that its tolerances decide nothing.
 */
export async function linearProgramme(problem: Problem): Promise<Proposal> {
  const { norm } = problem;
  const program = MarginProgram.of(norm.norm, { length: norm.size, blocks: norm.blocks })!;
  const weights = norm.size > fewColumns ? program.weightsOfSum : undefined;
  return weights ? programmeByColumns(problem, weights) : solvedProgramme(problem, program, scaledRows(problem.atoms));
}
