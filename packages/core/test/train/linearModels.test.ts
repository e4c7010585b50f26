import { describe, expect, test } from "vitest";
import {
  constant,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import golden from "../golden/maxmargin_linear.json" with { type: "json" };
import { goldenData } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

type VectorNorm = "l1" | "l2" | "linf";

const ids: readonly VectorNorm[] = ["l1", "l2", "linf"];

function optionsFor(id: VectorNorm, data: LabelledData, step: TrainOptions["step"]): TrainOptions {
  return {
    network: linear({ inputDim: data.inputDim }),
    data,
    loss: losses.exponential,
    optimizer: steepestDescent({ norm: norms[id], normalized: true }),
    step,
    init: new Float64Array(data.inputDim),
    seed: 0,
  };
}

const [binary] = hosts;

describe.each(golden.cases)("linear model on $name", ({ margins, ...problem }) => {
  test.each(ids)("%s: the margin approaches the exact maximum from below, the weak-duality bound stays above it", (id) => {
    const best = margins[id].gamma;
    const training = new Training(optionsFor(id, goldenData(problem), marginPaced({ c: 0.25 })), binary!);
    for (let t = 1; t <= 5000; t++) {
      training.advance();
      if (t % 100 > 0) continue;
      const { margin, tangentMarginRatio } = training.kktResidual(norms[id]);
      expect(margin).toBeLessThanOrEqual(best * (1 + 1e-8));
      if (margin > 0) expect(margin / tangentMarginRatio).toBeGreaterThanOrEqual(best * (1 - 1e-8));
    }
    expect(training.point().margin[id]! / best).toBeGreaterThan(0.985);
  });
});

describe.each(hosts)("one step of a linear model on the $host", (host) => {
  test.each(ids)("%s: log R falls by at least η ||ghat||_* - (e^(ηB) - 1 - ηB), B = maxᵢ ||xᵢ||_*", (id) => {
    for (const size of [1e-3, 0.03, 0.3, 1]) {
      const data = samples({ seed: 2, sampleCount: 15, inputDim: 6 });
      const training = new Training(optionsFor(id, data, constant({ size })), host);
      for (let t = 0; t < 40; t++) {
        const before = training.logRisk;
        const { dual, largest } = dualNorms(id, training.gradient(), data);
        training.advance();
        const bound = before - size * dual + (Math.expm1(size * largest) - size * largest);
        expect(training.logRisk).toBeLessThanOrEqual(bound + 1e-13 * (1 + Math.abs(bound)));
      }
    }
  });
});

/** ||ghat||_* and maxᵢ ||xᵢ||_* in the dual of a norm, in plain JavaScript. */
function dualNorms(id: VectorNorm, gradient: Float64Array, { inputs, inputDim, labels }: LabelledData) {
  const dualOf: Record<VectorNorm, (g: Float64Array) => number> = {
    l1: (g) => Math.max(...g.map(Math.abs)),
    l2: (g) => Math.hypot(...g),
    linf: (g) => g.reduce((sum, entry) => sum + Math.abs(entry), 0),
  };
  const rows = Array.from({ length: labels.length }, (_, i) => inputs.subarray(i * inputDim, (i + 1) * inputDim));
  return { dual: dualOf[id](gradient), largest: Math.max(...rows.map(dualOf[id])) };
}
