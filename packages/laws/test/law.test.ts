import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arithmeticOf,
  checkLaws,
  flowLaws,
  formatReport,
  type Law,
  limitLaws,
  type NormSubject,
  networkLaws,
  normFamilyLaws,
  normLaws,
  optimizerLaws,
  stepLaws,
  updateLaws,
} from "../src/index.js";
import { networkMutants } from "./support/networkMutants.js";
import { normMutants } from "./support/normMutants.js";
import { familyMutants } from "./support/plainFamily.js";
import { flowMutants } from "./support/plainFlow.js";
import { identityMutants } from "./support/plainIdentities.js";
import { limitMutants } from "./support/plainLimits.js";
import { linf } from "./support/plainNorms.js";
import { stepMutants } from "./support/plainSteps.js";
import { updateMutants } from "./support/plainUpdates.js";

const options = { seed: 1, profile: "ci" } as const;

describe("a violated law", () => {
  const lawsOf = [
    [normLaws, normMutants],
    [networkLaws, networkMutants],
    [stepLaws, stepMutants],
    [normFamilyLaws, familyMutants],
    [flowLaws, flowMutants],
    [limitLaws, limitMutants],
    [optimizerLaws, identityMutants],
    [updateLaws, updateMutants],
  ] as unknown as readonly [readonly Law<object>[], Readonly<Record<string, object>>][];
  const cases = lawsOf.flatMap(([laws, mutants]) => laws.map((law) => [law.id, law, mutants[law.kills]!] as const));

  test.each(cases)("%s shows both sides, and they violate it", (_id, law, mutant) => {
    const [result] = checkLaws([law], mutant, options).results;
    const { left, relation, right, allowed } = result!.sides!;
    const off = { "=": Math.abs(left - right), "<=": left - right, ">": right - left }[relation];
    expect(off <= allowed && relation !== ">" && !Object.is(left, -0) && !Object.is(right, -0)).toBe(false);
    expect(formatReport({ verdict: "violated", results: [result!] })).toMatch(/left side \S+, right side \S+; must be left (=|<=|>) right/);
  });

  test("of one number has the values of plain arithmetic", () => {
    const uphill = normMutants["lmo that points uphill"]!;
    const [result] = checkLaws(
      normLaws.filter(({ id }) => id === "lmo-attains-dual-norm"),
      uphill,
      options,
    ).results;
    expect(result!.sides).toEqual({ left: 1, relation: "=", right: -1, allowed: expect.closeTo(2 * 18 * 2 ** -53, 20) });
  });

  test("shows sides at the scale of the case", () => {
    const half: NormSubject = { ...linf, dualNorm: (g) => linf.dualNorm(g) / 2 };
    fc.assert(
      fc.property(fc.integer({ min: -900, max: 900 }), (k) => {
        const law = normLaws.find(({ id }) => id === "lmo-attains-dual-norm")!;
        const found = law.holds(half, Float64Array.of(2 ** k), arithmeticOf());
        expect(found).toMatchObject({ sides: { left: -(2 ** k), right: -(2 ** (k - 1)) } });
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});
