import { describe, expect, test } from "vitest";
import { adaGrad, constant, DefinitionError, lossBased, marginPaced, mirrorDescent, rmsProp, shampoo, Training } from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { type Refusal, testRefusals, untyped } from "../support/refusal.js";

const refusals: readonly Refusal[] = [
  ["decay of 1", () => rmsProp({ decay: 1, epsilon: 0, momentum: 0 }), DefinitionError, "decay: must be in [0, 1), got 1", "decay"],
  [
    "RMSProp's negative epsilon",
    () => rmsProp({ decay: 0.9, epsilon: -1, momentum: 0 }),
    DefinitionError,
    "epsilon: must be finite and >= 0, got -1",
    "epsilon",
  ],
  [
    "RMSProp's momentum NaN",
    () => rmsProp({ decay: 0.9, epsilon: 0, momentum: Number.NaN }),
    DefinitionError,
    "momentum: must be in [0, 1), got NaN",
    "momentum",
  ],
  ["AdaGrad's epsilon left out", () => adaGrad(untyped({})), DefinitionError, "epsilon: must be finite and >= 0, got undefined", "epsilon"],
  [
    "AdaGrad's infinite epsilon",
    () => adaGrad({ epsilon: Infinity }),
    DefinitionError,
    "epsilon: must be finite and >= 0, got Infinity",
    "epsilon",
  ],
  [
    "unknown exponent",
    () => shampoo({ exponent: untyped(0.25), accumulate: true, epsilon: 0 }),
    DefinitionError,
    "exponent: must be one of quarter, half, sequentialHalf, got 0.25",
    "exponent",
  ],
  [
    "Shampoo's epsilon NaN",
    () => shampoo({ exponent: "half", accumulate: true, epsilon: Number.NaN }),
    DefinitionError,
    "epsilon: must be finite and >= 0, got NaN",
    "epsilon",
  ],
  [
    "accumulate left out",
    () => shampoo(untyped({ exponent: "half", epsilon: 0 })),
    DefinitionError,
    "accumulate: must be true or false, got undefined",
    "accumulate",
  ],
  [
    "exponent 1/2 without accumulation",
    () => shampoo({ exponent: "half", accumulate: false, epsilon: 0 }),
    DefinitionError,
    'exponent: must be "quarter" without accumulation, got "half"',
    "exponent",
  ],
  [
    "epsilon without accumulation",
    () => shampoo({ exponent: "quarter", accumulate: false, epsilon: 1e-4 }),
    DefinitionError,
    "epsilon: must be 0 without accumulation, got 0.0001",
    "epsilon",
  ],
  [
    "unknown potential",
    () => mirrorDescent({ potential: untyped({ kind: "entropy" }) }),
    DefinitionError,
    'potential.kind: must be one of quadratic, power, hyperbolicEntropy, got "entropy"',
    "potential.kind",
  ],
  [
    "no potential",
    () => mirrorDescent(untyped({})),
    DefinitionError,
    "potential.kind: must be one of quadratic, power, hyperbolicEntropy, got undefined",
    "potential.kind",
  ],
  [
    "power 1",
    () => mirrorDescent({ potential: { kind: "power", p: 1 } }),
    DefinitionError,
    "potential.p: must be finite and > 1, got 1",
    "potential.p",
  ],
  [
    "infinite power",
    () => mirrorDescent({ potential: { kind: "power", p: Infinity } }),
    DefinitionError,
    "potential.p: must be finite and > 1, got Infinity",
    "potential.p",
  ],
  [
    "beta 0",
    () => mirrorDescent({ potential: { kind: "hyperbolicEntropy", beta: 0 } }),
    DefinitionError,
    "potential.beta: must be finite and > 0, got 0",
    "potential.beta",
  ],
  [
    "AdaGrad and margin-paced",
    () => new Training({ ...linearByHand, optimizer: adaGrad({ epsilon: 0 }), step: marginPaced({ c: 1 }) }, hosts[1]!),
    DefinitionError,
    "step.rule: marginPaced is for a normalised optimiser, got adaGrad, whose steps scale with the gradient",
    "step.rule",
  ],
];

describe("an optimiser that has no meaning is refused where it is built", () => {
  testRefusals(refusals);

  test("what has a meaning at the edge is accepted", () => {
    expect(rmsProp({ decay: 0, epsilon: 0, momentum: 0 }).lengthUnit).toBe("unit");
    expect(shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }).lengthUnit).toBe("unit");
    for (const optimizer of [
      adaGrad({ epsilon: 0 }),
      shampoo({ exponent: "half", accumulate: true, epsilon: 0 }),
      mirrorDescent({ potential: { kind: "power", p: 1.01 } }),
    ]) {
      for (const step of [constant({ size: 1 }), lossBased({ size: 1, rollback: false })]) {
        expect(new Training({ ...linearByHand, optimizer, step }, hosts[1]!).step).toBe(0);
      }
    }
  });
});
