import { describe, expect, test } from "vitest";
import { dense, type InitLaw, type LayerEntry, layers, mlp, Training } from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const inputDim = 40;
const hidden = 50;
const network = mlp({ widths: [inputDim, hidden, 1], activation: "relu" });
const data = samples({ seed: 1, sampleCount: 4, inputDim });
const scale = 0.3;

describe.each(hosts)("initialisation on the $host", (host) => {
  const drawn = (law: InitLaw["law"], seed: number) => {
    const all = new Training({ ...linearByHand, network, data, init: { law, scale }, seed }, host).parameters();
    return { first: all.subarray(0, inputDim * hidden), last: all.subarray(inputDim * hidden) };
  };
  const meanSquare = (x: Float64Array) => x.reduce((sum, v) => sum + v * v, 0) / x.length;
  const largest = (x: Float64Array) => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

  test.each([
    ["uniformFanIn", Math.sqrt],
    ["uniformInverseFanIn", (fanIn: number) => fanIn],
  ] as const)("%s fills (-scale/f, scale/f) evenly on both sides of 0", (law, f) => {
    const { first, last } = drawn(law, 1);
    for (const [layer, fanIn] of [
      [first, inputDim],
      [last, hidden],
    ] as const) {
      const bound = scale / f(fanIn);
      expect(largest(layer)).toBeLessThanOrEqual(bound);
      expect(largest(layer)).toBeGreaterThan(0.9 * bound);
      expect(layer.some((v) => v < -0.8 * bound) && layer.some((v) => v > 0.8 * bound)).toBe(true);
    }
    expect(Math.abs(first[0]! * f(inputDim) - last[0]! * f(hidden))).toBeGreaterThan(1e-6); // the layers read different streams
    expect(Math.abs(meanSquare(first) / ((scale / f(inputDim)) ** 2 / 3) - 1)).toBeLessThan(0.1);
  });

  test("normalFanIn has variance scale² / fan_in in each layer", () => {
    const { first, last } = drawn("normalFanIn", 1);
    expect(Math.abs(meanSquare(first) / (scale ** 2 / inputDim) - 1)).toBeLessThan(5 * Math.sqrt(2 / first.length));
    expect(Math.abs(meanSquare(last) / (scale ** 2 / hidden) - 1)).toBeLessThan(5 * Math.sqrt(2 / last.length));
  });

  test("signFanIn is scale / √fan_in with signs that fall both ways, a fair coin's within five deviations", () => {
    const { first, last } = drawn("signFanIn", 1);
    for (const [layer, fanIn] of [
      [first, inputDim],
      [last, hidden],
    ] as const) {
      expect([...layer].every((v) => Math.abs(v) === scale / Math.sqrt(fanIn))).toBe(true);
      const ups = layer.filter((v) => v > 0).length;
      expect(Math.abs(ups - layer.length / 2)).toBeLessThan(2.5 * Math.sqrt(layer.length));
    }
  });

  test("frozen layers have a law of their own, others what they have without it", () => {
    const frozen = mlp({ widths: [inputDim, hidden, 1], activation: "relu", frozenLayers: [1] });
    const init = { law: "uniformFanIn", scale, frozen: { law: "signFanIn", scale: 2 } } as const;
    const all = new Training({ ...linearByHand, network: frozen, data, init, seed: 1 }, host).parameters();
    expect(all.subarray(0, inputDim * hidden)).toEqual(drawn("uniformFanIn", 1).first);
    expect([...all.subarray(inputDim * hidden)].every((v) => Math.abs(v) === 2 / Math.sqrt(hidden))).toBe(true);
  });

  test("a law of frozen layers is refused where none is frozen, at scale 0, and with keys that mean nothing", () => {
    const frozenLast = mlp({ widths: [inputDim, hidden, 1], activation: "relu", frozenLayers: [1] });
    const start =
      (frozen: object, model = frozenLast) =>
      () =>
        new Training({ ...linearByHand, network: model, data, init: { law: "normalFanIn", scale, frozen } as never }, host);
    expect(start({ law: "signFanIn", scale: 1 }, network)).toThrow("init.frozen: has no meaning: no layer is frozen");
    expect(start({ law: "signFanIn", scale: 0 })).toThrow("init.frozen.scale: must be ");
    expect(start({ law: "sign", scale: 1 })).toThrow("init.frozen.law: must be one of ");
    expect(start({ law: "signFanIn", scale: 1, layers: 1 })).toThrow("init.frozen");
  });

  test("layers read different streams, seeds give different draws, equal seeds the same", () => {
    const { first, last } = drawn("normalFanIn", 1);
    const ratio = Math.sqrt(inputDim / hidden);
    expect(Math.abs(last[0]! - first[0]! * ratio)).toBeGreaterThan(1e-6);
    expect(drawn("normalFanIn", 2).first).not.toEqual(first);
    expect(drawn("normalFanIn", 1).first).toEqual(first);
  });

  test("scale 0 starts a linear model at 0, with a bias too, and no other network", () => {
    const init = { law: "normalFanIn", scale: 0 } as const;
    const { inputDim } = linearByHand.data;
    const start = (entries: readonly LayerEntry[]) => () =>
      new Training({ ...linearByHand, network: layers({ input: inputDim, layers: entries }), init }, host);
    for (const options of [
      linearByHand,
      { ...linearByHand, network: layers({ input: inputDim, layers: [dense({ units: 1, bias: true })] }) },
    ]) {
      const training = new Training({ ...options, init }, host);
      expect(training.parameters().every((v) => v === 0)).toBe(true);
      expect(training.gradient().some((g) => g !== 0)).toBe(true);
    }
    expect(start([dense({ units: 2 }), "relu", dense({ units: 1 })])).toThrow("init.scale: must be > 0 for a network of degree 2");
    expect(start([dense({ units: 1 }), { reluPower: 2 }])).toThrow("init.scale: must be > 0 for a network of degree 2");
    expect(start([dense({ units: 2, frozen: true }), "relu", dense({ units: 1 })])).toThrow(
      "init.scale: must be > 0 for a network of degree 1",
    );
  });
});
