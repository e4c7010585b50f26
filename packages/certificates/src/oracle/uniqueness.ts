import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "../atoms/atoms.js";
import { columnsAndFixed, columnsOf } from "../atoms/columnsOf.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { lowerBound } from "../bound/provenBounds.js";
import { isHighsError, loadHighs, SimplexModel } from "../solver/highs.js";
import { MarginProgram } from "../solver/marginProgram.js";
import type { Problem } from "../solver/proposal.js";
import { proximalPoints } from "../solver/proximalPoints.js";
import { scaledRows } from "../solver/scaledRows.js";
import { type Bracket, smallestCombination } from "../solver/smallestCombination.js";
import { WorkingRows } from "../solver/workingRows.js";
import { alongPiece, pieceOf, spread } from "./flatPieces.js";

/** The set of directions of largest margin. */
export interface Uniqueness {
  /**
   * true: there is one, or all are nearer to each other than 1e-4 of their length, of norms that are no polytopes 1e-3. false: `other` has, within the bracket, the same margin and is elsewhere.
   * undefined: no other was found, and that there is none is not proven.
   */
  readonly unique: boolean | undefined;
  /** A direction of length about 1 whose margin is at least (1 - 2 tolerance) times the upper bound; of norms that are no polytopes, with the finest tolerance reached. */
  readonly other?: Float64Array;
  /** || theta / ||theta|| - other ||. */
  readonly distance?: number;
}

/** A distance, for directions of length 1, from which on two are different and not one found twice. */
const elsewhere = 1e-4;

/** Directions nearer to each other than this share of their length count as one where the ball is no polytope. */
const nearby = 1e-3;
/** Relative width to which brackets are narrowed where the ball is no polytope: directions of nearly largest margin may be as far apart as its root. */
const finest = 1e-12;
/** So many roots of the relative width of a bracket apart, two directions are not one that the bracket leaves open. */
const rootsApart = 30;
const mostIterations = 2000;

/**
 * Looks for a second direction of the largest margin. Balls without flat pieces have one only. Where the ball is a polytope, the directions of (nearly) largest
 * margin are one too, over which a generic linear function is made largest and smallest: if both are at one place, it is all there is. Where the norm knows
 * the flat pieces of its sphere, all such directions are on one of them: rows that hold its directions in place prove that there is no second one, and along
 * others there is one. Elsewhere the search for a saddle point starts again from far away.
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
  { tolerance, breathe, signal }: Pick<Problem, "tolerance" | "breathe"> & { readonly signal?: AbortSignal | undefined },
): Promise<Uniqueness> {
  const shape = { length: norm.size, blocks: norm.blocks };
  if (norm.size === 1 || norm.norm.strictlyConvex || norm.norm.isStrictlyConvexOn?.(shape)) return { unique: true };
  const program = MarginProgram.of(norm.norm, shape);
  if (!program) return amongPieces({ atoms, norm, bracket }, breathe, signal);
  const found = await extremesAmong(atoms, program, bracket, tolerance);
  const farthest = farthestOf({ atoms, norm, bracket }, found, bracket.upper * (1 - 2 * tolerance));
  if (farthest && farthest.distance > elsewhere) return { unique: false, ...farthest };
  return { unique: found.length === 2 ? true : undefined };
}

/** A direction of largest margin. */
interface Known {
  readonly atoms: Atoms;
  readonly norm: BoundedNorm;
  readonly bracket: Bracket;
}

/** The answer where the ball is no polytope. */
async function amongPieces(
  { atoms, norm, bracket: given }: Known,
  breathe: Problem["breathe"],
  signal: AbortSignal | undefined,
): Promise<Uniqueness> {
  const iterations = Math.max(mostIterations, given.iterations);
  const { theta, lambda } = given;
  const narrowed = await smallestCombination(atoms, norm, {
    tolerance: finest,
    iterations,
    start: { theta, lambda },
    ...(signal && { signal }),
  });
  await breathe();
  const bracket = narrowed.upper - narrowed.lower < given.upper - given.lower ? narrowed : given;
  const width = Math.max(bracket.upper / bracket.lower - 1, finest);
  const enough = bracket.upper * (1 - 2 * width);
  const onPiece = pieceOf(atoms, norm, bracket);
  if (onPiece && spread(onPiece) <= nearby * Math.sqrt(innerProduct(bracket.theta, 0, bracket.theta, 0, norm.size)))
    return { unique: true };
  const isApart = (one: ReturnType<typeof farthestOf>): boolean =>
    one !== undefined && one.distance > Math.max(nearby, rootsApart * Math.sqrt(width));
  const along = onPiece && farthestOf({ atoms, norm, bracket }, alongPiece(onPiece, enough), enough);
  if (isApart(along)) return otherThan(given, norm, along!);
  const search = { atoms, norm, tolerance: width, iterations, breathe };
  const found = farthestOf({ atoms, norm, bracket }, [(await proximalPoints({ ...search, start: farFrom(bracket) })).theta], enough);
  return isApart(found) ? otherThan(given, norm, found!) : { unique: undefined };
}

