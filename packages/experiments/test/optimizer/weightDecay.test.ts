import { arrayOptimizer, decoupledDecay, heavyBall, momentumDescent, muon, norms, type Optimizer, recipeOf, signum } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { buildOptimizer, type OptimizerChoice } from "../../src/index.js";
import { optimizerSchema } from "../../src/optimizer/registry.js";
import { binary as kernels } from "../support/hosts.js";

const momentum = { momentum: 0.9, nesterov: true } as const;
const someMuon = { ...momentum, orthogonalization: "exact", scale: "spectral" } as const;

/** Definitions with weight decay, and the core's optimisers of the same without. */
const decaying: readonly (readonly [OptimizerChoice, Optimizer])[] = [
  [{ kind: "heavyBall", ...momentum }, heavyBall(momentum)],
  [{ kind: "momentum", norm: "linf", ...momentum }, momentumDescent({ norm: norms.linf, ...momentum })],
  [{ kind: "signum", momentum: 0.9 }, signum({ momentum: 0.9 })],
  [{ kind: "muon", ...someMuon }, muon(someMuon)],
];

const shape = { length: 6, blocks: [{ offset: 0, rows: 2, columns: 3 }] };
const start = [1, -2, 0.5, 3, 0, -1];

/** θ after three steps of size 1/8 at risks 1, e^-1 and e^-2. */
function moved(optimizer: Optimizer): Float64Array {
  const one = arrayOptimizer(optimizer, shape, kernels);
  let theta: Float64Array = Float64Array.from(start);
  for (let t = 0; t < 3; t++) {
    one.aim(
      theta,
      start.map((value, j) => Math.cos(value + t * j)),
      -t,
    );
    ({ theta } = one.move(theta, { size: 0.125, logScale: 0 }));
  }
  return theta;
}

describe.each(decaying)("%j with weight decay in a definition", (choice, plain) => {
  test("is the core's decoupled decay, bit for bit, and shrinks θ by 1 - η λ where there is no gradient", () => {
    const decayed = buildOptimizer({ ...choice, decay: 0.5 } as OptimizerChoice);
    expect(moved(decayed)).toEqual(moved(decoupledDecay(plain, 0.5)));
    expect(moved(decayed)).not.toEqual(moved(plain));
    const still = arrayOptimizer(decayed, shape, kernels);
    still.aim(start, new Float64Array(6), 0);
    expect(still.move(start, { size: 0.125, logScale: 0 }).theta).toEqual(Float64Array.from(start, (value) => 0.9375 * value));
  });

  test("is nothing where it is 0 or left out: the same optimiser, and nothing is written into the definition", () => {
    for (const written of [choice, { ...choice, decay: 0 } as OptimizerChoice]) {
      expect(recipeOf(buildOptimizer(written))).toEqual(recipeOf(plain));
      expect(optimizerSchema.parse(written)).toEqual(written);
    }
  });

  test("is refused below 0", () => {
    expect(optimizerSchema.safeParse({ ...choice, decay: -0.1 }).error?.issues[0]).toMatchObject({
      path: ["decay"],
      message: expect.stringContaining("must be finite and >= 0"),
    });
  });
});
