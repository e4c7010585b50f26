import { expect, test } from "vitest";
import { DefinitionError, maxOf, type Norm, norms, plainNorm, steepestDescent, Training } from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

const [host] = hosts;

/** scale times the largest entry, as a user writes it. */
const largest = (id: string, scale: number): Norm =>
  plainNorm({
    id,
    norm: (x) => scale * x.reduce((most, v) => Math.max(most, Math.abs(v)), 0),
    dualNorm: (g) => g.reduce((sum, v) => sum + Math.abs(v), 0) / scale,
    lmo: (g) => g.map((v) => -Math.sign(v) / scale),
  });

const training = (track: readonly Norm[], ownNorm: Norm = norms.l2): Training =>
  new Training({ ...linearByHand, optimizer: steepestDescent({ norm: ownNorm, normalized: true }), track, stop: { steps: 0 } }, host!);

test.each([
  ["two norms of a user's", [largest("mine", 1), largest("mine", 2)]],
  ["one of a user's and a built-in one", [norms.linf, largest("linf", 2)]],
  ["two that are combined of such", [maxOf([largest("mine", 1)], [1]), maxOf([largest("mine", 2)], [1])]],
])("%s under one id are refused: one of them would be measured in the other's name", (_, track) => {
  expect(() => training(track)).toThrow(DefinitionError);
  expect(() => training(track)).toThrow(`two norms of this run have the id "${track[0]!.id}"`);
});

test("an optimiser's own norm under the id of a tracked one is refused likewise", () => {
  expect(() => training([norms.linf], largest("linf", 2))).toThrow('two norms of this run have the id "linf"');
});

test("a norm may be tracked twice, and be the own one; each is certified in its own name", () => {
  const [one, two] = [largest("one", 1), largest("two", 2)];
  const run = training([one, one, two, maxOf([one], [1]), maxOf([one], [1])], one);
  expect(run.kktResidual("two").margin).toBe(run.kktResidual(one).margin / 2);
});
