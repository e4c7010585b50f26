import type { Atoms } from "../atoms/atoms.js";
import { largestOf } from "./largestOf.js";
import { MarginProgram } from "./marginProgram.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRows, scaledRows } from "./scaledRows.js";
import { solvedProgramme } from "./solvedProgramme.js";

/** Columns at the start, and most that a round adds. */
const firstColumns = 400;
const addedColumns = 200;

/**
 * The largest margin where Σ wⱼ |θⱼ| <= 1, over the columns that matter, as a maximiser has no more entries than there are rows in its way: solved with the
 * other entries of θ at 0, and again with those at which the multipliers λ of the answer violate |Σ λₖ Zₖⱼ| <= γ wⱼ most, until none does. One product with
 * all rows prices every column.
 *
 * Source: Dantzig and Wolfe, Operations Research 8 (1960), for the generation of columns.
 */
export async function programmeByColumns(problem: Problem, weights: Float64Array): Promise<Proposal> {
  const { atoms, tolerance } = problem;
  const rows = scaledRows(atoms);
  const columns: number[] = [];
  const within = new Set<number>();
  const add = (sizes: Float64Array, most: number): number => {
    const added = largestOf(sizes, most);
    for (const j of added) within.add(j);
    columns.push(...added);
    return added.length;
  };
  const prices = new Float64Array(atoms.size);
  const guess = problem.start.lambda ?? new Float64Array(atoms.count).fill(1);
  atoms.combine(guess, prices);
  const first = prices.map((value, j) => Math.abs(value) / weights[j]!);
  if (problem.start.theta)
    add(
      problem.start.theta.map((value, j) => Math.abs(value) * weights[j]!),
      firstColumns,
    );
  add(
    first.map((value, j) => (within.has(j) ? 0 : value)),
    firstColumns,
  );
  if (columns.length === 0) columns.push(0);
  const theta = new Float64Array(atoms.size);
  let start = { ...problem.start };
  let spent = 0;
  for (;;) {
    const cut: Omit<Problem, "norm"> = {
      ...problem,
      atoms: cutAtoms(atoms, columns),
      iterations: problem.iterations - spent,
      start: { ...start, ...(start.theta && { theta: picked(start.theta, columns) }) },
    };
    const proposal = await solvedProgramme(cut, MarginProgram.ofSum(picked(weights, columns)), cutRows(atoms, rows, columns));
    spent += proposal.iterations;
    theta.fill(0);
    for (const [i, j] of columns.entries()) theta[j] = proposal.theta[i]!;
    const { lambda } = proposal;
    start = { lambda, theta: theta.slice() };
    atoms.combine(lambda, prices);
    let reached = 0; // the price of the columns within, which their answer makes equal
    for (const j of columns) reached = Math.max(reached, Math.abs(prices[j]!) / weights[j]!);
    const excess = prices.map((value, j) => (within.has(j) ? 0 : Math.abs(value) / weights[j]! - reached * (1 + tolerance / 4)));
    if (spent >= problem.iterations || add(excess, addedColumns) === 0) return { lambda, theta, iterations: spent };
  }
}

/** Some columns of atoms: products with θ whose other entries are 0. */
function cutAtoms(atoms: Atoms, columns: readonly number[]): Atoms {
  const whole = new Float64Array(atoms.size);
  return {
    count: atoms.count,
    size: columns.length,
    times: (theta, out) => {
      whole.fill(0);
      for (const [i, j] of columns.entries()) whole[j] = theta[i]!;
      atoms.times(whole, out);
    },
    combine: (lambda, out) => {
      atoms.combine(lambda, whole);
      out.set(picked(whole, columns));
    },
    row: (k) => picked(atoms.row(k), columns),
  };
}

/** Rows cut to some columns, by the scales of the whole rows. */
function cutRows(atoms: Atoms, rows: ScaledRows, columns: readonly number[]): ScaledRows {
  return {
    ...rows,
    take: (k) => {
      const row = atoms.row(k);
      return { index: k, row: Float64Array.from(columns, (j) => row[j]! / rows.scales[k]!), share: rows.share(k) };
    },
  };
}

function picked(values: Float64Array, columns: readonly number[]): Float64Array {
  return Float64Array.from(columns, (j) => values[j]!);
}
