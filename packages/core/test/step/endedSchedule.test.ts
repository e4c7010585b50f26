import { referenceKernels } from "@steepest/reference";
import { expect, test } from "vitest";
import { cosine, linearDecay, norms, steepestDescent, Training } from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";

test.each([cosine({ size: 0.1, steps: 5 }), linearDecay({ size: 0.1, steps: 5 })])(
  "steps after the end of a schedule are not lost to rounding",
  (step) => {
    const optimizer = steepestDescent({ norm: norms.l2, normalized: true, smoothing: "none" });
    const training = new Training({ ...linearByHand, optimizer, step, stop: { steps: 20 } }, { kernels: referenceKernels });
    for (let t = 0; t < 4; t++) training.advance();
    expect(training.point().health.lostUpdates).toBe(0);
    for (let t = 0; t < 6; t++) training.advance();
    expect(training.point().health.lostUpdates).toBeNaN();
  },
);
