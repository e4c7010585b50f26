import { describe, expect, test } from "vitest";
import { checkLaws, flowLaws, formatReport, type Law, networkLaws, normLaws, registerLaws } from "../src/index.js";
import { networkMutants } from "./networkMutants.js";
import { normMutants } from "./normMutants.js";
import { flowMutants, plainFlow } from "./plainFlow.js";
import { squaredFrozen, twoLayer } from "./plainNetworks.js";
import { l1, l2, linf, weightedLinf } from "./plainNorms.js";

const options = { seed: 1, profile: "ci" } as const;

function killsItsMutant<Subject extends object>(family: string, laws: readonly Law<Subject>[], mutants: Readonly<Record<string, Subject>>) {
  describe(family, () => {
    test.each(laws.map((law) => [law.id, law] as const))("%s refutes the mutant it names", (_id, law) => {
      const mutant = mutants[law.kills];
      expect(mutant, `no mutant is called "${law.kills}"`).toBeDefined();
      const report = checkLaws([law], mutant!, options);
      expect(report.verdict, formatReport(report)).toBe("violated");
    });
    test("every mutant is named by a law, and law ids are unique", () => {
      expect(new Set(laws.map((law) => law.kills))).toEqual(new Set(Object.keys(mutants)));
      expect(new Set(laws.map((law) => law.id)).size).toBe(laws.length);
    });
  });
}

killsItsMutant("norm laws", normLaws, normMutants);
killsItsMutant("network laws", networkLaws, networkMutants);
killsItsMutant("flow laws", flowLaws, flowMutants);

describe.each(Object.entries({ l1, l2, linf, weightedLinf }))("norm laws accept %s in plain JavaScript", (_name, subject) => {
  registerLaws(test, normLaws, subject, options);
});
describe.each(Object.entries({ twoLayer: twoLayer(), squaredFrozen }))("network laws accept %s in plain JavaScript", (_name, subject) => {
  registerLaws(test, networkLaws, subject, options);
});
describe("flow laws accept an exact flow", () => {
  registerLaws(test, flowLaws, plainFlow(), options);
});
