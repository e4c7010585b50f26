import { describe, expect, test } from "vitest";
import { linear, lossBased, losses, lp, norms, type Optimizer, progressiveRescaling, steepestDescent, Training } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

describe.each(hosts)("progressive rescaling in lp on the $host", (host) => {
  // numpy 1.24, with projections by scipy 1.10 brentq on ||u|| = r; the largest margin by SLSQP
  const lpRuns = [
    [1.25, [0.2696219479628191, 1.3870811130619713, 0.22782197367237397], 1.0470984324926185, 1.0470984333460351],
    [3, [0.7324019799006389, 0.7866854836400546, 0.6282279498124189], 1.6147072973924526, 1.631507224365198],
    [10, [0.8126733640059471, 0.8157513583416284, 0.8037498574229173], 2.0204291747512966, 2.03717953557399],
  ] as const;
  test.each(lpRuns)("in lp(%d) a run is what numpy says, and does not claim the largest margin", (p, theta, margin, largest) => {
    const inputs = Float64Array.of(1, 2, 0.5, 2, 1, -0.25, 0.5, 0.5, 2, -1, -2, 0.75, -2, -1.5, -0.5, -0.25, -1, -1);
    const norm = lp(p);
    const run = (optimizer: Optimizer): Training =>
      new Training(
        {
          network: linear({ inputDim: 3 }),
          data: { inputs, labels: [1, 1, 1, -1, -1, -1], inputDim: 3 },
          loss: losses.exponential,
          optimizer,
          step: lossBased({ size: 0.2, rollback: false }),
          init: Float64Array.of(0.4, -0.3, 0.2),
          seed: 0,
          track: [norm],
        },
        host,
      );
    const descending = steepestDescent({ norm, normalized: false });
    const rescaled = progressiveRescaling(descending, { period: 20, growth: 1.5 });
    const [training, plain] = [run(rescaled), run(descending)];
    for (let t = 0; t < 1000; t++) {
      if (t === 45) for (const [i, w] of training.parameters().entries()) expect(Math.abs(w / theta[i]! - 1)).toBeLessThan(1e-13);
      training.advance();
      plain.advance();
    }
    const marginOf = (of: Training): number => of.point().margin[norm.id]!;
    expect(Math.abs(marginOf(training) / margin - 1)).toBeLessThan(1e-9);
    expect(marginOf(training)).toBeLessThanOrEqual(largest * (1 + 1e-8));
    expect(marginOf(plain) / largest).toBeGreaterThan(0.998);
    if (p > 2) expect(marginOf(training) / largest).toBeLessThan(0.992); // held away from it
    expect(rescaled.expectation.margin).toBeUndefined();
    expect(rescaled.expectation.source).toContain("outside l2");
    expect(progressiveRescaling(steepestDescent({ norm: norms.l2, normalized: true }), { period: 3, growth: 2 }).expectation.margin).toBe(
      norms.l2,
    );
  });
});
