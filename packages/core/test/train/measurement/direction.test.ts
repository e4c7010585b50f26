import { referenceKernels } from "@steepest/reference";
import { expect, test } from "vitest";
import { constant, drive, linear, losses, mlp, norms, steepestDescent, Training, type TrainOptions } from "../../../src/index.js";
import { samples } from "../../support/samples.js";

const host = { kernels: referenceKernels };
const base: TrainOptions = {
  network: mlp({ widths: [4, 6, 1], activation: "relu" }),
  data: samples({ seed: 3, sampleCount: 12, inputDim: 4 }),
  loss: losses.logistic,
  optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
  step: constant({ size: 0.05 }),
  init: { law: "normalFanIn", scale: 0.3 },
  seed: 2,
  track: [],
  stop: { steps: 3000 },
  measure: ["direction", "pathLength", "speed"],
};

const length = (a: Float64Array): number => Math.hypot(...a);
const cosine = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / length(a) / length(b);

/** Every record point with its weights, and the weights of every step. */
function driven(options: TrainOptions, schedule: Parameters<typeof drive>[1]) {
  const training = new Training(options, host);
  const all: Float64Array[] = [];
  const found: { step: number; measured: Readonly<Record<string, number>>; theta: Float64Array; logRisk: number }[] = [];
  for (const event of drive(training, schedule, host, 1)) {
    if (all.length === training.step) all.push(training.parameters());
    if (event.kind === "point") found.push({ ...event.point, theta: training.parameters() });
  }
  return { all, found };
}

test("directions are compared with those of the record point before, and of one at half the step or a little less", () => {
  for (const schedule of [{ perDecade: 24 }, { perDecade: 3 }, { perDecade: 1, at: [...Array(1500).keys()] }]) {
    const { found } = driven(base, schedule);
    found.forEach(({ step, measured, theta, logRisk }, i) => {
      const last = found[i - 1];
      if (!last) {
        for (const value of [measured["direction.cosineToLast"], measured["direction.cosineToHalf"], measured["speed.logRisk"]])
          expect(value).toBeNaN();
        return;
      }
      expect(measured["direction.cosineToLast"]).toBeCloseTo(cosine(theta, last.theta), 13);
      expect(measured["speed.logRisk"]).toBeCloseTo((last.logRisk - logRisk) / (step - last.step), 13);
      const candidates = found.slice(0, i).filter((one) => one.step <= step / 2);
      const newest = candidates.at(-1)!;
      const near = candidates.filter((one) => one.step * 1.09 >= newest.step - 1); // those between steps that are kept
      const distance = Math.min(...near.map((one) => Math.abs(cosine(theta, one.theta) - measured["direction.cosineToHalf"]!)));
      expect(distance, `step ${step}`).toBeLessThan(1e-13);
    });
  }
});

test("the path is the sum of its chords over all steps, not over record points", () => {
  const { all, found } = driven({ ...base, stop: { steps: 200 } }, { perDecade: 2 });
  expect(all).toHaveLength(201);
  let path = 0;
  const paths = all.map((theta, i) => {
    const before = all[i - 1];
    if (before) path += length(theta.map((value, k) => value / length(theta) - before[k]! / length(before)));
    return path;
  });
  for (const { step, measured } of found) expect(measured["direction.pathLength"]).toBeCloseTo(paths[step]!, 12);
  expect(path).toBeGreaterThan(0.1);
});

test("weights of any size have a direction: 1e-200 and 1e200", () => {
  const data = { inputs: Float64Array.of(1, 2, -2, -1), inputDim: 2, labels: [1, -1] };
  for (const scale of [1e-200, 1e200]) {
    const options: TrainOptions = {
      ...base,
      network: linear({ inputDim: 2 }),
      data,
      init: Float64Array.of(3 * scale, 4 * scale),
      step: constant({ size: scale }),
      stop: { steps: 2 },
    };
    const { found } = driven(options, { perDecade: 1, at: [0, 1, 2] });
    const moved = Float64Array.of(3 + Math.SQRT1_2, 4 + Math.SQRT1_2); // the weights of both samples are equal at 1e-200
    if (scale < 1) expect(found[1]!.measured["direction.cosineToLast"]).toBeCloseTo(cosine(Float64Array.of(3, 4), moved), 12);
    for (const { step, measured } of found) if (step > 0) expect(measured["direction.pathLength"]).toBeGreaterThan(0);
  }
});

test("at θ = 0 there is no direction, and no path from there", () => {
  const data = { inputs: Float64Array.of(1, 2, -2, -1), inputDim: 2, labels: [1, -1] };
  const { found } = driven(
    { ...base, network: linear({ inputDim: 2 }), data, init: Float64Array.of(0, 0), stop: { steps: 3 } },
    { perDecade: 1, at: [0, 1, 2, 3] },
  );
  expect(found[1]!.measured["direction.cosineToLast"]).toBeNaN();
  expect(found[2]!.measured["direction.cosineToLast"]).toBeCloseTo(1, 14);
  expect(found[3]!.measured["direction.pathLength"]).toBeNaN();
});
