import { requireInteger, requireList, requireObject } from "../check/require.js";
import { checkData, type LabelledData } from "./data.js";
import type { Network } from "./network.js";

/** Samples that no network of a kind can give their labels, however wide it is and however long it trains. */
export interface Contradictions {
  /** Samples whose coordinates are all 0, in increasing order: their score is 0, hence their margin is never positive. */
  readonly zero: readonly number[];
  /**
   * [i, j] for samples j of another label than an earlier sample i which is given the same label: they are equal, or, where f(cx) = cᵏ f(x) for c > 0,
   * positive multiples. In increasing order of j; i is the first such sample.
   */
  readonly opposed: readonly (readonly [number, number])[];
}

/**
 * Samples that contradict one another, or that no such network can classify. Exact: a multiple up to rounding only does not count.
 *
 * @param data     not modified; finite, one label per row
 * @param network  the network that is to separate them: only equal samples contradict one another where it is not homogeneous in them, as with biases. Absent:
 *                 any network without biases
 * Cost: O(n log n) comparisons of rows.
 * @returns indices of samples and of pairs; both lists are empty where every sample can be right
 */
export function contradictionsOf(data: LabelledData, network?: Pick<Network, "inputDegree">): Contradictions {
  checkData("data", data, false);
  const { inputs, inputDim, labels } = data;
  const rows = Array.from({ length: labels.length }, (_, i) => inputs.subarray(i * inputDim, (i + 1) * inputDim));
  const pivots = rows.map((row) => row.findIndex((x) => x !== 0));
  if (network && !(network.inputDegree! > 0)) return { zero: [], opposed: opposedAmong([...rows.keys()], compareRows(rows), rows, labels) };
  // Equal quotients stand together: of rows that are multiples of each other they are the same reals, hence the same doubles.
  const order = (i: number, j: number): number => pivots[i]! - pivots[j]! || compareDirections(rows[i]!, rows[j]!, pivots[i]!);
  const directed = [...rows.keys()].filter((i) => pivots[i]! >= 0);
  return { zero: [...rows.keys()].filter((i) => pivots[i]! < 0), opposed: opposedAmong(directed, order, rows, labels) };
}

/** Opposed pairs among samples, of which only those that are equal in an order can be opposed. */
function opposedAmong(
  samples: number[],
  order: (i: number, j: number) => number,
  rows: readonly Float64Array[],
  labels: ArrayLike<number>,
): [number, number][] {
  samples.sort((i, j) => order(i, j) || i - j);
  const opposed: [number, number][] = [];
  for (let start = 0; start < samples.length; ) {
    let end = start + 1;
    while (end < samples.length && order(samples[start]!, samples[end]!) === 0) end++;
    opposed.push(...opposedWithin(samples.slice(start, end), rows, labels));
    start = end;
  }
  return opposed.sort(([, a], [, b]) => a - b);
}

const compareRows =
  (rows: readonly Float64Array[]) =>
  (i: number, j: number): number => {
    const k = rows[i]!.findIndex((x, at) => x !== rows[j]![at]);
    return k < 0 ? 0 : rows[i]![k]! - rows[j]![k]!;
  };

