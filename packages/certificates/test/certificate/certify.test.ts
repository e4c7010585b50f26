import {
  type ActivationChoice,
  arrayNetwork,
  averagePool,
  conv2d,
  dense,
  drawNormal,
  type LabelledData,
  layers,
  linear,
  lp,
  maxOf,
  maxPool,
  mlp,
  type Network,
  type Norm,
  norms,
  sumOf,
  weighted,
} from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type CertificateEntry, type CertifyOptions, certify, certifyRun } from "../../src/index.js";
import { goldenKkt } from "../support/goldenKkt.js";
import { kernels } from "../support/kernels.js";

type Question = Pick<CertifyOptions, "network" | "data" | "weights" | "norm"> & Partial<CertifyOptions>;

/** The entries of a certificate. @throws  if there is no margin */
async function entriesOf(question: Question): Promise<readonly CertificateEntry[]> {
  const answer = await certify({ kernels, ...question });
  if (answer.kind !== "certified") throw new Error("no margin");
  expect(answer.document.rounding).toBe("proven");
  return answer.document.entries;
}

/** κ at θ itself. */
async function kappaOf(question: Question): Promise<readonly [number, number]> {
  const [{ kappa }] = (await entriesOf({ kinks: 0, ...question })) as [CertificateEntry];
  return kappa as [number, number];
}

const lpNorms: readonly Norm[] = [norms.l1, norms.l2, norms.linf];

/** Weights and samples of a network with a positive margin: labels are the signs of its scores. */
function separated(network: Network, sampleCount: number, seed: number): { readonly data: LabelledData; readonly weights: Float64Array } {
  const normal = (stream: number, count: number): Float64Array => drawNormal(kernels, { seed, stream, count });
  const weights = normal(950, network.layout.totalCount);
  const { inputDim } = network;
  const [inputs, labels]: [number[], number[]] = [[], []];
  const scores = scorerOf(weights, network);
  for (let stream = 951; labels.length < sampleCount; stream++) {
    const x = normal(stream, inputDim);
    const score = scores(x);
    if (Math.abs(score) < 1e-3) continue;
    inputs.push(...x);
    labels.push(Math.sign(score));
  }
  return { data: { inputs: Float64Array.from(inputs), labels, inputDim }, weights };
}

/** Scores by plain loops. */
function scorerOf(weights: Float64Array, { layout }: Network): (x: Float64Array) => number {
  return (x) => {
    let [a, at] = [[...x], 0];
    for (const [l, { outputs, inputs }] of layout.blocks.entries()) {
      const h = Array.from({ length: outputs }, (_, i) => a.reduce((sum, v, j) => sum + v * weights[at + i * inputs + j]!, 0));
      at += outputs * inputs;
      a = l === layout.blocks.length - 1 ? h : h.map((v) => Math.max(v, 0));
    }
    return a[0]!;
  };
}

