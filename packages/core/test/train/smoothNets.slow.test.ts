import { beforeAll, describe, expect, test } from "vitest";
import { backtracking, losses, mlp, type NormId, norms, steepestDescent, Training } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { teacherStudentData } from "../support/teacherStudent.js";

const squared = mlp({ widths: [10, 50, 1], activation: { reluPower: 2 } });

/** Strict backtracking on a squared-ReLU student from its initial parameters down to a risk of e^-1000, every step looked at. */
function descend(norm: NormId, seed: number): { readonly training: Training; readonly violations: number } {
  const training = new Training(
    {
      network: squared,
      data: teacherStudentData(seed),
      loss: losses.logistic,
      optimizer: steepestDescent({ norm: norms[norm], normalized: true }),
      step: backtracking({ relativeSize: 0.02, tolerance: 0 }),
      init: { law: "normalFanIn", scale: 0.3 },
      seed,
      stop: { steps: 6000, logRiskBelow: -1000 },
      track: [norms.linf],
      watchSoftMargin: true,
    },
    hosts[0]!,
  );
  let violations = 0;
  while (!training.outcome) {
    const before = training.separationStep === undefined ? Number.NaN : training.ownSoftMargin();
    training.advance();
    if (training.ownSoftMargin() < before) violations++;
  }
  return { training, violations };
}

// measured steps after separation, seeds 0, 1, 2: l2 2253, 1421, 1228; linf 1366, 688, 575; spectral 1294, 869, 907
// measured margin(linf) of sign and of gradient descent: 61.1 and 2.8, 53.6 and 2.2, 63.1 and 2.7
describe.each([0, 1, 2])("strict backtracking on a smooth network, seed %i", (seed) => {
  const runs = new Map<NormId, ReturnType<typeof descend>>();
  const arms: readonly NormId[] = ["l2", "linf", "spectral"];
  beforeAll(() => {
    for (const norm of arms) runs.set(norm, descend(norm, seed));
  });

  test.each(arms)("%s reaches a risk of e^-1000 within 3000 steps after separation, and its own soft margin never falls", (norm) => {
    const { training, violations } = runs.get(norm)!;
    expect(training.outcome).toMatchObject({ kind: "finished", reason: "logRiskBelow" });
    expect(training.step - training.separationStep!).toBeLessThanOrEqual(3000);
    expect(violations).toBe(0);
    expect(training.point().worstSoftMarginDrop).toBe(0);
  });

  test("the linf margin of sign descent is at least five times that of gradient descent", () => {
    const margin = (norm: NormId) => runs.get(norm)!.training.point().margin.linf!;
    expect(margin("linf")).toBeGreaterThanOrEqual(5 * margin("l2"));
  });
});
