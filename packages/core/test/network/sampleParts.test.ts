import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { averagePool, branches, conv2d, dense, initialise, layers, maxPool, type Network, sampleShapeOf } from "../../src/index.js";
import { inParts, type PartStep } from "../../src/network/sampleParts.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

describe("inParts", () => {
  const calls: string[] = [];
  const step = (name: string, bytes: number, isWhole = false): PartStep => ({
    run: (first, count) => calls.push(`${name} ${first}+${count}`),
    isWhole,
    bytes,
  });
  const called = (steps: readonly PartStep[], n: number): readonly string[] => {
    calls.length = 0;
    inParts(steps, n)();
    return [...calls];
  };
  const large = 2 ** 20 / 8; // bytes of which eight fill a part

  test("steps that follow each other take a part in turn before the next part", () => {
    const steps = [step("a", large), step("b", large / 4)];
    expect(called(steps, 20)).toEqual(["a 0+8", "b 0+8", "a 8+8", "b 8+8", "a 16+4", "b 16+4"]);
  });

  test("a step for all samples, and one alone between such steps, runs once", () => {
    const steps = [step("a", large), step("whole", large, true), step("b", large), step("c", large)];
    expect(called(steps, 9)).toEqual(["a 0+9", "whole 0+9", "b 0+8", "c 0+8", "b 8+1", "c 8+1"]);
  });

  test("what fits the cache is one part; parts are multiples of eight, and eight at least", () => {
    expect(called([step("a", large), step("b", large)], 8)).toEqual(["a 0+8", "b 0+8"]);
    expect(called([step("a", large * 100), step("b", 8)], 9)).toEqual(["a 0+8", "b 0+8", "a 8+1", "b 8+1"]);
    expect(called([step("a", Math.floor(large / 2.4)), step("b", 8)], 33)).toEqual([
      "a 0+16",
      "b 0+16",
      "a 16+16",
      "b 16+16",
      "a 32+1",
      "b 32+1",
    ]);
  });
});

/** Large enough that a pass over the samples takes them in three parts, the last one of three. */
const sampleCount = 19;

const network = layers({
  input: { channels: 1, height: 28, width: 28 },
  layers: [
    conv2d({ channels: 8, size: 3, padding: 1 }),
    "relu",
    branches({ sum: [[], [conv2d({ channels: 8, size: 3, padding: 1 }), "relu"]] }),
    conv2d({ channels: 5, size: 5, bias: true }),
    maxPool({ size: 2, stride: 1 }),
    { leakyRelu: 0.5 },
    averagePool({ size: 3 }),
    dense({ units: 1 }),
  ],
  homogeneity: "measured",
});

function bind(data: ReturnType<typeof samples>, kernels: KernelFactory, of: Network = network) {
  const n = data.inputs.length / data.inputDim;
  const lengths = { parameters: of.layout.totalCount, coefficients: n, out: of.layout.parameterCount };
  const plan = new ArenaPlan().spans(lengths);
  of.plan(plan, sampleShapeOf(data), "training");
  const arena = plan.allocate(kernels);
  const spans = arena.spans(lengths);
  const trainer = of.trainer(arena, spans.parameters, data);
  initialise(arena.kernels, of, spans.parameters, { law: "normalFanIn", scale: 1 }, 5);
  trainer.forward();
  trainer.backward();
  return { ...spans, trainer };
}

describe.each(hosts)("passes in parts on the $host", ({ kernels }) => {
  test("scores and gradient of every sample are, bit for bit, those of a pass over it alone", () => {
    const data = samples({ seed: 4, sampleCount, inputDim: network.inputDim });
    const all = bind(data, kernels);
    for (const i of [0, 7, 8, 12, 15, 16, 18]) {
      const inputs = data.inputs.slice(i * data.inputDim, (i + 1) * data.inputDim);
      const alone = bind({ ...data, inputs, labels: [data.labels[i]!] }, kernels);
      expect(all.trainer.scores.view[i]).toBe(alone.trainer.scores.view[0]);
      all.coefficients.view.fill(0)[i] = 1;
      alone.coefficients.view.fill(1);
      all.trainer.gradient(all.coefficients, all.out);
      alone.trainer.gradient(alone.coefficients, alone.out);
      expect(all.out.view.map((g) => g + 0)).toEqual(alone.out.view.map((g) => g + 0)); // of samples with coefficient 0 stays the sign of a zero
    }
  });
});
