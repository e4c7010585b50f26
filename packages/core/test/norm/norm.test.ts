import { type NormSubject, normLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { l2Of, lp, maxOf, norms, sumOf } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { matrixNormSubject, normSubject, oneMatrix, oneRow, twoBlocks } from "../support/normSubject.js";
import { lawOptions } from "../support/profile.js";

/** A vector seen as matrices in several ways; each way is another norm. */
const cuts = { "one row": oneRow, "one matrix": oneMatrix, "two matrices": twoBlocks };

const hybrids = [
  maxOf([norms.spectral, norms.linf], [1, 0.5]),
  sumOf([norms.nuclear, norms.l1], [2, 3]),
  l2Of([norms.spectral, norms.l2], [0.25, 4]),
];

describe.each(hosts)("norms on the $host", ({ kernels }) => {
  const neverAsked = new Set(normLaws.map(({ id }) => id));
  const ask = (subject: NormSubject, seed = lawOptions.seed): void => {
    const left = new Set(registerLaws(test, normLaws, subject, { ...lawOptions, seed }));
    for (const { id } of normLaws) if (!left.has(id)) neverAsked.delete(id);
  };

  describe.each(Object.entries({ ...norms, "lp(3)": lp(3), "lp(1.25)": lp(1.25) }))("%s", (_id, norm) => {
    describe.each(Object.entries(cuts))("on %s", (_cut, blocksOf) => {
      ask(normSubject(norm, kernels, blocksOf));
    });
  });

  describe.each(Object.entries(norms))("%s and its dual on matrices of several layouts", (_id, norm) => {
    const { invariances = [], partialIsometry = false } = norm.facts ?? {};
    ask(matrixNormSubject(norm, kernels, { invariances, ...(partialIsometry && { partialIsometry }) }));
  });

  describe.each(hybrids.map((norm) => [norm.id, norm] as const))("%s", (_id, norm) => {
    const subject = { ...normSubject(norm, kernels, twoBlocks), dimension: 12 };
    ask(subject);
    ask({ ...normSubject(norm.dual, kernels, twoBlocks), dimension: 12 }, 7);
  });

  test("every law of norms is asked of some norm", () => {
    expect([...neverAsked]).toEqual([]);
  });

  const subjects = Object.fromEntries(Object.entries(norms).map(([id, norm]) => [id, normSubject(norm, kernels)]));
  const g = Float64Array.of(3, -4, 0, -0, 4);

  test("values and directions of a vector worked by hand", () => {
    expect([subjects.l1!.norm(g), subjects.l2!.norm(g), subjects.linf!.norm(g)]).toEqual([11, Math.sqrt(41), 4]);
    expect([subjects.l1!.dualNorm(g), subjects.l2!.dualNorm(g), subjects.linf!.dualNorm(g)]).toEqual([4, Math.sqrt(41), 11]);
    expect(subjects.linf!.lmo(g)).toEqual(Float64Array.of(-1, 1, 0, 0, -1));
    expect(subjects.l2!.lmo(g).map((v) => v * Math.sqrt(41))[0]).toBeCloseTo(-3, 14);
  });

  test("the l1 direction takes the lowest index of a tie", () => {
    expect(subjects.l1!.lmo(g)).toEqual(Float64Array.of(0, 1, 0, 0, 0));
    expect(subjects.l1!.lmo(Float64Array.of(2, -2, 2))).toEqual(Float64Array.of(-1, 0, 0));
  });

  test("projections of a vector worked by hand", () => {
    expect(subjects.l1!.projectBall!(g, 5)).toEqual(Float64Array.of(1, -2, 0, -0, 2));
    expect(subjects.linf!.projectBall!(g, 3)).toEqual(Float64Array.of(3, -3, 0, -0, 3));
    expect(subjects.l2!.projectBall!(Float64Array.of(3, -4), 2.5)).toEqual(Float64Array.of(1.5, -2));
  });
});