/** Order of x / |x_pivot| and y / |y_pivot|, entry by entry. */
function compareDirections(x: Float64Array, y: Float64Array, pivot: number): number {
  const [xScale, yScale] = [Math.abs(x[pivot]!), Math.abs(y[pivot]!)];
  for (let k = pivot; k < x.length; k++) {
    const [a, b] = [x[k]! / xScale, y[k]! / yScale];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** Opposed pairs among samples of equal quotients, in increasing order. */
function opposedWithin(samples: readonly number[], rows: readonly Float64Array[], labels: ArrayLike<number>): [number, number][] {
  if (samples.every((i) => labels[i] === labels[samples[0]!])) return [];
  const found: [number, number][] = [];
  const classes: { readonly first: number; readonly byLabel: Map<number, number> }[] = [];
  for (const j of samples) {
    let own = classes.find(({ first }) => isPositiveMultiple(rows[first]!, rows[j]!));
    if (!own) {
      own = { first: j, byLabel: new Map() };
      classes.push(own);
    }
    const other = firstOfAnother(own.byLabel, labels[j]!);
    if (other !== undefined) found.push([other, j]);
    if (!own.byLabel.has(labels[j]!)) own.byLabel.set(labels[j]!, j);
  }
  return found;
}

/** The first sample of another label; the map holds the first of each, in increasing order. */
function firstOfAnother(byLabel: ReadonlyMap<number, number>, label: number): number | undefined {
  for (const [known, sample] of byLabel) if (known !== label) return sample;
  return undefined;
}

/** True if xᵢ y_pivot = yᵢ x_pivot for all i, in exact arithmetic; the rows have equal quotients. */
function isPositiveMultiple(x: Float64Array, y: Float64Array): boolean {
  if (x.every((value, k) => value === y[k])) return true;
  const pivot = x.findIndex((value) => value !== 0);
  return x.every((value, k) => areEqualProducts(value, y[pivot]!, y[k]!, x[pivot]!));
}

function areEqualProducts(a: number, b: number, c: number, d: number): boolean {
  const [left, right] = [productOf(a, b), productOf(c, d)];
  if (left.mantissa === 0n || right.mantissa === 0n) return left.mantissa === right.mantissa;
  const shift = left.exponent - right.exponent;
  return shift >= 0 ? left.mantissa << BigInt(shift) === right.mantissa : left.mantissa === right.mantissa << BigInt(-shift);
}

interface Exact {
  readonly mantissa: bigint;
  readonly exponent: number;
}

function productOf(a: number, b: number): Exact {
  const [x, y] = [exact(a), exact(b)];
  return { mantissa: x.mantissa * y.mantissa, exponent: x.exponent + y.exponent };
}

/** mantissa 2^exponent */
function exact(x: number): Exact {
  const bits = new DataView(new Float64Array([x]).buffer).getBigUint64(0, true);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
}

const mostNamed = 5;

/**
 * The contradictions in words, samples counted from 0: "sample 4 is all zero; samples 0 and 7 ..."; undefined without any.
 *
 * @param contradictions  of `contradictionsOf`
 * @param data            the samples that they are about
 * @returns a clause, or undefined
 */
export function contradictionText(contradictions: Contradictions, data: LabelledData): string | undefined {
  const { zero, opposed } = requireObject("contradictions", contradictions);
  for (const [i, sample] of requireList("contradictions.zero", zero, "samples").entries())
    requireInteger(`contradictions.zero[${i}]`, sample, 0);
  for (const [i, pair] of requireList("contradictions.opposed", opposed, "pairs").entries()) {
    const [first, second] = requireList(`contradictions.opposed[${i}]`, pair, "two samples");
    requireInteger(`contradictions.opposed[${i}][0]`, first!, 0);
    requireInteger(`contradictions.opposed[${i}][1]`, second!, 0);
  }
  checkData("data", data, false);
  const { inputs, inputDim } = data;
  const rowOf = (i: number): Float64Array => inputs.subarray(i * inputDim, (i + 1) * inputDim);
  const areEqual = (i: number, j: number): boolean => rowOf(i).every((x, k) => x === rowOf(j)[k]);
  const texts = [
    ...(zero.length > 0 ? [zero.length === 1 ? `sample ${zero[0]} is all zero` : `samples ${listed(zero.map(String))} are all zero`] : []),
    ...opposed.slice(0, mostNamed).map(([i, j]) => {
      const what = areEqual(i, j) ? "are equal" : "lie in one direction from zero";
      return `samples ${i} and ${j} ${what} and have ${data.classes === undefined ? "opposite" : "different"} labels`;
    }),
    ...(opposed.length > mostNamed ? [`${opposed.length - mostNamed} more pairs are like these`] : []),
  ];
  return texts.length > 0 ? texts.join("; ") : undefined;
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(", ")} and ${more} more` : names.join(", ");
}
