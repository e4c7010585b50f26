import { leastNormPoint } from "./leastNormPoint.js";
import type { Problem, Proposal } from "./proposal.js";
import { ProximalNewton } from "./proximalNewton.js";
import { scaledRows } from "./scaledRows.js";
import { firstRows, WorkingRows } from "./workingRows.js";

/** The gap at which the first rows are left for others. */
const coarse = 1e-2;
/** A combination of rows of length 1 to 2 that is as short as rounding makes it. */
const asGoodAsZero = 2 ** -46;

/** Most rows that a round adds. */
const addedRows = 200;
/** Most entries of all rows for which no choice is made. */
const fewEntries = 20_000;

/**
 * max over ||θ|| <= 1 of min over the simplex of ⟨μ, Ẑ θ⟩ for any norm, by proximal points: all that is asked of the norm is the projection onto its ball and
 * how that changes. It is run on the rows that matter, and on with those that its answer violates, until none is, or the bounds come no nearer.
 */
export async function proximalPoints(problem: Problem): Promise<Proposal> {
  const { atoms, iterations, tolerance, breathe } = problem;
  const rows = scaledRows(atoms);
  const zero = rows.scales.indexOf(0);
  const lambda = new Float64Array(atoms.count);
  if (zero >= 0) {
    lambda[zero] = 1;
    return { lambda, theta: new Float64Array(atoms.size), iterations: 0 };
  }
  const start = iterations > 0 ? await startOf(problem) : problem.start;
  const working = new WorkingRows(atoms, rows, addedRows);
  working.addAll(firstRows({ ...problem, start }, working, fewEntries));
  const guess = start.lambda && Float64Array.from(working.indices, (k) => Math.max(start.lambda![k]!, 0));
  const search = new ProximalNewton(working.rows, problem.norm, { ...start, ...(guess && { lambda: guess }) });
  // the bounds are apart by the gap on the chosen rows and by how far others are violated
  const closest = 0.6 * tolerance;
  let [spent, wanted] = [0, Math.max(coarse, closest)];
  for (;;) {
    while (spent < iterations && search.gap() > wanted && search.upper() > asGoodAsZero && !search.isStuck()) {
      spent += search.step(wanted);
      await breathe();
    }
    if (spent >= iterations) break;
    if (working.addAll(working.violated(search.best().theta, wanted / 2)) > 0) search.extend();
    else if (wanted <= closest || search.upper() <= asGoodAsZero || search.isStuck()) break;
    else wanted = Math.max(wanted / 10, closest);
  }
  const best = search.best();
  for (const [i, k] of working.indices.entries()) lambda[k] = best.lambda[i]!;
  return { lambda, theta: best.theta, iterations: spent };
}

/** The start that is given, or the answer in ℓ2, which takes little. */
async function startOf(problem: Problem): Promise<Problem["start"]> {
  if (problem.start.lambda || problem.start.theta) return problem.start;
  const { lambda, theta } = await leastNormPoint({ ...problem, tolerance: 1e-6, iterations: 2000 });
  return { lambda, theta };
}
