import { describe, expect, test } from "vitest";
import {
  type LabelledData,
  l2Of,
  linear,
  losses,
  lp,
  marginOf,
  marginPaced,
  maxOf,
  mlp,
  type Network,
  type Norm,
  norms,
  steepestDescent,
  sumOf,
  Training,
  type TrainOptions,
  weighted,
} from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

type Host = (typeof hosts)[number];

/** Gradients of a sample are cut into as many matrices as there are layers. */
const normsOfDepth: Readonly<Record<string, (depth: number, length: number) => Norm>> = {
  ...Object.fromEntries(Object.entries(norms).map(([id, norm]) => [id, () => norm])),
  "lp(1.01)": () => lp(1.01),
  "lp(3)": () => lp(3),
  "lp(100)": () => lp(100),
  "max of spectral": (depth) => maxOf(Array.from({ length: depth }, () => norms.spectral)),
  "sum of lp(1.01)": (depth) => sumOf(Array.from({ length: depth }, () => lp(1.01))),
  "l2 of l2": (depth) => l2Of(Array.from({ length: depth }, () => norms.l2)),
  "l2 of linf": (depth) => l2Of(Array.from({ length: depth }, () => norms.linf)),
  "weighted l2": (_depth, length) =>
    weighted(
      norms.l2,
      Array.from({ length }, (_, i) => 1 + (i % 3)),
    ),
};

/** True for norms whose values go through logarithms, which round under scaling by powers of two. */
const rounds = (id: string): boolean => id.includes("lp(");

const data: LabelledData = {
  inputs: Float64Array.of(1, 0.5, -0.25, 0.75, -1, 0.5, -0.5, 1, 1, -1, -0.75, 0.25, 0.5, 1, 0.25),
  labels: [1, 1, -1, -1, 1],
  inputDim: 3,
};

function networkOf(depth: number): Network {
  return depth === 1 ? linear({ inputDim: 3 }) : mlp({ widths: [3, ...Array.from({ length: depth - 1 }, () => 3), 1], activation: "relu" });
}

function weightsOf({ layout }: Network): Float64Array {
  return Float64Array.from({ length: layout.totalCount }, (_, i) => (((i * 7) % 11) - 3) / 16);
}

interface Trace {
  readonly logRisk: readonly number[];
  readonly theta: Float64Array;
  readonly margin: number;
  readonly softMargin: number;
  readonly alignment: number;
  readonly marginChange: number;
  readonly tangentMarginRatio: number;
  readonly complementarity: number;
}

/** A run on data times `data`, from weights times `weights`. */
function trace(host: Host, depth: number, id: string, scales: { readonly data: number; readonly weights: number }, steps = 20): Trace {
  const network = networkOf(depth);
  const norm = normsOfDepth[id]!(depth, network.layout.parameterCount);
  const training = new Training(
    {
      network,
      data: { ...data, inputs: data.inputs.map((x) => x * scales.data) },
      loss: losses.exponential,
      optimizer: steepestDescent({ norm, normalized: true }),
      step: marginPaced({ c: 0.25 }),
      init: weightsOf(network).map((w) => w * scales.weights),
      seed: 0,
      track: [norm],
    },
    host,
  );
  const logRisk = [training.logRisk];
  for (let t = 0; t < steps; t++) {
    training.advance();
    logRisk.push(training.logRisk);
  }
  expect(training.outcome).toBeUndefined();
  const { margin, softMargin, alignment, health } = training.point();
  return {
    logRisk,
    theta: training.parameters(),
    margin: margin[norm.id]!,
    softMargin: softMargin[norm.id]!,
    alignment,
    marginChange: health.marginChange,
    tangentMarginRatio: training.kktResidual(norm).tangentMarginRatio,
    complementarity: training.kktResidual(norm).complementarity,
  };
}

