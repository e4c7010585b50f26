import type { FlatPiece } from "@steepest/core";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { lowerBound } from "../bound/provenBounds.js";
import { euclideanAbove } from "../bound/rowLengths.js";
import { rightVectors } from "../solver/rightVectors.js";
import type { Bracket } from "../solver/smallestCombination.js";

/** Most directions of a piece that are looked at. */
const mostDirections = 60;
/** Multipliers below this share of the largest hold no row in place. */
const heldShare = 1e-6;
/** Margins within this share of the smallest are those of rows that must not fall. */
const tightShare = 1e-9;
/** Singular values below this share of the largest are 0 where a second direction is looked for; it is then measured. */
const nullShare = 1e-7;
/** Rounding in z and its decomposition, as a share of ||z||_*. */
const rounding = 2 ** -44;

/** A direction of largest margin, with the piece of the sphere on which z = Σ λₖ Zₖ is largest: all others are there. */
export interface MaximiserOnPiece {
  readonly atoms: Atoms;
  readonly norm: BoundedNorm;
  /** Narrow. */
  readonly bracket: Bracket;
  readonly piece: FlatPiece;
}

/**
 * The piece of the unit sphere that holds all directions of largest margin: θ with <z, θ> >= Σ λₖ <Zₖ, θ> >= γ*, while ||z||_* is at most the upper bound.
 *
 * @param atoms    the rows
 * @param norm     the norm
 * @param bracket  their bracket
 * @returns undefined where the norm does not know it
 */
export function pieceOf(atoms: Atoms, norm: BoundedNorm, bracket: Bracket): MaximiserOnPiece | undefined {
  if (!norm.flatPiece) return undefined;
  const z = new Float64Array(atoms.size);
  atoms.combine(sharesOf(bracket), z);
  return { atoms, norm, bracket, piece: norm.flatPiece(z, mostDirections) };
}

function sharesOf({ lambda }: Bracket): Float64Array {
  const total = lambda.reduce((sum, value) => sum + value, 0);
  return lambda.map((value) => value / total);
}

/**
 * An upper bound of the Euclidean distance between θ and every direction of largest margin, Infinity where none is known.
 *
 * With ε the width of the bracket, Σ λₖ (<Zₖ, θ'> - lower) <= ε for every such θ', so that margins of rows with multipliers agree to ε / λₖ. Two such directions
 * differ by t in the span of the piece and e across it, |e| <= 2 distance(ε). With B the rows on the span and E what they are across it, B t + E e = δ, |δₖ| <=
 * ε / λₖ, and |t| <= |B⁺ E|_F |e| + |δ| / σ_min(B).
 */
export function spread({ atoms, bracket, piece }: MaximiserOnPiece): number {
  if (!piece.isWhole) return Infinity;
  const gap = Math.max(bracket.upper - bracket.lower, 0) + rounding * bracket.upper;
  const aside = 2 * piece.distance(gap);
  const { directions } = piece;
  if (directions.length === 0) return aside;
  const shares = sharesOf(bracket);
  const held = shares.reduce((most, value) => Math.max(most, value), 0) * heldShare;
  const rows = [...shares.keys()].filter((k) => shares[k]! > held);
  if (rows.length < directions.length) return Infinity;
  const parts = rows.map((k) => split(atoms.row(k), directions));
  const { values, vectors } = rightVectors(
    parts.map(({ along }) => along),
    directions.length,
  );
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  if (!(least > 0)) return Infinity;
  let squares = 0;
  for (const [e, value] of values.entries()) {
    const image = new Float64Array(atoms.size); // σ² times a row of V' B⁺ E
    for (const { along, across } of parts) {
      const factor = innerProduct(along, 0, vectors[e]!, 0, along.length);
      for (let j = 0; j < image.length; j++) image[j]! += factor * across[j]!;
    }
    squares += innerProduct(image, 0, image, 0, image.length) / (value * value) ** 2;
  }
  const uneven = Math.sqrt(rows.reduce((sum, k) => sum + (gap / shares[k]!) ** 2, 0));
  return Math.sqrt(squares) * aside + uneven / least + aside;
}

/** A row on orthonormal directions, and what is left of it. */
function split(row: Float64Array, directions: readonly Float64Array[]): { readonly along: Float64Array; readonly across: Float64Array } {
  const along = Float64Array.from(directions, (direction) => innerProduct(row, 0, direction, 0, row.length));
  const across = row.slice();
  for (const [i, direction] of directions.entries()) for (let j = 0; j < row.length; j++) across[j]! -= along[i]! * direction[j]!;
  return { along, across };
}

/**
 * Points of the piece beside θ whose margins are as large: along the directions in which no row of smallest margin changes, as far as they go.
 *
 * @returns f64[p] each, with a margin of at least `enough`; none is no proof
 */
export function* alongPiece({ atoms, norm, bracket, piece }: MaximiserOnPiece, enough: number): Generator<Float64Array> {
  const { directions } = piece;
  const { theta } = bracket;
  const margins = new Float64Array(atoms.count);
  atoms.times(theta, margins);
  const least = margins.reduce((low, value) => Math.min(low, value), Infinity);
  const rows: Float64Array[] = [];
  for (const [k, margin] of margins.entries()) {
    if (margin > least * (1 + tightShare) && !(bracket.lambda[k]! > 0)) continue;
    const row = atoms.row(k);
    const scale = 1 / euclideanAbove(row);
    rows.push(Float64Array.from(directions, (direction) => scale * innerProduct(row, 0, direction, 0, row.length)));
  }
  const { values, vectors } = rightVectors(rows, directions.length);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  for (const [e, value] of values.entries()) {
    if (value > nullShare * largest) continue;
    const along = new Float64Array(atoms.size);
    for (const [i, direction] of directions.entries()) for (let j = 0; j < along.length; j++) along[j]! += vectors[e]![i]! * direction[j]!;
    for (const sign of [1, -1]) {
      for (let t = sign; Math.abs(t) > 2 ** -12; t /= 2) {
        const other = theta.map((value, j) => value + t * along[j]!);
        if (!(lowerBound(atoms, norm, other) >= enough)) continue;
        yield other;
        break;
      }
    }
  }
}