/** A second direction, with its distance from that which the caller knows: the narrower bracket has another one. */
function otherThan({ theta }: Bracket, norm: BoundedNorm, { other }: Required<Pick<Uniqueness, "other">>): Uniqueness {
  return { unique: false, other, distance: distanceBetween(theta, other, norm) };
}

/** The point that is farthest from the direction that is known, of those with enough margin. */
function farthestOf(
  { atoms, norm, bracket }: Known,
  found: Iterable<Float64Array>,
  enough: number,
): Required<Pick<Uniqueness, "other" | "distance">> | undefined {
  let farthest: { other: Float64Array; distance: number } | undefined;
  for (const theta of found) {
    if (!(lowerBound(atoms, norm, theta) >= enough)) continue;
    const length = norm.value(theta);
    const other = theta.map((value) => value / length);
    const distance = distanceBetween(bracket.theta, other, norm);
    if (!farthest || distance > farthest.distance) farthest = { other, distance };
  }
  return farthest;
}

/** The distance between two directions, both brought to length 1: that of a bracket may be twice as long. */
function distanceBetween(one: Float64Array, other: Float64Array, norm: BoundedNorm): number {
  const [length, ofOther] = [norm.value(one), norm.value(other)];
  return norm.value(other.map((value, j) => value / ofOther - one[j]! / length));
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
    const widths = atoms.size > fewColumns ? program.halfWidths : undefined;
    if (widths) return await extremesInBox({ atoms, bracket, tolerance }, program, widths);
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

/** Share of its width up to which an entry may be away from its end and yet count as there. */
const atEnd = elsewhere / 8;

/**
 * The extremes where |θⱼ| <= bⱼ, over the entries that can be away from their ends. With g = Σ λₖ Zₖ a direction of the largest margin γ has
 *
 *   Σ |gⱼ| (bⱼ - sign(gⱼ) θⱼ) <= Σ |gⱼ| bⱼ - γ <= upper - lower
 *
 * so that an entry is away from its end by at most (upper - lower) / |gⱼ|, and those that are set to their ends move a product by no more than
 * (upper - lower) max |Zₖⱼ / gⱼ| together, for which half of the tolerance is left.
 */
async function extremesInBox(
  { atoms, bracket, tolerance }: Pick<Known, "atoms" | "bracket"> & Pick<Problem, "tolerance">,
  program: MarginProgram,
  widths: Float64Array,
): Promise<Float64Array[]> {
  const prices = new Float64Array(atoms.size);
  atoms.combine(bracket.lambda, prices);
  const total = bracket.lambda.reduce((sum, value) => sum + value, 0);
  const gap = (bracket.upper - bracket.lower + bracket.upper * 2 ** -48) * total;
  const largest = new Float64Array(atoms.size);
  for (const [k, weight] of bracket.lambda.entries()) {
    if (!(weight > 0)) continue;
    for (const [j, value] of atoms.row(k).entries()) largest[j] = Math.max(largest[j]!, Math.abs(value));
  }
  const isFixed = (j: number): boolean => {
    const price = Math.abs(prices[j]!);
    return gap <= atEnd * price * widths[j]! && gap * largest[j]! <= (tolerance / 2) * bracket.upper * price;
  };
  const fixed = Float64Array.from(widths, (width, j) => (isFixed(j) ? Math.sign(prices[j]!) * width : 0));
  const columns = [...prices.keys()].filter((j) => fixed[j] === 0);
  if (columns.length > atoms.size / 2) return extremes(atoms, program, bracket, tolerance);
  const ends = Float64Array.from([...columns.map((j) => widths[j]!), 1]);
  const box = MarginProgram.ofBox(Float64Array.from([...columns.map((j) => -widths[j]!), 1]), ends);
  const theta = Float64Array.from([...columns.map((j) => bracket.theta[j]!), 1]);
  const found = await extremes(columnsAndFixed(atoms, columns, fixed), box, { ...bracket, theta }, 1.5 * tolerance);
  return found.map((one) => {
    const whole = fixed.slice();
    for (const [i, j] of columns.entries()) whole[j] = one[i]!;
    return whole;
  });
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
