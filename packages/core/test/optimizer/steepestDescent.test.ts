import { registerLaws, type StepSubject, stepLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { type BlocksOf, l2Of, lp, maxOf, type Norm, norms, sumOf } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { oneMatrix, oneRow, twoBlocks } from "../support/normSubject.js";
import { stepSubject } from "../support/optimizerSubject.js";
import { lawOptions } from "../support/profile.js";

interface Space extends Pick<StepSubject, "dimension" | "extraRoundings"> {
  readonly on: string;
  readonly blocksOf: BlocksOf;
}

const row: Space = { on: "one row", blocksOf: oneRow };
const pair: Space = { on: "two matrices", blocksOf: twoBlocks };

/** A decomposition is held to 50 n ε, that is 100 roundings per row or column of the longer side. */
const svdRoundings = (longerSide: number): number => 100 * longerSide;
const decomposedMatrix: Space = { on: "a 4 x 5 matrix", blocksOf: oneMatrix, dimension: 20, extraRoundings: svdRoundings(5) };
const decomposedPair: Space = { on: "a 3 x 2 matrix and a row of 6", blocksOf: twoBlocks, dimension: 12, extraRoundings: svdRoundings(6) };

/** Matrices where the norm depends on them, smaller ones where it decomposes them. */
const spacesOf = ({ decomposes, facts }: Norm): readonly Space[] =>
  decomposes ? [decomposedMatrix, decomposedPair] : facts?.invariances.includes("permutations") ? [row] : [pair];

const rules: readonly (Space & { readonly norm: Norm })[] = [
  ...Object.values(norms).flatMap((norm) => spacesOf(norm).map((space) => ({ ...space, norm }))),
  { ...row, norm: lp(3) },
  { ...decomposedPair, norm: maxOf([norms.spectral, norms.linf], [1, 0.5]) },
  { ...decomposedPair, norm: sumOf([norms.nuclear, norms.l1], [2, 3]) },
  { ...decomposedPair, norm: l2Of([norms.spectral, norms.l2], [0.25, 4]) },
];

describe.each(hosts)("steepest descent on the $host", ({ kernels }) => {
  const notAsked = { normalised: new Set<string>(), unnormalised: new Set<string>() };
  describe.each(rules)("in $norm.id on $on", ({ norm, blocksOf, on: _on, ...domain }) => {
    describe.each(["normalised", "unnormalised"] as const)("%s", (form) => {
      const subject = stepSubject({ norm, normalized: form === "normalised" }, kernels, blocksOf);
      for (const id of registerLaws(test, stepLaws, { ...subject, ...domain }, lawOptions)) notAsked[form].add(id);
    });
  });

  test("every law is asked of every norm, except for that of normalised rules of the others", () => {
    expect(notAsked).toEqual({ normalised: new Set(), unnormalised: new Set(["step-at-tiny-risk"]) });
  });
});
