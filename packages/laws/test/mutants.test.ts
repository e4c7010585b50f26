import { describe, expect, test } from "vitest";
import {
  checkLaws,
  flowLaws,
  formatReport,
  type Law,
  limitLaws,
  networkLaws,
  normFamilyLaws,
  normLaws,
  optimizerLaws,
  registerLaws,
  stepLaws,
  updateLaws,
} from "../src/index.js";
import { networkMutants } from "./support/networkMutants.js";
import { normMutants } from "./support/normMutants.js";
import { familyMutants, lp } from "./support/plainFamily.js";
import { flowMutants, plainFlow } from "./support/plainFlow.js";
import { adamIsSign, identityMutants } from "./support/plainIdentities.js";
import { limitMutants, linearInL2, linearInLinf, squaredInL1, squaredInL2 } from "./support/plainLimits.js";
import { colMax, nuclear, rowMax, rowSum, spectral } from "./support/plainMatrixNorms.js";
import { squaredFrozen, twoLayer } from "./support/plainNetworks.js";
import { l1, l2, linf, weightedLinf } from "./support/plainNorms.js";
import { coordinateDescent, gradientDescent, signDescent, stepMutants } from "./support/plainSteps.js";
import { average, updateMutants } from "./support/plainUpdates.js";

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
killsItsMutant("norm family laws", normFamilyLaws, familyMutants);
killsItsMutant("step laws", stepLaws, stepMutants);
killsItsMutant("flow laws", flowLaws, flowMutants);
killsItsMutant("limit laws", limitLaws, limitMutants);
killsItsMutant("optimizer laws", optimizerLaws, identityMutants);
killsItsMutant("update laws", updateLaws, updateMutants);

function accept<Subject extends object>(family: string, laws: readonly Law<Subject>[], subjects: Readonly<Record<string, Subject>>) {
  const neverAsked = new Set(laws.map(({ id }) => id));
  describe.each(Object.entries(subjects))(`${family} accept %s`, (_name, subject) => {
    const notAsked = registerLaws(test, laws, subject, options);
    for (const { id } of laws) if (!notAsked.includes(id)) neverAsked.delete(id);
  });
  test(`each of the ${family} is asked of a right subject`, () => expect([...neverAsked]).toEqual([]));
}

accept("norm laws", normLaws, { l1, l2, linf, weightedLinf, spectral, nuclear, rowMax, rowSum, colMax });
accept("network laws", networkLaws, { twoLayer: twoLayer(), squaredFrozen });
accept("norm family laws", normFamilyLaws, { lp });
accept("step laws", stepLaws, { signDescent, gradientDescent, coordinateDescent });
accept("flow laws", flowLaws, { "an exact flow": plainFlow() });
accept("limit laws", limitLaws, { linearInL2, linearInLinf, squaredInL1, squaredInL2 });
accept("optimizer laws", optimizerLaws, { "Adam(0, 0) as sign descent": adamIsSign });
accept("update laws", updateLaws, { "an average of gradients": average });
