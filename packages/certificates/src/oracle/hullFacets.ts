import { type ExactRow, exactProduct, exactRow, lengthOf } from "../arithmetic/exactRows.js";
import type { Atoms } from "../atoms/atoms.js";

/** A facet of the hull of rows: all of them have ⟨normal, z⟩ >= level, those on it with equality. */
export interface HullFacet {
  /** Doubles in the ratios of integers that may be longer, up to `error` in every entry. */
  readonly normal: Float64Array;
  readonly error: number;
  /** A number >= the level, at most 0. */
  readonly level: number;
}

/** Most dimensions in which facets are enumerated, and most planes through rows that are looked at. */
const mostDimensions = 3;
const mostPlanes = 300_000;
/** Bits of the integers, at most. */
const mostBits = 800;

/**
 * All facets of the hull of rows in at most three dimensions, one of them for every choice of rows that lies on it, decided in integers.
 *
 * @param atoms  rows whose hull holds 0
 * @returns the facets; undefined where there are too many dimensions or rows, or where entries differ by too much
 */
export function hullFacets(atoms: Atoms): HullFacet[] | undefined {
  const { count, size } = atoms;
  if (size > mostDimensions || planeCount(count, size) > mostPlanes) return undefined;
  const flat = new Float64Array(count * size);
  for (let k = 0; k < count; k++) flat.set(atoms.row(k), k * size);
  const integers = exactRow(flat); // one power of two for all
  if (integers.reduce((most, value) => Math.max(most, lengthOf(value)), 0) * size > mostBits) return undefined;
  const rows = Array.from({ length: count }, (_, k) => integers.slice(k * size, (k + 1) * size));
  const first = flat.findIndex((value) => value !== 0);
  const unit = first < 0 ? 1 : Math.abs(flat[first]!) / Number(integers[first]! < 0n ? -integers[first]! : integers[first]!);
  const facets: HullFacet[] = [];
  for (const { normal, through } of planesOf(rows, size)) {
    const level = exactProduct(normal, rows[through]!);
    let [isAbove, isBelow] = [false, false];
    for (const row of rows) {
      const product = exactProduct(normal, row);
      if (product > level) isAbove = true;
      else if (product < level) isBelow = true;
      if (isAbove && isBelow) break;
    }
    // a flat hull is on both sides of its plane
    if (!isBelow) facets.push(rounded(normal, level, unit));
    if (!isAbove) facets.push(rounded(negated(normal), -level, unit));
  }
  return facets;
}

/** n over size. */
function planeCount(n: number, size: number): number {
  let product = 1;
  for (let i = 0; i < size; i++) product = (product * (n - i)) / (i + 1);
  return product;
}

interface Plane {
  readonly normal: ExactRow;
  /** A row that lies on it. */
  readonly through: number;
}

/** The planes through `size` of the rows, with normals that are not 0. */
function* planesOf(rows: readonly ExactRow[], size: number): Generator<Plane> {
  for (let i = 0; i < rows.length; i++) {
    if (size === 1) yield { normal: [1n], through: i };
    for (let k = i + 1; k < rows.length && size > 1; k++) {
      const one = difference(rows[k]!, rows[i]!);
      if (one.every((value) => value === 0n)) continue;
      if (size === 2) yield { normal: [-one[1]!, one[0]!], through: i };
      for (let l = k + 1; l < rows.length && size === 3; l++) {
        const other = difference(rows[l]!, rows[i]!);
        const normal = [
          one[1]! * other[2]! - one[2]! * other[1]!,
          one[2]! * other[0]! - one[0]! * other[2]!,
          one[0]! * other[1]! - one[1]! * other[0]!,
        ];
        if (normal.some((value) => value !== 0n)) yield { normal, through: i };
      }
    }
  }
}

function negated(x: ExactRow): ExactRow {
  return x.map((value) => -value);
}

function difference(x: ExactRow, y: ExactRow): ExactRow {
  return x.map((value, j) => value - y[j]!);
}

function rounded(normal: ExactRow, level: bigint, unit: number): HullFacet {
  const longest = normal.reduce((most, value) => Math.max(most, lengthOf(value)), 0);
  const shift = BigInt(Math.max(longest - 52, 0));
  const isExact = shift === 0n;
  // an arithmetic shift rounds downwards
  const above = Number((level >> shift) + (isExact ? 0n : 1n)) * unit;
  return {
    normal: Float64Array.from(normal, (value) => Number(value >> shift)),
    error: isExact ? 0 : 1,
    level: Math.min(above * (1 - 2 ** -51) + 2 ** -1070, 0),
  };
}
