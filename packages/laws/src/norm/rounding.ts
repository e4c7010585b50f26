import type { Arithmetic } from "../arithmetic.js";
import { gamma } from "../tolerance.js";
import type { Layout, NormSubject } from "./normSubject.js";

/** Per unit of the longer side: 50 n eps is what an exact singular value decomposition is held to. */
const factorisation = 100;

export function lengthOf(layout: Layout): number {
  return layout.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
}

/** The matrices of a vector of this length; a vector without layout is one column. */
export function layoutOf({ layouts }: Pick<NormSubject, "layouts">, length: number): Layout {
  return layouts?.find((layout) => lengthOf(layout) === length) ?? [[length, 1]];
}

/** Error of one evaluation over n entries, relative to the sum of magnitudes of its terms. */
export function roundingOf(subject: Pick<NormSubject, "layouts" | "extraRoundings">, n: number, arithmetic: Arithmetic): number {
  const side = subject.layouts ? Math.max(...layoutOf(subject, n).flat()) : 0;
  return gamma(2 * n + 16 + (subject.extraRoundings ?? factorisation * side), arithmetic);
}