describe("a certificate", () => {
  test.each(goldenKkt)("of $name has the recorded κ", async ({ network, data, weights, norm, kappa, dualNorm }) => {
    const [entry] = (await entriesOf({ network, data, weights, norm: norms[norm] })) as [CertificateEntry];
    const [lower, upper] = entry.kappa as [number, number];
    expect(upper / lower - 1).toBeLessThan(1e-9);
    // scipy's own gap: 1e-13 of NNLS, 1e-7 of HiGHS
    const theirs = norm === "l2" ? 1e-9 : 1e-7;
    expect(Math.abs(lower / kappa - 1)).toBeLessThan(theirs);
    expect(Math.abs(entry.dualNorm[1] / dualNorm - 1)).toBeLessThan(theirs);
    expect(entry.fenchelYoungGap[0]).toBeGreaterThan(0);
    // κ is the smaller, since slackness counts too: kappa = cos / (1 + slackness)
    const cos = Math.sqrt(1 - entry.fenchelYoungGap[1]);
    expect(Math.abs(cos / (1 + entry.slackness[1]) - lower)).toBeLessThan(1e-9);
  });

  test("is completed near kinks, where that helps: at least κ, and at most 1 plus what the kinks may change", async () => {
    const { network, data, weights, norm } = goldenKkt.find(({ name }) => name.startsWith("relu_GD(l2)_logL-300"))!;
    const [own, completed] = (await entriesOf({ network, data, weights, norm: norms[norm] })) as [CertificateEntry, CertificateEntry];
    expect(own.kinks).toBeLessThan(1e-10);
    expect(completed.kinks).toBe(0.01);
    expect(completed.kappa[0]).toBeGreaterThan(own.kappa[1]! + 0.005);
    expect(completed.kappa[1]! / completed.kappa[0] - 1).toBeLessThan(1e-9);
    expect(completed.support.some(({ slopes }) => slopes && slopes.length > 0)).toBe(true);
  });

  test.each(["l1", "l2", "linf", "spectral"] as const)("in %s is 1 at a KKT point of one sample made by hand", async (id) => {
    // θ = (t u, t) with the steepest u for x: the gradient is (t x, t <u, x>), a subgradient of ½||·||² at θ up to scale
    const x = [3, -4];
    const u = { l1: [0, -1], l2: [0.6, -0.8], linf: [1, -1], spectral: [0.6, -0.8] }[id];
    for (const activation of ["relu", "identity", { leakyRelu: 0.5 }] as ActivationChoice[]) {
      const [lower, upper] = await kappaOf({
        network: mlp({ widths: [2, 1, 1], activation }),
        data: { inputs: Float64Array.from(x), labels: [1], inputDim: 2 },
        weights: Float64Array.of(...u.map((v) => 1.5 * v), 1.5),
        norm: norms[id],
      });
      expect(lower).toBeGreaterThan(1 - 1e-9);
      expect(upper).toBeGreaterThanOrEqual(lower);
      expect(upper).toBeLessThan(1 + 1e-9);
    }
  });

  test("is 1 at a point whose stationarity needs a derivative between those on both sides of a kink", async () => {
    // f = relu(<w, x>) - relu(<v, x>), w = (1, 0), v = (-1, 1), frozen signs: both margins are 1, <v, x1> = 0 and <w, x2> = 0. With the derivative 1 at the
    // first kink and 1/2 at the second, ∇q1 + 2 ∇q2 = (1, 1; -1, -1) + 2 (0, -1/2; 0, 1) = (1, 0; -1, 1) = θ
    const network = mlp({ widths: [2, 2, 1], activation: "relu", frozenLayers: [1] });
    const data = { inputs: Float64Array.of(1, 1, 0, 1), labels: [1, -1], inputDim: 2 };
    const [entry] = (await entriesOf({
      network,
      data,
      weights: Float64Array.of(1, 0, -1, 1, 1, -1),
      norm: norms.l2,
      kinks: 0,
    })) as [CertificateEntry];
    expect(Math.abs(entry.kappa[0] - 1)).toBeLessThan(1e-9);
    expect(Math.abs(entry.kappa[1]! - 1)).toBeLessThan(1e-9);
    const of = (sample: number, side: number): number =>
      entry.support
        .filter((member) => member.sample === sample && member.slopes!.some(([, , slope]) => slope === side))
        .reduce((sum, { multiplier }) => sum + multiplier, 0);
    expect([of(0, 1), of(0, 0), of(1, 1), of(1, 0)].map((sum) => Math.round(sum * 1e6) / 1e6)).toEqual([0.333333, 0, 0.333333, 0.333333]);
  });

  test("says that there is no margin before perfect accuracy, and which sample has the least", async () => {
    const network = linear({ inputDim: 2 });
    const data = { inputs: Float64Array.of(1, 0, 0, 1, 1, 1), labels: [1, -1, 1], inputDim: 2 };
    const answer = await certify({ network, data, weights: Float64Array.of(1, 2), norm: norms.l2, kernels });
    expect(answer).toMatchObject({ kind: "noMargin", sample: 1 });
    expect(answer.kind === "noMargin" && answer.minMargin[0] <= -2 && -2 <= answer.minMargin[1]).toBe(true);
    const zero = await certify({ network, data, weights: Float64Array.of(0, 0), norm: norms.linf, kernels });
    expect(zero.kind).toBe("noMargin");
  });

  test.each(lpNorms)(
    "in $id does not change with the scale of weights or inputs, with the order of samples or units, or with duplicates",
    async (norm) => {
      const network = mlp({ widths: [3, 4, 1], activation: "relu" });
      const { data, weights } = separated(network, 7, 5);
      const base = await kappaOf({ network, data, weights, norm });
      const agrees = async (question: Partial<Question>): Promise<void> => {
        const [lower, upper] = await kappaOf({ network, data, weights, norm, ...question });
        expect(Math.abs(lower / base[0] - 1)).toBeLessThan(1e-8);
        expect(Math.abs(upper / base[1] - 1)).toBeLessThan(1e-8);
      };
      for (const scale of [1e-150, 3, 1e150]) await agrees({ weights: weights.map((w) => w * scale) });
      for (const scale of [1e-150, 7, 1e150]) await agrees({ data: { ...data, inputs: data.inputs.map((x) => x * scale) } });
      const rows = (order: number[]): LabelledData => ({
        ...data,
        inputs: Float64Array.from(order.flatMap((i) => [...data.inputs.subarray(3 * i, 3 * i + 3)])),
        labels: order.map((i) => data.labels[i]!),
      });
      await agrees({ data: rows([3, 1, 4, 0, 5, 2, 6]) });
      await agrees({ data: rows([0, 1, 2, 3, 4, 5, 6, 0, 3, 3]) });
      const units = [2, 0, 3, 1];
      await agrees({
        weights: Float64Array.from([
          ...units.flatMap((u) => [...weights.subarray(3 * u, 3 * u + 3)]),
          ...units.map((u) => weights[12 + u]!),
        ]),
      });
    },
  );

  test.each(lpNorms)("in $id does not change with a factor that moves through a unit, in the norm that moves along", async (norm) => {
    const network = mlp({ widths: [3, 4, 1], activation: "relu" });
    const { data, weights } = separated(network, 7, 6);
    const factors = [2, 0.5, 3, 1].flatMap((c) => [c, c, c]).concat([1 / 2, 2, 1 / 3, 1]);
    const moved = weights.map((w, j) => w * factors[j]!);
    const [base, along] = [
      await kappaOf({ network, data, weights, norm }),
      await kappaOf({
        network,
        data,
        weights: moved,
        norm: weighted(
          norm,
          factors.map((c) => 1 / c),
        ),
        tolerance: 1e-7,
      }),
    ];
    expect(Math.abs(along[0] / base[0] - 1)).toBeLessThan(1e-6);
    expect(Math.abs(along[1] / base[1] - 1)).toBeLessThan(1e-6);
  });

  test("has κ in (0, 1] in random cases of every lp norm, activation and depth", async () => {
    const activations: ActivationChoice[] = ["relu", { leakyRelu: 0.3 }, "identity", { reluPower: 2 }, "abs"];
    for (let seed = 0; seed < 60; seed++) {
      const widths = [1 + (seed % 4), ...Array.from({ length: seed % 3 }, (_, l) => 2 + ((seed + l) % 3)), 1];
      const network = mlp({ widths, activation: "relu" });
      const { data, weights } = separated(network, 1 + (seed % 6), seed);
      const other = mlp({ widths, activation: activations[seed % activations.length]! });
      for (const norm of lpNorms) {
        const answer = await certify({ network: seed % 2 ? network : other, data, weights, norm, kernels });
        if (answer.kind === "noMargin") continue; // labels are those of relu
        const [entry] = answer.document.entries;
        const [lower, upper] = entry!.kappa;
        expect([seed, lower > 0, lower <= 1 + 1e-10, upper === null || upper >= lower, upper === null || upper <= 1 + 1e-10]).toEqual([
          seed,
          true,
          true,
          true,
          true,
        ]);
      }
    }
  });

  test.each([...Object.values(norms), lp(3), lp(1.5), maxOf([norms.spectral, norms.linf]), sumOf([norms.l1, norms.l2])])(
    "in $id has bounds that meet",
    async (norm) => {
      const network = mlp({ widths: [3, 4, 1], activation: "relu" });
      const { data, weights } = separated(network, 6, 9);
      const [lower, upper] = await kappaOf({ network, data, weights, norm });
      expect([lower > 0, upper < 1 + 1e-9, upper / lower - 1 < 2e-6]).toEqual([true, true, true]);
    },
  );

  test("of networks of other layers: proven where their rounding is known, with an allowance else", async () => {
    const input = { channels: 1, height: 4, width: 4 };
    for (const [pool, rounding] of [
      [averagePool({ size: 2 }), "proven"],
      [maxPool({ size: 2 }), "estimated"],
    ] as const) {
      const network = layers({ input, layers: [conv2d({ channels: 2, size: 3, padding: 1 }), "relu", pool, dense({ units: 1 })] });
      const inputs = drawNormal(kernels, { seed: 4, stream: 970, count: 48 });
      const weights = drawNormal(kernels, { seed: 4, stream: 971, count: network.layout.totalCount });
      const scores = arrayNetwork(network, { inputs, inputDim: 16, labels: [1, 1, 1] }, kernels).scores(weights);
      const data = { inputs, inputDim: 16, labels: [...scores].map(Math.sign) };
      const answer = await certify({ network, data, weights, norm: norms.l2, kernels, kinks: 0 });
      if (answer.kind !== "certified") throw new Error("no margin");
      const [{ kappa }] = answer.document.entries as [CertificateEntry];
      expect([answer.document.rounding, kappa[0] > 0, kappa[1]! / kappa[0] - 1 < 1e-6]).toEqual([rounding, true, true]);
    }
  });

  test("of a run is that of its parameters", async () => {
    const { network, data, weights, norm } = goldenKkt[0]!;
    const options = { network, data, norm: norms[norm], kernels };
    const ofRun = await certifyRun({ parameters: async () => weights }, options);
    expect(ofRun).toEqual(await certify({ ...options, weights }));
  });

  test("of several classes has a row per sample and other class", async () => {
    const network = linear({ inputDim: 2, outputs: 3 });
    const data: LabelledData = { inputs: Float64Array.of(1, 0, -1, 1, -1, -1), labels: [0, 1, 2], inputDim: 2, classes: 3 };
    const [entry] = (await entriesOf({ network, data, weights: Float64Array.of(1, 0, -1, 1, -1, -1), norm: norms.l2 })) as [
      CertificateEntry,
    ];
    expect(entry.support.every(({ sample, other }) => other !== undefined && other !== data.labels[sample])).toBe(true);
    expect(entry.kappa[1]! / entry.kappa[0] - 1).toBeLessThan(1e-8);
    expect(entry.kappa[0]).toBeGreaterThan(0.9);
  });

  test("refuses misuse with a typed error", async () => {
    const network = linear({ inputDim: 2 });
    const data = { inputs: Float64Array.of(1, 0), labels: [1], inputDim: 2 };
    const asked = (question: Partial<CertifyOptions>) =>
      certify({ network, data, weights: Float64Array.of(1, 0), norm: norms.l2, kernels, ...question });
    await expect(asked({ weights: Float64Array.of(1) })).rejects.toMatchObject({ path: "weights" });
    await expect(asked({ weights: Float64Array.of(1, Number.NaN) })).rejects.toMatchObject({ path: "weights[1]" });
    await expect(asked({ kinks: 1 })).rejects.toMatchObject({ path: "kinks" });
    await expect(asked({ tolerance: 0 })).rejects.toMatchObject({ path: "tolerance" });
    await expect(asked({ network: linear({ inputDim: 2, outputs: 2 }), weights: new Float64Array(4) })).rejects.toMatchObject({
      path: "network",
    });
    await expect(
      asked({
        network: mlp({ widths: [2, 1], activation: "identity" }),
        data: { inputs: data.inputs, targets: data.inputs, inputDim: 2, outputs: 2 } as never,
      }),
    ).rejects.toMatchObject({ path: "data" });
    const smooth = mlp({ widths: [2, 2, 1], activation: "silu", homogeneity: "measured" });
    await expect(asked({ network: smooth, weights: new Float64Array(6) })).rejects.toMatchObject({ path: "network" });
  });
});
