import type { BoundedNorm } from "../bound/boundedNorm.js";
import { diagonalAtoms } from "./diagonalAtoms.js";
import { isHighsError } from "./highs.js";
import { leastNormPoint } from "./leastNormPoint.js";
import { linearProgramme } from "./linearProgramme.js";
import { MarginProgram } from "./marginProgram.js";
import type { Solver } from "./proposal.js";
import { proximalPoints } from "./proximalPoints.js";

/** A solver with what it reaches. */
export interface NamedSolver {
  readonly name: string;
  readonly tolerance: number;
  readonly iterations: number;
  /** true: it takes longer than the answer in ℓ2, and starts from that. */
  readonly startsInEuclidean: boolean;
  readonly propose: Solver;
}

/** The solver for a norm, by what the norm declares of itself. */
export function solverOf({ norm, size, blocks }: BoundedNorm): NamedSolver {
  const shape = { length: size, blocks };
  const diagonal = norm.euclideanDiagonal?.(shape);
  if (diagonal) return { name: "active set", tolerance: 1e-9, iterations: 20_000, startsInEuclidean: false, propose: euclidean(diagonal) };
  if (MarginProgram.of(norm, shape))
    return { name: "linear programme", tolerance: 1e-9, iterations: 1000, startsInEuclidean: true, propose: programme };
  return pointsFor(size);
}

/** Entries of rows from which on the simplex method takes minutes where all of them are columns. */
const longRows = 20_000;

/**
 * The solver of a search that ends at bounds apart by 1e-6. Where rows are long and the norm is no sum, whose programme has few columns in its way, proximal points
 * take the place of the linear programme: they stay near the start, while vertices of a face of answers violate rows without end.
 */
export function searchSolverOf(norm: BoundedNorm): NamedSolver {
  const { size, blocks } = norm;
  const isLong = size > longRows && norm.norm.euclideanDiagonal?.({ length: size, blocks }) === undefined;
  const program = isLong ? MarginProgram.of(norm.norm, { length: size, blocks }) : undefined;
  return program && !program.weightsOfSum ? pointsFor(size) : solverOf(norm);
}

function pointsFor(size: number): NamedSolver {
  return { name: points, tolerance: 1e-6, iterations: pointsWithin(size), startsInEuclidean: true, propose: proximalPoints };
}

/** The name of the method of proximal points, and how many of its iterations stand for a linear programme. */
const points = "proximal points";
const perProgramme = 200;

/** Most iterations of proximal points: fewer where rows are long, so that any search ends within a few minutes. */
const pointsWithin = (size: number): number => Math.min(200_000, Math.ceil(2 ** 27 / size));

/** The linear programme; where HiGHS gives up on it or is not there, proximal points. */
async function programme(problem: Parameters<Solver>[0]): ReturnType<Solver> {
  try {
    return await linearProgramme(problem);
  } catch (error) {
    if (!isHighsError(error)) throw error;
    return { ...(await proximalPoints({ ...problem, iterations: problem.iterations * perProgramme })), method: points };
  }
}

/** max {minₖ ⟨Zₖ, θ⟩ : ||D θ||₂ <= 1} is that of the rows Z D⁻¹ in ℓ2. */
function euclidean(diagonal: Float64Array): Solver {
  const inverse = diagonal.map((value) => 1 / value);
  return async (problem) => {
    const { start } = problem;
    const theta = start.theta?.map((value, j) => value * diagonal[j]!);
    const inner = { ...problem, atoms: diagonalAtoms(problem.atoms, inverse), start: { ...start, ...(theta && { theta }) } };
    const proposal = await leastNormPoint(inner);
    return { ...proposal, theta: proposal.theta.map((value, j) => value * inverse[j]!) };
  };
}
