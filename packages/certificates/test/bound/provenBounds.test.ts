import { readFileSync } from "node:fs";
import { normFromText } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, lowerBound, matrixAtoms, upperBound } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

interface Case {
  readonly norm: string;
  /** References as high + low. */
  readonly above: readonly [number, number];
  readonly below: readonly [number, number];
}
const cases = JSON.parse(readFileSync(new URL("../golden/provenBounds.json", import.meta.url), "utf8")) as Case[];
const norms = [...new Set(cases.map(({ norm }) => norm))];

/** The inputs of case number c, as the generator of the references makes them. */
function inputsOf(c: number) {
  let state = c * 7919 + 1;
  const integer = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state;
  };
  const word = (): number => integer() >> 11;
  const small = (most: number): number => 1 + ((integer() >> 16) % most);
  const entry = (): number => (word() - 524288) / 524288;
  for (let i = 0; i < 3; i++) integer();
  const [count, rows, columns] = [small(6), small(4), small(5)];
  const isCombined = norms.indexOf(cases[c]!.norm) >= 12;
  const size = rows * columns + (isCombined ? 3 : 0);
  const kind = Math.floor(c / norms.length) % 4;
  const scale = 2 ** [0, -480, 480, 0][kind]!;
  const z = Array.from({ length: count }, () => Float64Array.from({ length: size }, () => entry() * scale));
  const theta = Float64Array.from({ length: size }, entry);
  let weights = Float64Array.from({ length: count }, () => (1 + word()) / 1048576);
  if (kind === 3 && count > 1) {
    z[1] = z[0]!.map((value) => -value + (word() - 524288) / 2 ** 50);
    weights = weights.map((_, k) => (k < 2 ? 0.5 : 0));
  }
  const blocks = [{ offset: 0, rows, columns }, ...(isCombined ? [{ offset: rows * columns, rows: 1, columns: 3 }] : [])];
  return { values: Float64Array.from(z.flatMap((row) => [...row])), size, theta, weights, blocks, isCancelling: kind === 3 && count > 1 };
}

describe.each(norms)("bounds in %s", (id) => {
  const own = cases.flatMap(({ norm }, c) => (norm === id ? [c] : []));
  test(`hold against 50 digits in ${own.length} cases, and are close`, () => {
    for (const c of own) {
      const { values, size, theta, weights, blocks, isCancelling } = inputsOf(c);
      const { above, below } = cases[c]!;
      const atoms = matrixAtoms(values, size);
      const norm = boundedNorm(normFromText(id), kernels, blocks);
      expect(norm.isProven).toBe(true);
      const [lower, upper] = [lowerBound(atoms, norm, theta), upperBound(atoms, norm, weights)];
      // the difference of a bound and the leading part of a reference is exact, for they are near each other
      expect(upper - above[0], `case ${c}`).toBeGreaterThanOrEqual(above[1]);
      expect(lower - below[0], `case ${c}`).toBeLessThanOrEqual(below[1]);
      // at most 20 entries and 6 rows: the roundings that are allowed for are some hundred ε, of lp norms some thousand
      expect(upper / above[0] - 1, `case ${c}`).toBeLessThan(2e-12);
      if (below[0] > 0 && !isCancelling) expect(1 - lower / below[0], `case ${c}`).toBeLessThan(2e-12);
      if (below[0] === 0) expect(lower).toBe(0);
    }
  });
});
