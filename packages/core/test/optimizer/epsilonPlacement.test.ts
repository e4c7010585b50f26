import { describe, expect, test } from "vitest";
import { adaGrad, adam, adamW, type Optimizer, rmsProp } from "../../src/index.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";

const shape = shapeOf([[1, 5]]);
const one = shapeOf([[1, 1]]);
const ghatAt = (t: number): number[] => [1, -2, 3e-5, t % 2, -1e-150];

const betas = { beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };
const pairs: Readonly<Record<string, (epsilonPlacement?: "outside" | "inside") => Optimizer>> = {
  adam: (epsilonPlacement) => adam({ ...betas, epsilonPlacement }),
  adamW: (epsilonPlacement) => adamW({ ...betas, decay: 0.1, epsilonPlacement }),
  rmsProp: (epsilonPlacement) => rmsProp({ decay: 0.9, epsilon: 1e-3, momentum: 0.5, epsilonPlacement }),
  adaGrad: (epsilonPlacement) => adaGrad({ epsilon: 1e-3, epsilonPlacement }),
};

describe.each(hosts)("epsilon beside the root on the $host", ({ kernels }) => {
  test.each(Object.keys(pairs))("%s: where nothing is said it stands outside, bit for bit; inside is something else", (name) => {
    const [silent, outside, inside] = [undefined, "outside" as const, "inside" as const].map((placement) =>
      boundOptimizer(pairs[name]!(placement), shape, kernels),
    );
    for (let t = 0; t < 9; t++) {
      const expected = silent!.update(-t, ghatAt(t));
      expect(outside!.update(-t, ghatAt(t))).toEqual(expected);
      expect(inside!.update(-t, ghatAt(t))).not.toEqual(expected);
    }
  });

  test("by hand: 3 / (√v + 16) and 3 / √(v + 16), v = 9", () => {
    const epsilon = 16;
    const move = (optimizer: Optimizer): number => boundOptimizer(optimizer, one, kernels).update(0, [3])[0]!;
    for (const [outside, inside] of [
      [adam({ beta1: 0, beta2: 0, epsilon }), adam({ beta1: 0, beta2: 0, epsilon, epsilonPlacement: "inside" })],
      [rmsProp({ decay: 0, epsilon, momentum: 0 }), rmsProp({ decay: 0, epsilon, momentum: 0, epsilonPlacement: "inside" })],
      [adaGrad({ epsilon }), adaGrad({ epsilon, epsilonPlacement: "inside" })],
    ] as const) {
      expect(move(outside)).toBeCloseTo(-3 / 19, 15);
      expect(move(inside)).toBeCloseTo(-3 / 5, 15);
    }
  });

  test("RMSProp with epsilon inside is that of TensorFlow.js: g / √(0.9 v + 0.1 g² + ε), twice", () => {
    // tf.train.rmsprop(1, 0.9, 0, 0.1): meanSquare ← decay meanSquare + (1 - decay) g²; x ← x - g / √(meanSquare + epsilon)
    const { update } = boundOptimizer(rmsProp({ decay: 0.9, epsilon: 0.1, momentum: 0, epsilonPlacement: "inside" }), one, kernels);
    expect(update(0, [2])[0]).toBeCloseTo(-2 / Math.sqrt(0.4 + 0.1), 14);
    expect(update(0, [1])[0]).toBeCloseTo(-1 / Math.sqrt(0.36 + 0.1 + 0.1), 14);
  });

  test("an epsilon beyond binary64 in the frame moves nothing", () => {
    for (const optimizer of [pairs.adam!("inside"), pairs.rmsProp!("inside")]) {
      expect(
        boundOptimizer(optimizer, shape, kernels)
          .update(-5000, ghatAt(1))
          .every((moved) => moved === 0),
      ).toBe(true);
    }
  });

  test("the share that epsilon dominates compares √ε with √v", () => {
    const share = (epsilon: number): number => {
      const bench = boundOptimizer(adam({ beta1: 0, beta2: 0, epsilon, epsilonPlacement: "inside" }), shapeOf([[1, 4]]), kernels);
      bench.aim(0, [0.5, 1, 2, 4]);
      return bench.readings().epsilonShare!;
    };
    expect([share(0.1), share(2), share(9)]).toEqual([0, 0.5, 0.75]);
  });
});
