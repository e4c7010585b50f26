import { describe, expect, test } from "vitest";
import { logistic, marginOf, norms, supportSamples, Training } from "../../src/index.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

describe.each(hosts)("margins on the $host", (host) => {
  const kernels = host.kernels(0);

  test("a linear model worked by hand", () => {
    const { margin, norm, softMargin, logRisk, minMargin, trainAccuracy, alignment: cosine } = new Training(linearByHand, host).point();
    expect([minMargin, trainAccuracy]).toEqual([3, 1]);
    expect(norm).toMatchObject({ l1: 7, l2: 5, linf: 4, spectral: 5, nuclear: 5, rowMax: 5, rowSum: 5, colMax: 4, colSum: 7 });
    expect(Object.keys(norm)).toEqual(Object.keys(norms));
    expect(margin).toMatchObject({ l1: 3 / 7, l2: 3 / 5, linf: 3 / 4 });
    expect(logRisk).toBeCloseTo(Math.log(Math.exp(-3) + Math.exp(-4)), 14);
    expect(softMargin.l2).toBeCloseTo(-logRisk / 5, 14);
    const [w1, w2] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(1))];
    expect(cosine).toBeCloseTo((3 * w1 + 4 * w2) / 5 / Math.hypot(w1, w2), 14);
  });

  test("a two-layer relu network worked by hand", () => {
    const training = new Training(reluByHand, host);
    expect(training.scores()).toEqual(Float64Array.of(6, -6));
    expect(training.sampleMargins()).toEqual(Float64Array.of(6, 6));
    expect(training.weights()).toEqual(Float64Array.of(0.5, 0.5));
    // -1/2 (∇f(x₁) - ∇f(x₂)): unit 1 sees x₁ alone, unit 2 sees x₂ alone
    expect(training.gradient().map((g) => g + 0)).toEqual(Float64Array.of(-1, -1, 3, 0, -1.5, 1));
    expect(training.point().margin.l1).toBe(6 / 81);
    expect(training.point().margin.linf).toBe(6 / 9);
    expect(training.point().margin.l2).toBeCloseTo(6 / 19, 15);
    expect(training.point().supportCount).toBe(2);
  });

  test("the margin survives norms whose power leaves the range of binary64, and keeps its sign", () => {
    expect(marginOf(kernels, 3e250, 1e100, 4) / 3e-150).toBeCloseTo(1, 12);
    expect(marginOf(kernels, 2e-310, 1e-107, 3) / 2e11).toBeCloseTo(1, 12);
    expect(marginOf(kernels, -1e300, 1e120, 3) / -1e-60).toBeCloseTo(1, 12);
    expect(marginOf(kernels, 0, 1e-200, 2)).toBe(0);
    expect(marginOf(kernels, 1, 0, 2)).toBeNaN();
  });

  test("the soft margin numerator of the logistic loss is continuous where its forms meet", () => {
    for (const logRisk of [-36, Math.log(36)]) {
      const [below, at, above] = [logRisk * (1 - 1e-15), logRisk, logRisk * (1 + 1e-15)].map((z) =>
        logistic.softMarginNumerator(kernels, z),
      );
      expect(Math.abs(below! - at!)).toBeLessThan(1e-12);
      expect(Math.abs(above! - at!)).toBeLessThan(1e-12);
    }
    expect(logistic.softMarginNumerator(kernels, kernels.log(kernels.log(2)))).toBeCloseTo(0, 15);
    expect(logistic.softMarginNumerator(kernels, -1e6)).toBe(1e6);
  });

  test("alignment is 1 at the max-margin direction and at most 1 elsewhere", () => {
    for (const factory of Object.values(norms)) {
      const training = new Training({ ...linearByHand, init: Float64Array.of(1, -1) }, host);
      expect(1 - training.kktResidual(factory).stationarity).toBeLessThanOrEqual(1 + 1e-15);
    }
    const optimal = new Training({ ...linearByHand, init: Float64Array.of(50, -50) }, host).kktResidual(norms.l2);
    expect(optimal.stationarity).toBeCloseTo(0, 15);
    expect(optimal.complementarity).toBe(0);
    expect(optimal.tangentMarginRatio).toBeCloseTo(1, 15);
    expect(optimal.margin).toBeCloseTo(Math.SQRT1_2, 15);
  });

  test("a KKT residual before perfect accuracy holds no number but the margin", () => {
    const { margin, stationarity, complementarity, tangentMarginRatio } = new Training(
      { ...linearByHand, init: Float64Array.of(3, 4) },
      host,
    ).kktResidual(norms.linf);
    expect(margin).toBe(-1);
    expect([stationarity, complementarity, tangentMarginRatio]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

test("support samples are those within the tolerance of the smallest margin, none before perfect accuracy", () => {
  expect(supportSamples([2, 1, 1.005, 1.02], 0.01)).toEqual([1, 2]);
  expect(supportSamples([2, 1, 1.005, 1.02], 0)).toEqual([1]);
  expect(supportSamples([2, 0, 3], 0.5)).toEqual([]);
  expect(supportSamples([], 0.5)).toEqual([]);
  expect(() => supportSamples([1], -0.1)).toThrow("tolerance: must be finite and >= 0, got -0.1");
});
