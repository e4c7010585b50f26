import type { Atoms } from "../atoms/atoms.js";
import { loadHighs, SimplexModel } from "./highs.js";
import { MarginProgram } from "./marginProgram.js";
import type { Problem, Proposal } from "./proposal.js";
import { type ScaledRows, scaledRows } from "./scaledRows.js";
import { vertexOf } from "./vertex.js";

/** Most rows that a round adds. */
const addedRows = 200;
/** Most entries of rows that are all taken at once. */
const fewEntries = 40_000;

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
  const working = new WorkingRows(atoms, rows, program);
  working.addAll(firstRows(problem, working));
  const model = new SimplexModel(highs, program);
  try {
    let theta: Float64Array = new Float64Array(atoms.size);
    let rounds = 0;
    while (rounds < iterations) {
      rounds += 1;
      const answer = model.solve();
      const vertex = vertexOf(program, answer.basis);
      const multipliers = vertex?.multipliers ?? answer.rowDuals.subarray(program.normRows.length);
      theta = vertex?.theta ?? program.parameters(answer.values);
      lambda.fill(0);
      for (const [i, { index, share }] of program.atomRows.entries()) lambda[index] = Math.max(multipliers[i]!, 0) * share;
      await breathe();
      if (working.addAll(working.violated(theta, problem.tolerance / 4)) === 0) break;
    }
    return { lambda, theta, iterations: rounds };
  } finally {
    model.dispose();
  }
}

/** All rows where they are few; else those of a start, and those with the least products with a start, or with the mean of all. */
function firstRows({ atoms, start }: Problem, working: WorkingRows): Iterable<number> {
  if (atoms.count * atoms.size <= fewEntries) return Array.from({ length: atoms.count }, (_, k) => k);
  const guessed = start.lambda ? [...start.lambda.keys()].filter((k) => start.lambda![k]! > 0) : [];
  const theta = start.theta ?? new Float64Array(atoms.size);
  if (!start.theta) atoms.combine(new Float64Array(atoms.count).fill(1 / atoms.count), theta);
  return [...guessed, ...working.lowest(theta, Infinity)];
}

/** The rows of a programme among all rows. */
class WorkingRows {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #program: MarginProgram;
  readonly #within = new Set<number>();
  readonly #products: Float64Array;

  constructor(atoms: Atoms, rows: ScaledRows, program: MarginProgram) {
    this.#atoms = atoms;
    this.#rows = rows;
    this.#program = program;
    this.#products = new Float64Array(atoms.count);
  }

  /** Adds rows; returns how many were not yet within. */
  addAll(indices: Iterable<number>): number {
    const before = this.#within.size;
    for (const k of indices) {
      if (this.#within.has(k)) continue;
      this.#within.add(k);
      this.#program.atomRows.push(this.#rows.take(k));
    }
    return this.#within.size - before;
  }

  /** Rows outside whose margin is below those of the rows within by more than a share of it, the most violated first. */
  violated(theta: Float64Array, share: number): number[] {
    if (this.#within.size === this.#atoms.count) return [];
    this.#atoms.times(theta, this.#products);
    let least = Infinity;
    for (const k of this.#within) least = Math.min(least, this.#margin(k));
    return this.#lowest(least - Math.abs(least) * share).filter((k) => !this.#within.has(k));
  }

  /** Rows with the least margins, in their order. */
  lowest(theta: Float64Array, below: number): number[] {
    this.#atoms.times(theta, this.#products);
    return this.#lowest(below);
  }

  #lowest(below: number): number[] {
    const order = [...this.#products.keys()].filter((k) => this.#margin(k) < below);
    return order.sort((a, b) => this.#margin(a) - this.#margin(b) || a - b).slice(0, addedRows);
  }

  /** ⟨Zₖ, θ⟩ over the least scale. */
  #margin(k: number): number {
    return this.#products[k]! / this.#rows.scales[k]! / this.#rows.share(k);
  }
}
