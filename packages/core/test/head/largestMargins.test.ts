import { describe, expect, test } from "vitest";
import { linear, losses, marginPaced, norms, steepestDescent, Training } from "../../src/index.js";
import golden from "../golden/multiclass15.json" with { type: "json" };
import { hosts } from "../support/hosts.js";

const bytes = Uint8Array.from(atob(golden.inputs), (letter) => letter.charCodeAt(0));
const { classes, perClass, inputDim, largestMargin } = golden;
const data = {
  inputs: new Float64Array(bytes.buffer),
  inputDim,
  labels: Array.from({ length: classes * perClass }, (_, i) => Math.floor(i / perClass)),
  classes,
};

describe("15 classes in 25 dimensions: steepest descent approaches the largest margin of its norm from below", () => {
  // shares reached after as many steps; the published values have five to six digits
  test.each([
    ["linf", 800, 0.95],
    ["l2", 800, 0.92],
    ["spectral", 500, 0.97],
    ["nuclear", 1200, 0.88],
  ] as const)("%s, %d steps", (id, steps, share) => {
    const network = linear({ inputDim, outputs: classes });
    const optimizer = steepestDescent({ norm: norms[id], normalized: true });
    const init = { law: "normalFanIn", scale: 0 } as const;
    const training = new Training(
      { network, data, loss: losses.exponential, optimizer, step: marginPaced({ c: 0.25 }), init, seed: 0, track: [] },
      hosts[0]!,
    );
    let before = 0;
    while (training.step < steps) {
      training.advance();
      if (training.step % 100 !== 0) continue;
      const { margin, logRisk } = training.point();
      const now = margin[id]! / largestMargin[id];
      expect(now).toBeLessThanOrEqual(1 + 1e-5);
      if (logRisk < -5) expect(now).toBeGreaterThan(before);
      before = now;
    }
    expect(before).toBeGreaterThan(share);
  });
});
