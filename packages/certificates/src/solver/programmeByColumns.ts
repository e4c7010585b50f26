import { GrowingModel, type SignedEntry } from "./growingModel.js";
import { loadHighs } from "./highs.js";
import { largestOf } from "./largestOf.js";
import type { Problem, Proposal } from "./proposal.js";
import { scaledRows } from "./scaledRows.js";

/** Columns and rows at the start, and most that a round adds of each. */
const firstCount = 400;
const addedCount = 200;
/** A share of the margin by which rows and columns are violated without doubt, whatever the tolerances of HiGHS. */
const coarse = 1e-5;

/**
 * The largest margin where Σ wⱼ |θⱼ| <= 1, over the rows and the columns that matter, as an optimum has no more entries of θ than rows in its way: solved for
 * some of both, and again with the rows that the answer violates most, and the columns at which its multipliers violate |Σ λₖ Zₖⱼ| <= γ wⱼ most, until there are
 * none. A product with all rows prices every column, another finds the rows; every solve starts from the last basis.
 *
 * Source: Dantzig and Wolfe, Operations Research 8 (1960), for the generation of columns.
 */
export async function programmeByColumns(problem: Problem, weights: Float64Array): Promise<Proposal> {
  const { atoms, tolerance, iterations, start, breathe } = problem;
  const { count, size } = atoms;
  const rows = scaledRows(atoms);
  const zero = rows.scales.indexOf(0);
  if (zero >= 0) return { lambda: unit(count, zero), theta: new Float64Array(size), iterations: 0 };
  const [rowsWithin, columnsWithin] = [new Set<number>(), new Set<number>()];
  const [prices, products] = [new Float64Array(size), new Float64Array(count)];
  const sizeAt = (j: number): number => Math.abs(prices[j]!) / weights[j]!;
  const marginAt = (k: number): number => products[k]! / rows.scales[k]! / rows.share(k);
  /** Columns are told apart by entry and sign. */
  const nameOf = (j: number, sign: number): number => 2 * j + (sign < 0 ? 1 : 0);
  const signAt = (j: number): 1 | -1 => (prices[j]! < 0 ? -1 : 1);

  atoms.combine(start.lambda ?? new Float64Array(count).fill(1 / count), prices);
  atoms.times(start.theta ?? prices, products);
  const model = new GrowingModel(await loadHighs(), atoms, rows, weights);
  const addRows = (chosen: readonly number[]): number => {
    const added = [...new Set(chosen)].filter((k) => !rowsWithin.has(k));
    for (const k of added) rowsWithin.add(k);
    model.addRows(added);
    return added.length;
  };
  const addColumns = (chosen: readonly SignedEntry[]): number => {
    const added = chosen.filter(({ entry, sign }) => !columnsWithin.has(nameOf(entry, sign)));
    for (const { entry, sign } of added) columnsWithin.add(nameOf(entry, sign));
    model.addColumns(added);
    return added.length;
  };
  const priced = (j: number): SignedEntry => ({ entry: j, sign: signAt(j) });
  /** The rows and columns that an answer violates by more than a share of the margin, added; their number. */
  const addViolated = (theta: Float64Array, lambda: Float64Array, share: number): number => {
    atoms.times(theta, products);
    atoms.combine(lambda, prices);
    let [least, most] = [Infinity, 0];
    for (const k of rowsWithin) least = Math.min(least, marginAt(k));
    for (const name of columnsWithin) if (signAt(name >> 1) === (name & 1 ? -1 : 1)) most = Math.max(most, sizeAt(name >> 1));
    const lacking = products.map((_, k) => (rowsWithin.has(k) ? 0 : least - Math.abs(least) * share - marginAt(k)));
    const excess = prices.map((_, j) => (columnsWithin.has(nameOf(j, signAt(j))) ? 0 : sizeAt(j) - most * (1 + share)));
    return addRows(largestOf(lacking, addedCount)) + addColumns(largestOf(excess, addedCount).map(priced));
  };

  try {
    const guessed = start.lambda ? largestOf(start.lambda, firstCount) : [];
    const lowest = [...products.keys()].sort((a, b) => marginAt(a) - marginAt(b) || a - b);
    addRows([...guessed, ...lowest.slice(0, Math.max(firstCount - guessed.length, addedCount))]);
    if (start.theta) {
      const sizes = start.theta.map((value, j) => Math.abs(value) * weights[j]!);
      addColumns(largestOf(sizes, addedCount).map((j) => ({ entry: j, sign: start.theta![j]! < 0 ? -1 : 1 })));
    }
    addColumns(
      largestOf(
        prices.map((_, j) => sizeAt(j)),
        firstCount,
      ).map(priced),
    );
    if (columnsWithin.size === 0) addColumns([priced(0)]);
    let [theta, lambda]: [Float64Array, Float64Array] = [new Float64Array(size), unit(count, 0)];
    let rounds = 0;
    while (rounds < iterations) {
      rounds += 1;
      const answer = model.solve();
      await breathe();
      const rough = model.rough(answer);
      if (addViolated(rough.theta, rough.lambda, coarse) > 0) continue;
      // it is worth to be made exact
      ({ theta, lambda } = model.exact(answer) ?? rough);
      if (addViolated(theta, lambda, tolerance / 4) === 0) break;
    }
    return { lambda, theta, iterations: rounds };
  } finally {
    model.dispose();
  }
}

function unit(length: number, place: number): Float64Array {
  const out = new Float64Array(length);
  out[place] = 1;
  return out;
}
