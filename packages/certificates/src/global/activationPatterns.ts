import { type ExactRow, exactProduct, pivotColumns, signOf } from "../arithmetic/exactRows.js";

/** The samples on which a neuron is active, off, or (only where the sample is 0) neither, and those that bound the cone of such neurons. */
export interface ActivationPattern {
  /** The signs of ⟨w, xᵢ⟩ for every w in the interior of the cone. */
  readonly signs: Int8Array;
  /** Samples whose planes are facets of the cone; of samples on one line, each. */
  readonly facets: readonly number[];
}

/** Largest rank of samples whose patterns are enumerated. */
export const largestRank = 3;

/**
 * All activation patterns of a neuron without bias: the sign vectors of ⟨w, xᵢ⟩ that open cones of w have, each once. There are 2n of them for n lines in the
 * plane, and n² - n + 2 for n lines in general position in space.
 *
 * A cone has an edge ±v, v the normal of rank - 1 samples. Next to v lie the cones with the signs of ⟨v, xᵢ⟩, and where these are 0 the patterns of the samples
 * on v's plane, which have a smaller rank. Everything is decided in integers, so parallel, opposite, coplanar and repeated samples are no special case.
 *
 * @param rows  the samples as integers, of rank at most `largestRank`
 * @returns patterns with their facets, in a fixed order
 */
export function activationPatterns(rows: readonly ExactRow[]): ActivationPattern[] {
  const columns = pivotColumns(rows, largestRank + 1);
  const rank = columns.length;
  const reduced = rows.map((row) => columns.map((c) => row[c]!));
  if (rank === 0) return [{ signs: new Int8Array(rows.length), facets: [] }];
  if (rank === 1) {
    const signs = Int8Array.from(reduced, ([value]) => signOf(value!));
    const facets = [...signs.keys()].filter((k) => signs[k] !== 0);
    return [
      { signs, facets },
      { signs: signs.map((sign) => -sign), facets },
    ];
  }
  const found = new Map<string, { signs: Int8Array; edges: Int32Array }>();
  for (const v of edgesOf(reduced, rank)) {
    const signs = Int8Array.from(reduced, (row) => signOf(exactProduct(v, row)));
    const within = [...signs.keys()].filter((k) => signs[k] === 0);
    const local = activationPatterns(within.map((k) => reduced[k]!));
    for (const side of [1, -1]) {
      for (const { signs: inner } of local) {
        const pattern = signs.map((sign) => side * sign);
        for (const [i, k] of within.entries()) pattern[k] = inner[i]!;
        const key = pattern.join();
        const known = found.get(key) ?? { signs: pattern, edges: new Int32Array(rows.length) };
        for (const k of within) known.edges[k]! += 1;
        found.set(key, known);
      }
    }
  }
  // a plane bounds a cone of rank r iff it holds r - 1 of its edges
  return [...found.values()].map(({ signs, edges }) => ({
    signs,
    facets: [...signs.keys()].filter((k) => signs[k] !== 0 && edges[k]! >= rank - 1),
  }));
}

/** The directions ±v, each once, in which the planes of rank - 1 independent rows meet. */
function edgesOf(rows: readonly ExactRow[], rank: number): ExactRow[] {
  const edges: ExactRow[] = [];
  const lines = distinctLines(rows);
  if (rank === 2) return lines.map(([x, y]) => [-y!, x!]);
  for (const [i, a] of lines.entries()) {
    for (let j = i + 1; j < lines.length; j++) {
      const v = cross(a, lines[j]!);
      const first = lines.findIndex((row, k) => k !== i && exactProduct(v, row) === 0n);
      if (first === j) edges.push(v); // i and j are the first two in their plane
    }
  }
  return edges;
}

/** The first of the rows on every line through 0. */
function distinctLines(rows: readonly ExactRow[]): ExactRow[] {
  const lines: ExactRow[] = [];
  for (const row of rows) {
    if (row.some((value) => value !== 0n) && !lines.some((other) => areParallel(row, other))) lines.push(row);
  }
  return lines;
}

function areParallel(x: ExactRow, y: ExactRow): boolean {
  return x.every((value, i) => x.every((other, j) => j <= i || value * y[j]! === other * y[i]!));
}

function cross([a, b, c]: ExactRow, [x, y, z]: ExactRow): ExactRow {
  return [b! * z! - c! * y!, c! * x! - a! * z!, a! * y! - b! * x!];
}
