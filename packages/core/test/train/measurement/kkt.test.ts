import { describe, expect, test } from "vitest";
import {
  constant,
  type LabelledData,
  type Loss,
  losses,
  mlp,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../../src/index.js";
import golden from "../../golden/kkt.json" with { type: "json" };
import { flat, goldenData, goldenLoss, goldenNetwork } from "../../support/goldenNetwork.js";
import { hosts } from "../../support/hosts.js";
import { separated, separatedDraws } from "../../support/separatedDraws.js";

const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
const still = { optimizer, step: constant({ size: 1 }), seed: 0 } as const;
const ids = Object.keys(norms);

/** A measured number at the initial weights. */
function measuredAt(options: Omit<TrainOptions, "optimizer" | "step" | "seed">, kernels: (typeof hosts)[number]["kernels"]) {
  const training = new Training(
    { ...still, measure: ["alignment", "kkt", "averageMultipliers", "sandwich", "effectiveSupport"], ...options },
    { kernels },
  );
  const point = training.point();
  return { training, point, of: (name: string): number => point.measured[name]! };
}

describe.each(hosts)("on the $host", ({ kernels }) => {
  test.each(golden.cases)("golden: $name", (one) => {
    const params = one.params as number[][][];
    const { point, of } = measuredAt(
      {
        network: goldenNetwork({ sizes: [one.X[0]!.length, ...params.map((layer) => layer.length)], activation: one.activation }),
        data: goldenData(one),
        loss: goldenLoss({ ...one, reduction: "sum" }),
        init: flat(params),
      },
      kernels,
    );
    expect(point.logRisk).toBeCloseTo(one.log_loss, 9);
    expect(of(`kkt.tangentMarginRatio.${one.norm}`) / one.kappa_q).toBeCloseTo(1, 9);
    expect(of(`kkt.averageTangentMarginRatio.${one.norm}`), "the average of one").toBeCloseTo(of(`kkt.tangentMarginRatio.${one.norm}`), 13);
    expect(of(`alignment.${one.norm}`)).toBeCloseTo(one.cos_q, 9);
    expect(1 - of(`kkt.stationarity.${one.norm}`)).toBeCloseTo(one.cos_q, 9);
    const multiplierSum = (one.param_norm / one.dual_norm_q) * one.min_margin ** (1 - 2 / one.degree);
    const slack = of(`kkt.complementarity.${one.norm}`) / multiplierSum;
    expect(Math.abs(slack - one.slack_q)).toBeLessThanOrEqual(1e-10 * Math.max(one.slack_q, 1e-4));
    const q = one.q_normalised;
    expect(of("effectiveSupportCount") * q.reduce((sum, w) => sum + w * w, 0)).toBeCloseTo(1, 9);
  });

  test("laws of separated points, in every norm, for both losses, two signs and classes, margins from .2 to 1e6", () => {
    for (const options of separatedDraws(60)) {
      const { point, of } = measuredAt(options, kernels);
      const about = JSON.stringify([options.loss.id, options.network.degree, point.minMargin]);
      expect(point.minMargin).toBeGreaterThan(0);
      const n = (options.data as LabelledData).labels.length;
      expect(of("effectiveSupportCount"), about).toBeGreaterThanOrEqual(1 - 1e-15 * n);
      expect(of("effectiveSupportCount"), about).toBeLessThanOrEqual(n * (1 + 1e-15 * n));
      for (const id of ids) {
        // an inner product, a norm and a dual norm of 40 entries; a singular value is right to 1e-13 of the largest
        const rounding = 1e-12;
        expect(of(`kkt.stationarity.${id}`), `${about} ${id}`).toBeGreaterThanOrEqual(-rounding);
        expect(of(`kkt.tangentMarginRatio.${id}`), `${about} ${id}`).toBeGreaterThan(0);
        expect(of(`kkt.tangentMarginRatio.${id}`), `${about} ${id}`).toBeLessThanOrEqual(1 + rounding);
        expect(
          of(`kkt.tangentMarginRatio.${id}`),
          "by Euler at most the alignment, the weighted margins being at least the smallest",
        ).toBeLessThanOrEqual(of(`alignment.${id}`) * (1 + rounding));
        expect(of(`kkt.complementarity.${id}`), `${about} ${id}`).toBeGreaterThanOrEqual(0);
        const bound = of(`kkt.complementarityBound.${id}`);
        if (point.softMargin[id]! > 0)
          expect(of(`kkt.complementarity.${id}`), `${about} ${id}`).toBeLessThanOrEqual(bound * (1 + rounding));
        else expect(bound).toBeNaN();
        // log R is right to 2 units in the last place of max(1, |log R|), q_min to a few of its own
        const slack = (-1e-14 * Math.max(1, point.minMargin)) / point.norm[id]! ** options.network.degree;
        expect(of(`sandwich.lower.${id}`), `${about} ${id}`).toBeGreaterThanOrEqual(slack);
        expect(of(`sandwich.upper.${id}`), `${about} ${id}`).toBeGreaterThanOrEqual(slack);
      }
    }
  });

  test("the slacks of the sandwich are 0 where one sample has all of the risk, and where all have the same margin", () => {
    const network = mlp({ widths: [2, 1], activation: "relu" });
    const at = (inputs: number[], loss: Loss) =>
      measuredAt(
        { network, data: { inputs: Float64Array.from(inputs), inputDim: 2, labels: [1, -1] }, loss, init: Float64Array.of(3, 0) },
        kernels,
      ).of;
    for (const loss of [losses.exponential, losses.logistic]) {
      const one = at([1, 0, -400, 1], loss);
      expect(one("sandwich.upper.l2")).toBeCloseTo(0, 14);
      expect(one("sandwich.lower.l2") * 3).toBeGreaterThan(0.6); // log 2, for the exponential loss
      const both = at([1, 0, -1, 1], loss);
      expect(both("sandwich.lower.l2")).toBeCloseTo(0, 14);
    }
    expect(at([1, 0, -400, 1], losses.exponential)("sandwich.lower.l2") * 3).toBeCloseTo(Math.log(2), 14);
    expect(at([1, 0, -1, 1], losses.exponential)("sandwich.upper.l2") * 3).toBeCloseTo(Math.log(2), 14);
  });

  test("nothing underflows at a risk of 1e-4000, 1e-400000 and 1e-4000000", () => {
    for (const logRisk of [-9210, -921_000, -9_210_000]) {
      const options = separated(6, losses.exponential, 2, -logRisk);
      const { point, of } = measuredAt(options, kernels);
      expect(point.logRisk / logRisk).toBeCloseTo(1, 3);
      const { degree } = options.network;
      for (const id of ids) {
        const norm = point.norm[id]!;
        const n = (options.data as LabelledData).labels.length;
        const expected = (n * norm ** 2) / (Math.E * (-point.logRisk) ** (2 / degree) * degree * -point.logRisk);
        expect(of(`kkt.complementarityBound.${id}`) / expected).toBeCloseTo(1, 11);
        expect(of(`kkt.tangentMarginRatio.${id}`)).toBeGreaterThan(0);
        expect(of(`sandwich.lower.${id}`) + of(`sandwich.upper.${id}`)).toBeCloseTo(Math.log(n) / norm ** degree, 9);
      }
      expect(of("effectiveSupportCount")).toBeGreaterThanOrEqual(1);
    }
  });

  test("before perfect accuracy the conditions have no value, before separation the bound has none", () => {
    const network = mlp({ widths: [2, 1], activation: "relu" });
    const data = { inputs: Float64Array.of(1, 0, -1, 0.5), inputDim: 2, labels: [1, -1] };
    const wrong = measuredAt({ network, data, loss: losses.exponential, init: Float64Array.of(-1, 0) }, kernels);
    for (const name of ["stationarity", "complementarity", "complementarityBound", "tangentMarginRatio", "averageTangentMarginRatio"]) {
      expect(wrong.of(`kkt.${name}.l2`), name).toBeNaN();
    }
    expect(wrong.of("alignment.l2")).toBeLessThan(0);
    expect(wrong.of("sandwich.upper.l2")).toBeGreaterThan(0);
    const right = measuredAt({ network, data, loss: losses.exponential, init: Float64Array.of(0.5, 0) }, kernels);
    expect(right.point.logRisk).toBeGreaterThan(0);
    expect(right.of("kkt.complementarity.l2")).toBeGreaterThanOrEqual(0);
    expect(right.of("kkt.complementarityBound.l2")).toBeNaN();
  });

  test("margins beyond the range of f64 have a ratio and no infinite one", () => {
    for (const scale of [1e-170, 1e120]) {
      const options = separated(7, losses.exponential, 2, 1);
      expect(options.network.degree).toBe(2);
      const far = measuredAt({ ...options, init: (options.init as Float64Array).map((w) => w * scale) }, kernels);
      if (scale < 1) expect(far.training.scaledMargins().exponent).toBeLessThan(-1000);
      for (const id of ids) {
        const ratio = far.of(`kkt.tangentMarginRatio.${id}`);
        expect(ratio, `${scale} ${id}`).toBeGreaterThan(0);
        expect(ratio, `${scale} ${id}`).toBeLessThanOrEqual(1 + 1e-12);
        expect(far.of(`kkt.averageTangentMarginRatio.${id}`) / ratio, `${scale} ${id}`).toBeCloseTo(1, 12);
      }
    }
  });
});
