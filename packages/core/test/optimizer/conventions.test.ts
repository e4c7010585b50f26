import { describe, expect, test } from "vitest";
import * as core from "../../src/index.js";
import { hosts } from "../support/hosts.js";

const { norms } = core;
const second = { beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };
const muon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

const placed: Readonly<Record<string, (epsilonPlacement?: core.EpsilonPlacement) => core.Optimizer>> = {
  adam: (epsilonPlacement) => core.adam({ ...second, epsilonPlacement }),
  adamW: (epsilonPlacement) => core.adamW({ ...second, decay: 0.1, epsilonPlacement }),
  rmsProp: (epsilonPlacement) => core.rmsProp({ decay: 0.9, epsilon: 1e-3, momentum: 0, epsilonPlacement }),
  adaGrad: (epsilonPlacement) => core.adaGrad({ epsilon: 1e-3, epsilonPlacement }),
  muonAdam: (epsilonPlacement) => core.muonAdam({ muon, adam: { ...second, epsilonPlacement }, rowScale: 1 }),
  "decoupledDecay(adam)": (epsilonPlacement) => core.decoupledDecay(core.adam({ ...second, epsilonPlacement }), 0.1),
  "progressiveRescaling(adam)": (epsilonPlacement) =>
    core.progressiveRescaling(core.adam({ ...second, epsilonPlacement }), { period: 3, growth: 2 }),
};

const outside = ["ε outside the root: √v + ε, as in torch.optim"];
const inside = ["ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js"];

describe("conventions that an optimiser declares", () => {
  test.each(Object.keys(placed))("%s: the place of ε, said or not", (name) => {
    expect(placed[name]!().conventions).toEqual(outside);
    expect(placed[name]!("outside").conventions).toEqual(outside);
    expect(placed[name]!("inside").conventions).toEqual(inside);
  });

  test("every example with a reading of ε has a convention, whatever wraps it", () => {
    const { kernels } = hosts[0]!;
    const blocks = [
      { offset: 0, rows: 2, columns: 2 },
      { offset: 4, rows: 1, columns: 2 },
    ];
    const told = Object.values(core.optimizers).flatMap(({ examples }) =>
      Object.entries(examples(0)).map(([name, optimizer]) => {
        const bound = core.arrayOptimizer(optimizer, { length: 6, blocks }, kernels);
        bound.aim([1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 3, 3], 0);
        return {
          name,
          readsEpsilon: "epsilonShare" in bound.readings(),
          hasPlace: optimizer.conventions?.some((text) => text.includes("root")) ?? false,
        };
      }),
    );
    expect(told.filter(({ readsEpsilon }) => readsEpsilon).length).toBeGreaterThan(4);
    for (const { name, readsEpsilon, hasPlace } of told) expect({ name, hasPlace }).toEqual({ name, hasPlace: readsEpsilon });
  });

  test("are texts", () => {
    const optimizer = core.steepestDescent({ norm: norms.l2, normalized: true });
    expect(() => core.decoupledDecay({ ...optimizer, conventions: [3] as never }, 0.1)).toThrow(/conventions\.0/);
  });
});
