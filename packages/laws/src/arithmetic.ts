export type Precision = "f64" | "f32";

/** The numbers that a subject computes with, and those that it is asked about. */
export interface Arithmetic {
  readonly precision: Precision;
  /** u: the largest relative error of one rounding. */
  readonly unitRoundoff: number;
  /** The spacing of subnormal numbers: the absolute error of a result that is one of them. */
  readonly subnormalSpacing: number;
  /** log2 of the smallest normal number. */
  readonly smallestNormal: number;
  /** Scales 2^k at which vectors are generated: the largest one leaves room for sums of 40 entries. */
  readonly exponents: { readonly min: number; readonly max: number };
  /** Scales at which numbers, or their squares, begin to underflow or overflow. */
  readonly edges: readonly number[];
  /** The sizes |x| of the entries that are generated, beside 0. */
  readonly range: readonly [smallest: number, largest: number];
  /** The number of this precision that is nearest to x. */
  round(x: number): number;
}

export interface ArithmeticOptions {
  /** The arithmetic of the subject, which decides tolerances and cases; binary64 by default. */
  readonly precision?: Precision;
  /** The sizes of the entries that are generated, beside 0: a subject that squares them has about half the exponents. All of the precision by default. */
  readonly range?: readonly [smallest: number, largest: number];
}

const everySize = [0, Number.POSITIVE_INFINITY] as const;

/** Source of both: IEEE 754-2019, table 3.5. */
const formats: Readonly<Record<Precision, Omit<Arithmetic, "range">>> = {
  f64: {
    precision: "f64",
    unitRoundoff: 2 ** -53,
    subnormalSpacing: 2 ** -1074,
    smallestNormal: -1022,
    exponents: { min: -1074, max: 996 },
    edges: [-1074, -1022, -540, 510, 996],
    round: (x) => x,
  },
  f32: {
    precision: "f32",
    unitRoundoff: 2 ** -24,
    subnormalSpacing: 2 ** -149,
    smallestNormal: -126,
    exponents: { min: -149, max: 100 },
    edges: [-149, -126, -76, 62, 100],
    round: Math.fround,
  },
};

export const precisions: readonly Precision[] = Object.keys(formats) as Precision[];

/** Laws bring vectors to the size of 1 and compare entries of it: a range must hold these. */
const innermost = [1e-3, 1e3] as const;

/** Integers of up to 6 bits are scaled by a power of two. */
const entryBits = 6;

/**
 * The arithmetic of a subject: precision, and the range of its entries.
 *
 * @param options  precision "f64" or "f32", and the sizes |x| that are generated beside 0
 * @returns roundoff, exponents and rounding of that precision
 * @throws TypeError  on a precision that does not exist, or a range without numbers from 1e-3 to 1e3
 */
export function arithmeticOf({ precision = "f64", range }: ArithmeticOptions = {}): Arithmetic {
  const format = Object.hasOwn(formats, precision) ? formats[precision] : undefined;
  if (!format) throw new TypeError(`precision: must be one of ${precisions.join(", ")}, got ${precision}`);
  if (range === undefined) return { ...format, range: everySize };
  const [smallest, largest] = range;
  if (!(smallest >= 0 && smallest <= innermost[0] && largest >= innermost[1])) {
    throw new TypeError(
      `range: must be [smallest, largest] with 0 <= smallest <= ${innermost[0]} and largest >= ${innermost[1]}, got [${range.join(", ")}]`,
    );
  }
  const { min, max } = format.exponents;
  const exponents = {
    min: Math.max(min, smallest > 0 ? Math.ceil(Math.log2(smallest)) : min),
    max: Math.min(max, Math.floor(Math.log2(largest)) - entryBits),
  };
  const edges = format.edges.map((edge) => Math.min(Math.max(edge, exponents.min), exponents.max));
  return { ...format, exponents, edges, range: [smallest, largest] };
}

export const binary64: Arithmetic = arithmeticOf();

/** The entry that replaces x in questions: of the subject's precision and in the range; smaller ones become 0. */
export function entryOf({ round, range: [smallest, largest] }: Arithmetic, x: number): number {
  const rounded = round(x);
  const size = Math.abs(rounded);
  if (size < smallest) return rounded < 0 ? -0 : 0;
  return size > largest ? Math.sign(rounded) * round(largest) : rounded;
}

/**
 * γₙ = n u / (1 - n u): the relative error of n roundings in a row, in binary64 without another arithmetic. Source: Higham, Accuracy and Stability of
 * Numerical Algorithms, lemma 3.1.
 *
 * @param roundings   n, with n u < 1
 * @param arithmetic  its unit roundoff; binary64 by default
 * @returns γₙ
 */
export function gamma(roundings: number, { unitRoundoff }: Pick<Arithmetic, "unitRoundoff"> = binary64): number {
  return (roundings * unitRoundoff) / (1 - roundings * unitRoundoff);
}

/**
 * Error of one evaluation over n entries, relative to the sum of magnitudes of its terms: per entry one product and one sum, and 16
 * roundings for scaling, roots, powers and the law's own arithmetic.
 *
 * @param n           number of entries
 * @param arithmetic  its unit roundoff; binary64 by default
 * @returns a relative error
 */
export function evaluationError(n: number, arithmetic: Pick<Arithmetic, "unitRoundoff"> = binary64): number {
  return gamma(2 * n + 16, arithmetic);
}

/**
 * x 2^k for |k| <= 2046: exact unless the result is subnormal or overflows. Scaled like this, laws can multiply numbers near 1e300 and 1e-300 without leaving
 * the range of binary64.
 */
export function timesPowerOfTwo(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return x * 2 ** half * 2 ** (k - half);
}

/** x 2^k, entry by entry. */
export function scaled(x: Float64Array, k: number): Float64Array {
  return x.map((entry) => timesPowerOfTwo(entry, k));
}

/** About log2 of the largest |xᵢ|, an integer; 0 for a vector of zeros. */
export function exponentOf(x: Float64Array): number {
  let largest = 0;
  for (const entry of x) largest = Math.max(largest, Math.abs(entry));
  return largest > 0 ? Math.floor(Math.log2(largest)) : 0;
}

/** Σ xᵢ yᵢ, and Σ |xᵢ yᵢ|, which its rounding error is proportional to. */
export function dot(x: Float64Array, y: Float64Array): { value: number; magnitude: number } {
  let value = 0;
  let magnitude = 0;
  for (let i = 0; i < x.length; i++) {
    const term = x[i]! * y[i]!;
    value += term;
    magnitude += Math.abs(term);
  }
  return { value, magnitude };
}