describe.each(hosts)("steps are scale-free on the $host", (host) => {
  const cases = Object.keys(normsOfDepth).flatMap((id) => [1, 2, 3, 4, 5, 6, 7, 8].map((depth) => [id, depth] as const));

  // f(2^(kL) x; 2^-k θ) = f(x; θ), and every number on the way is a power of two times what it was
  test.each(cases)("%s, depth %i: data times 2^(kL) and weights times 2^-k change no log risk", (id, depth) => {
    const plain = trace(host, depth, id, { data: 1, weights: 1 });
    expect(plain.logRisk.at(-1)).not.toBe(plain.logRisk[0]);
    const [k, far] = [498, 960].map((exponent) => Math.floor(exponent / depth)) as [number, number]; // 2^498 is 8e149, 2^960 is 1e289
    for (const power of [-far, -k, k, far]) {
      const scaled = trace(host, depth, id, { data: 2 ** (power * depth), weights: 2 ** -power });
      const tolerance = rounds(id) ? 1e-12 : 0; // 20 steps that each carry a few roundings of log values below 700
      const expectSame = (what: string, value: number, expected: number): void => {
        if (Number.isNaN(expected)) expect(value, `${what} at k = ${power}`).toBeNaN();
        else expect(Math.abs(value - expected), `${what} at k = ${power}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
      };
      scaled.logRisk.forEach((value, t) => {
        expectSame(`log risk ${t}`, value, plain.logRisk[t]!);
      });
      scaled.theta.forEach((value, i) => {
        expectSame(`weight ${i}`, value * 2 ** power, plain.theta[i]!);
      });
      for (const name of ["margin", "softMargin"] as const) expectSame(name, scaled[name] / 2 ** (power * depth), plain[name]);
      // ||θ|| / ||ghat||_* becomes 2^-2k times what it was, through logarithms where that is far out
      const multipliers = plain.complementarity * 2 ** -power * 2 ** -power;
      if (multipliers > 1e-300 && multipliers < Infinity) expect(scaled.complementarity / multipliers).toBeCloseTo(1, 11);
      else if (!(multipliers > 0)) expect(scaled.complementarity).toEqual(multipliers);
      for (const name of ["alignment", "marginChange", "tangentMarginRatio"] as const) expectSame(name, scaled[name], plain[name]);
    }
  });

  // 6 steps from θ = 0; mpmath 1.2, 60 digits
  const linearRuns: readonly (readonly [id: string, scale: number, logRisk: number, theta: readonly number[], margin: number])[] = (
    [
      ["lp(1.01)", 0.19865755062310914, [0.19415335690171312, 0.5588564759301474], 1.2649515847126436],
      ["l2", 0.06304374142160149, [0.40587389566004733, 0.44188847362940004], 2.089396554091401],
    ] as const
  ).flatMap(([id, logRisk, theta, margin]) =>
    [1000, 1e-4, 1e160, 1e-200].map((scale) => [id, scale, logRisk, theta.map((w) => w / scale), margin * scale] as const),
  );
  test.each(linearRuns)("%s on features times %s is what 60 digits say", (id, scale, logRisk, theta, margin) => {
    const norm = id === "l2" ? norms.l2 : lp(1.01);
    const training = new Training(
      {
        network: linear({ inputDim: 2 }),
        data: { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1.5).map((x) => x * scale), labels: [1, 1, -1, -1], inputDim: 2 },
        loss: losses.exponential,
        optimizer: steepestDescent({ norm, normalized: true }),
        step: marginPaced({ c: 0.25 }),
        init: { law: "normalFanIn", scale: 0 },
        seed: 0,
        track: [norm],
      },
      host,
    );
    for (let t = 0; t < 6; t++) training.advance();
    expect(Math.abs(training.logRisk / logRisk - 1)).toBeLessThan(1e-13);
    training.parameters().forEach((w, i) => {
      expect(Math.abs(w / theta[i]! - 1)).toBeLessThan(1e-13);
    });
    const point = training.point();
    expect(Math.abs(point.margin[norm.id]! / margin - 1)).toBeLessThan(1e-13);
    expect(Math.abs(point.health.marginChange / 0.25 - 1)).toBeLessThan(1e-13);
  });

  // 6 steps of a relu network 2-2-2-2-2-2-1; mpmath 1.2, 60 digits
  const deepRuns = [
    ["l2", 1e-35, 2.431583908050876e-36, 0.8921324526132679, 1.0505635477693557e-209],
    ["l2", 1e-50, 2.4315839080508758e-51, 0.8921324526132679, 1.0505635477693556e-299],
    ["linf", 1e-35, 5.07607595703125e-36, 0.6261380040277004, 3.8165101713816767e-209],
    ["linf", 1e-50, 5.0760759570312495e-51, 0.6261380040277005, 3.8165101713816754e-299],
    ["lp(1.01)", 1e-35, 1.25e-36, 0.7309412728304413, 2.353322197915015e-209],
    ["lp(1.01)", 1e-50, 1.25e-51, 0.7309412728304412, 2.3533221979150145e-299],
  ] as const;
  test.each(deepRuns)("%s from weights of size %s, depth 6, is what 60 digits say", (id, scale, firstWeight, alignment, marginChange) => {
    const norm = id === "lp(1.01)" ? lp(1.01) : norms[id];
    const training = new Training(
      {
        network: mlp({ widths: [2, 2, 2, 2, 2, 2, 1], activation: "relu" }),
        data: { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1.5), labels: [1, 1, -1, -1], inputDim: 2 },
        loss: losses.exponential,
        optimizer: steepestDescent({ norm, normalized: true }),
        step: marginPaced({ c: 0.25 }),
        init: Float64Array.from({ length: 22 }, (_, i) => ((((i * 5) % 9) + 1) / 8) * scale),
        seed: 0,
        track: [norm],
      },
      host,
    );
    for (let t = 0; t < 6; t++) training.advance();
    expect(Math.abs(training.parameters()[0]! / firstWeight - 1)).toBeLessThan(1e-13);
    const point = training.point();
    expect(Math.abs(point.alignment / alignment - 1)).toBeLessThan(1e-13);
    expect(Math.abs(point.health.marginChange / marginChange - 1)).toBeLessThan(1e-13);
    expect(Math.abs(point.margin[norm.id]!)).toBe(0); // samples 3 and 4 are in nobody's sight
    expect(point.health.deadSamples).toBe(2); // the other two are not dead, tiny as their scores are
  });

  // mpmath 1.2, 60 digits, of the doubles
  test.each([
    [3e-210, 2e-35, 6, 0.046875],
    [-1.386, 2e-60, 5, -4.33125e298],
    [-1.5, 3e-55, 6, -Infinity],
    [2e300, 3e120, 4.75, 1.0831884880267425e-272],
    [1e-320, 5e-46, 7, 0.0012799857499938344],
    [7e-5, 1e-30, 10.25, 2.2135943621178635e303],
    [2e-300, 1e-38, 8, 20000.000000000007],
    [1e-300, 1e100, 1, 0],
  ])("the margin %s / %s^%s is %s", (value, norm, degree, expected) => {
    const margin = marginOf(host.kernels(0), value, norm, degree);
    if (Number.isFinite(expected) && expected !== 0) expect(Math.abs(margin / expected - 1)).toBeLessThan(4e-15);
    else expect(margin).toBe(expected);
  });

  test("multipliers survive a ratio of norms that no double holds, by hand", () => {
    const data = { inputs: Float64Array.of(1e30, 0, 0, 1e30), labels: [1, -1], inputDim: 2 };
    const training = new Training({ ...linearByHand, data, init: Float64Array.of(1e-300, -2e-300) }, host);
    // q = (1, 2) 1e-270, w = 1/2; ||θ|| / ||ghat|| = √5 1e-300 / (√½ 1e30), so λ = ½ √10 1e-60 and Σ λ (q~ - 1) is that of the second sample
    expect(training.kktResidual(norms.l2).complementarity / (1e-60 * Math.sqrt(2.5))).toBeCloseTo(1, 11);
  });

  test("per-sample gradients do not fail where one sample is dead and another tiny", () => {
    const network = mlp({ widths: [2, 2, 1], activation: "relu" });
    const tiny = 2 ** -700;
    const training = new Training(
      {
        network,
        // the first sample is in nobody's sight, the second is 1e-211 times smaller
        data: { inputs: Float64Array.of(-1, -1, tiny, tiny, -1, -2), labels: [1, -1, 1], inputDim: 2 },
        loss: losses.exponential,
        optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
        step: marginPaced({ c: 0.25 }),
        init: Float64Array.of(1, 1, 2, 1, 1, -2),
        seed: 0,
      },
      host,
    );
    training.advance();
    // ∇f = (1, 1, -2, -2, 2, 3) tiny; its length is √23 tiny; a quarter of the margin would be longer than ||θ||
    expect(training.outcome).toBeUndefined();
    expect(training.point().health.marginChange).toBeGreaterThan(0);
    expect(training.point().health.deadSamples).toBe(2);
  });

  test("weights whose gradient no double holds are refused, those of a net that is dead are not", () => {
    const options = (init: Float64Array, depth: number) => ({
      network: networkOf(depth),
      data,
      loss: losses.exponential,
      optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
      step: marginPaced({ c: 0.25 }),
      init,
      seed: 0,
    });
    const start = (depth: number, scale: number): Training =>
      new Training(
        options(
          weightsOf(networkOf(depth)).map((w) => w * scale),
          depth,
        ),
        host,
      );
    expect(() => start(8, 1e-150)).toThrow(
      expect.objectContaining({
        code: "DEFINITION",
        path: "init",
        hint: "start from larger weights, or multiply the inputs by a constant",
      }),
    );
    expect(() => start(8, 1e-150)).toThrow(
      /^init: at the start, no double holds the gradient in layer 1 of 8 \(about 10\^-10..\), from weights up to 4\.37e-151 and inputs up to 1$/,
    );
    expect(() => start(3, 1e-170)).toThrow("in layer 1 of 3");
    start(3, 1e-150).advance(); // gradients of 1e-300
    const dead = new Training(
      options(
        weightsOf(networkOf(3)).map((w) => -Math.abs(w) * 1e-170),
        3,
      ),
      host,
    );
    dead.inspect();
    // inputs of either sign: some unit sees some sample, so it is the second layer that nothing passes
    expect(dead.outcome).toEqual({ kind: "stationary-not-separated", step: 0 });
    expect(start(2, 0).outcome).toBeUndefined();
  });

  const changes: Readonly<Record<string, Partial<TrainOptions> & { readonly network: Network }>> = {
    "sparse inputs": { network: mlp({ widths: [6, 3, 1], activation: "relu" }) },
    "a frozen first layer": { network: mlp({ widths: [6, 3, 1], activation: "relu", frozenLayers: [0] }) },
    "a frozen last layer": { network: mlp({ widths: [6, 3, 1], activation: "relu", frozenLayers: [1] }) },
    "mini-batches": { network: mlp({ widths: [6, 3, 1], activation: "relu" }), batch: { size: 3, order: "shuffled" } },
    "squared relu": { network: mlp({ widths: [6, 3, 1], activation: { reluPower: 2 } }) },
  };
  test.each(Object.entries(changes))("with %s too, bit for bit", (name, change) => {
    // f(2^a x; 2^-k θ) = f(x; θ) for a = 2k, and for 2a = 3k where the first layer is squared
    const dataPower = name === "squared relu" ? 1.5 : 2;
    const sparse = Float64Array.from({ length: 36 }, (_, i) => (i % 4 === 0 ? (((i * 5) % 7) - 2.5) / 2 : 0));
    const risks = (k: number): number[] => {
      const training = new Training(
        {
          data: { inputs: sparse.map((x) => x * 2 ** (dataPower * k)), labels: [1, -1, 1, -1, 1, -1], inputDim: 6 },
          loss: losses.logistic,
          optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
          step: marginPaced({ c: 0.25 }),
          init: weightsOf(change.network).map((w) => w * 2 ** -k),
          seed: 2,
          ...change,
        },
        host,
      );
      const found = [training.logRisk];
      for (let t = 0; t < 12; t++) {
        training.advance();
        found.push(training.logRisk);
      }
      return found;
    };
    expect(new Set(risks(0)).size).toBeGreaterThan(3);
    for (const k of [-300, 300]) expect(risks(k)).toEqual(risks(0));
  });
});
