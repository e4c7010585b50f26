import { expect, test } from "vitest";
import { type ArmDefinition, type ExperimentDefinition, parseDefinition, runsOf } from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary } from "./support/hosts.js";

const epochs = 500;
const signDescent: Pick<ArmDefinition, "optimizer"> = {
  optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
};
/** Sign descent with steps that fall as the root of their number, of the same total length in an epoch of `perEpoch` steps. */
const arm = (perEpoch: number, batch?: ArmDefinition["batch"]): ArmDefinition => ({
  ...signDescent,
  step: { rule: "powerLaw", size: 0.01 / Math.sqrt(perEpoch), exponent: 0.5 },
  stop: { steps: perEpoch * epochs },
  ...(batch && { batch }),
});

/** Data and network of teacher-student-small. */
const written = {
  id: "variance-reduction",
  dataset: {
    kind: "teacherStudent",
    inputDim: 10,
    teacherWidth: 2,
    nonzerosPerNeuron: 10,
    minTeacherScore: 0.1,
    trainSize: 50,
    testSize: 0,
  },
  network: { kind: "mlp", hidden: [50], activation: "relu", init: { law: "normalFanIn", scale: 0.3 } },
  loss: { kind: "logistic", reduction: "mean" },
  arms: {
    full: arm(1),
    plain: arm(10, { size: 5, order: "shuffled" }),
    reduced: arm(10, { size: 5, order: "shuffled", varianceReduced: {} }),
  },
  seeds: [0, 1],
  stop: { steps: 10 * epochs },
  record: { probes: ["logRisk", "margin.linf"], pointsPerDecade: 2 },
} as const satisfies Partial<ExperimentDefinition>;

// Li, Tang & Zou, arXiv:2602.11557: mini-batches change which margin steepest descent raises, variance-reduced gradients of any batch size restore it
test("sign descent on a ReLU network: batches of a tenth lose the margin of the full batch, their variance-reduced gradients keep it", async () => {
  const margins = new Map<string, number>();
  for (const { arm: name, run } of runsOf(parseDefinition(written))) {
    const { rows } = await collect(run, binary);
    margins.set(`${name} ${run.seed}`, rows.at(-1)!["margin.linf"]!);
  }
  for (const seed of [0, 1]) {
    const [full, plain, reduced] = ["full", "plain", "reduced"].map((name) => margins.get(`${name} ${seed}`)!);
    expect(full).toBeGreaterThan(5);
    expect(plain).toBeLessThan(0.5 * full!);
    expect(Math.abs(reduced! / full! - 1)).toBeLessThan(0.05); // 0.011 and 0.019
  }
});
