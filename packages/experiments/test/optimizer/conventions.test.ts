import { expect, test } from "vitest";
import { conventionFindings, parseDefinition } from "../../src/index.js";
import { tiny } from "../support/tiny.js";

test("conventions stand once, with every arm that follows them, in whichever phase", () => {
  const adam = { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const sign = { kind: "signum", momentum: 0.9 };
  const step = { rule: "constant", size: 0.1 };
  const arms = {
    sign: { optimizer: sign, step },
    late: {
      optimizer: sign,
      step,
      phases: [
        { when: { step: 2 }, optimizer: { ...adam, epsilonPlacement: "inside" } },
        { when: { step: 3 }, step },
      ],
    },
    adam: { optimizer: adam, step },
    both: { optimizer: adam, step, phases: [{ when: { step: 2 }, optimizer: { ...adam, epsilonPlacement: "inside" } }] },
    shampoo: { optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 }, step },
  };
  expect(conventionFindings(parseDefinition({ ...tiny, arms, claims: [], figure: [] }))).toEqual([
    { convention: "ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js", arms: ["late", "both"] },
    { convention: "ε outside the root: √v + ε, as in torch.optim", arms: ["adam", "both"] },
    { convention: "ε I at the start of the sums L and R, added once, as in the package torch-optimizer", arms: ["shampoo"] },
  ]);
  const { arms: parsed, ...rest } = parseDefinition({ ...tiny, claims: [], figure: [] });
  expect(conventionFindings({ ...rest, arms: { sign: parsed.sign! } })).toEqual([]);
});
