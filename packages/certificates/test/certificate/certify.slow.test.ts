import { type ActivationChoice, arrayNetwork, drawNormal, drawUniform, linear, mlp, norms } from "@steepest/core";
import { expect, test } from "vitest";
import { certify } from "../../src/index.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const activations: readonly ActivationChoice[] = ["relu", { leakyRelu: 0.3 }, "identity", { reluPower: 2 }, "abs", { leakyRelu: 0.01 }];

test("κ is in (0, 1] in 10 000 random cases: l1, l2, linf, activations, depths, two classes and several", async () => {
  const usual = [norms.l1, norms.l2, norms.linf];
  let [certified, open] = [0, 0];
  for (let seed = 0; certified < 10_000; seed++) {
    const [shape] = [drawUniform(kernels, { seed, stream: 980, count: 6 })];
    const pick = (k: number, count: number): number => Math.floor(shape[k]! * count);
    const classes = pick(0, 3) === 0 ? 2 + pick(1, 3) : undefined;
    const [inputDim, sampleCount] = [1 + pick(2, 5), 1 + pick(3, 8)];
    const hidden = Array.from({ length: pick(4, 3) }, (_, l) => 1 + ((seed + l) % 4));
    const activation = activations[seed % activations.length]!;
    const outputs = classes ?? 1;
    const network = hidden.length === 0 ? linear({ inputDim, outputs }) : mlp({ widths: [inputDim, ...hidden, outputs], activation });
    const inputs = drawNormal(kernels, { seed, stream: 981, count: sampleCount * inputDim });
    const weights = drawNormal(kernels, { seed, stream: 982, count: network.layout.totalCount });
    const anyLabels = Array.from({ length: sampleCount }, () => (classes === undefined ? 1 : 0));
    const scores = arrayNetwork(network, { inputs, inputDim, labels: anyLabels, ...(classes && { classes }) }, kernels).scores(weights);
    const labels = anyLabels.map((_, i) => {
      const own = [...scores.subarray(i * outputs, (i + 1) * outputs)];
      return classes === undefined ? Math.sign(own[0]!) || 1 : own.indexOf(Math.max(...own));
    });
    const data = { inputs, inputDim, labels, ...(classes && { classes }) };
    for (const norm of usual) {
      const answer = await certify({ network, data, weights, norm, kernels, kinks: seed % 4 === 0 ? 0.01 : 0 });
      if (answer.kind === "noMargin") continue; // a sample with score 0
      certified++;
      const { minMargin } = answer.document;
      const ofMargin = minMargin[1] / minMargin[0]; // scores that cancel have few digits, and so have gradients of their difference
      const [{ kappa }] = answer.document.entries as [(typeof answer.document.entries)[number]];
      const [lower, upper] = kappa;
      const isRight = lower > 0 && lower <= 1 + 1e-9 && (upper === null || (upper >= lower && upper <= (1 + 1e-9) * ofMargin));
      if (upper === null || upper / lower > (1 + 1e-6) * ofMargin ** 2) open++; // true bounds that do not meet
      expect({ seed, norm: norm.id, kappa, isRight }).toEqual({ seed, norm: norm.id, kappa, isRight: true });
    }
  }
  console.log(`${certified} certificates, the bounds of ${open} do not meet to 1e-6`);
  // seed 969 has two classes whose scores differ by 1e-14 of what they are sums of: of both q_min and its gradient rounding leaves two to four digits
  expect(open).toBe(0);
}, 1_800_000);

test("of rows too long to form all, kinks completed between directions: the ends meet, and completion only raises κ", async () => {
  const next = randomNumbers(7);
  const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, v) => sum + v, -6);
  const [inputDim, hidden, count] = [64, 1100, 60]; // 71 500 parameters: more entries than are formed at once
  const first = Array.from({ length: hidden * inputDim }, () => normal() / 8);
  const second = Array.from({ length: hidden }, normal);
  const samples = Array.from({ length: count }, () => Array.from({ length: inputDim }, normal));
  const scores = samples.map((x) =>
    second.reduce(
      (sum, v, r) =>
        sum +
        v *
          Math.max(
            x.reduce((h, value, j) => h + value * first[r * inputDim + j]!, 0),
            0,
          ),
      0,
    ),
  );
  const answer = await certify({
    network: mlp({ widths: [inputDim, hidden, 1], activation: "relu" }),
    data: { inputs: Float64Array.from(samples.flat()), inputDim, labels: scores.map((score) => (score > 0 ? 1 : -1)) },
    weights: Float64Array.from([...first, ...second]),
    norm: norms.l2,
    kernels,
    kinks: 5e-4,
  });
  if (answer.kind !== "certified") throw new Error("no margin");
  const [exact, near] = answer.document.entries;
  for (const { kappa } of [exact!, near!]) expect(kappa[1]! / kappa[0] - 1).toBeLessThan(1e-7);
  expect(near!.kappa[1]).toBeGreaterThanOrEqual(exact!.kappa[0]);
  const between = [exact!, near!].map(
    ({ support }) => support.flatMap(({ slopes = [] }) => slopes).filter(([, , slope]) => slope > 0 && slope < 1).length,
  );
  expect(between[0]).toBe(0);
  expect(between[1]).toBeGreaterThan(0); // units within the kinks that are mixed of both sides
}, 300_000);
