import type { Atoms } from "../atoms/atoms.js";
import { columnsOf } from "../atoms/columnsOf.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { lowerBound } from "../bound/provenBounds.js";
import { isHighsError, loadHighs, SimplexModel } from "../solver/highs.js";
import { MarginProgram } from "../solver/marginProgram.js";
import type { Problem } from "../solver/proposal.js";
import { proximalPoints } from "../solver/proximalPoints.js";
import { scaledRows } from "../solver/scaledRows.js";
import type { Bracket } from "../solver/smallestCombination.js";
import { WorkingRows } from "../solver/workingRows.js";

/** The set of directions of largest margin. */
export interface Uniqueness {
  /**
   * true: there is one. false: `other` has, within the tolerance, the same margin and is elsewhere. undefined: no other was found, and that there is none is
   * not proven.
   */
  readonly unique: boolean | undefined;
  /** A direction of length about 1 whose margin is at least (1 - 2 tolerance) times the upper bound. */
  readonly other?: Float64Array;
  /** ||theta - other||. */
  readonly distance?: number;
}

/** A distance, for directions of length 1, from which on two are different and not one found twice. */
const elsewhere = 1e-4;

/**
 * Looks for a second direction of the largest margin. Balls without flat pieces have one only. Where the ball is a polytope, the directions of (nearly) largest
 * margin are one too, over which a generic linear function is made largest and smallest: if both are at one place, it is all there is. Elsewhere the search
 * for a saddle point starts again from far away.
 *
 * @param atoms      the rows
 * @param norm       the norm
 * @param bracket    their bracket, closed
 * @param tolerance  its relative width
 * @param breathe    gives way to other work
 * @returns what is known
 */
export async function uniquenessOf(
  atoms: Atoms,
  norm: BoundedNorm,
  bracket: Bracket,
  { tolerance, breathe }: Pick<Problem, "tolerance" | "breathe">,
): Promise<Uniqueness> {
  if (norm.norm.strictlyConvex) return { unique: true };
  const enough = bracket.upper * (1 - 2 * tolerance);
  const program = MarginProgram.of(norm.norm, { length: norm.size, blocks: norm.blocks });
  const found = program
    ? await extremesAmong(atoms, program, bracket, tolerance)
    : [
        (
          await proximalPoints({
            atoms,
            norm,
            tolerance: tolerance / 2,
            iterations: Math.max(2000, bracket.iterations),
            start: farFrom(bracket),
            breathe,
          })
        ).theta,
      ];
  let farthest: { other: Float64Array; distance: number } | undefined;
  for (const theta of found) {
    if (!(lowerBound(atoms, norm, theta) >= enough)) continue;
    const length = norm.value(theta);
    const other = theta.map((value) => value / length);
    const distance = norm.value(other.map((value, j) => value - bracket.theta[j]!));
    if (!farthest || distance > farthest.distance) farthest = { other, distance };
  }
  if (farthest && farthest.distance > elsewhere) return { unique: false, ...farthest };
  return { unique: program && found.length === 2 ? true : undefined };
}

/** Minus the direction that is known, with its multipliers. */
function farFrom({ theta, lambda }: Bracket): Problem["start"] {
  return { lambda, theta: theta.map((value) => -value) };
}

/** Most entries of θ that are all looked at where they are in one sum. */
const fewColumns = 1000;
/** Entries whose price is below the largest by more than this share have a part of at most 2 tolerance / share in a direction of nearly largest margin. */
const nearShare = 1e-3;

/**
 * The extremes, none where HiGHS has no answer. Where Σ wⱼ |θⱼ| <= 1, over the columns whose prices |Σ λₖ Zₖⱼ| / wⱼ are nearly the largest: with γ = Σ λₖ ⟨Zₖ, θ⟩ <=
 * Σ priceⱼ wⱼ |θⱼ|, the others have no part in what has the largest margin.
 */
async function extremesAmong(atoms: Atoms, program: MarginProgram, bracket: Bracket, tolerance: number): Promise<Float64Array[]> {
  const weights = atoms.size > fewColumns && 2 * tolerance < elsewhere * nearShare ? program.weightsOfSum : undefined;
  try {
    if (!weights) return await extremes(atoms, program, bracket, tolerance);
    const prices = new Float64Array(atoms.size);
    atoms.combine(bracket.lambda, prices);
    for (const [j, weight] of weights.entries()) prices[j] = Math.abs(prices[j]!) / weight;
    const least = prices.reduce((most, price) => Math.max(most, price), 0) * (1 - nearShare);
    const columns = [...prices.keys()].filter((j) => prices[j]! >= least);
    const pick = (values: Float64Array): Float64Array => Float64Array.from(columns, (j) => values[j]!);
    const cut = { ...bracket, theta: pick(bracket.theta) };
    const found = await extremes(columnsOf(atoms, columns), MarginProgram.ofSum(pick(weights)), cut, tolerance);
    return found.map((theta) => {
      const whole = new Float64Array(atoms.size);
      for (const [i, j] of columns.entries()) whole[j] = theta[i]!;
      return whole;
    });
  } catch (error) {
    if (!isHighsError(error)) throw error;
    return [];
  }
}

/** Most rows that a round adds, and most rounds. */
const addedRows = 200;
const mostRounds = 50;

/** The directions of nearly largest margin at which a generic linear function is largest and smallest, over the rows that matter. */
async function extremes(atoms: Atoms, program: MarginProgram, bracket: Bracket, tolerance: number): Promise<Float64Array[]> {
  const rows = scaledRows(atoms);
  const smallestScale = rows.scales.reduce((least, scale) => Math.min(least, scale), Infinity);
  const working = new WorkingRows(atoms, rows, addedRows);
  working.addAll(working.lowest(bracket.theta, Infinity));
  program.atomRows = working.rows;
  program.lower[program.size] = (bracket.upper / smallestScale) * (1 - tolerance);
  const highs = await loadHighs();
  return [1, -1].flatMap((sign) => {
    for (let j = 0; j < atoms.size; j++) program.setCost(j, (sign * (((j * 7919 + 13) % 101) - 50.5)) / 50);
    program.setCost(program.size, 0);
    const model = new SimplexModel(highs, program);
    try {
      for (let round = 0; round < mostRounds; round++) {
        const { values, isOptimal } = model.solve();
        if (!isOptimal) return [];
        const theta = program.parameters(values);
        if (working.addAll(working.violated(theta, tolerance / 2)) === 0) return [theta];
      }
      return [];
    } finally {
      model.dispose();
    }
  });
}
