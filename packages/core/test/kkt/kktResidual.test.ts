import { ArenaPlan } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { expect, test } from "vitest";
import { arrayNorm, kktResidual, normShape, norms, Training } from "../../src/index.js";
import { separatedDraws } from "../support/separatedDraws.js";

test("with multipliers held fast, no number changes under θ → cθ: gradients scale by c^(L-1), margins by c^L", () => {
  for (const options of separatedDraws(12)) {
    const training = new Training(options, { kernels: referenceKernels });
    const { degree, layout } = options.network;
    const [theta, ghat] = [training.parameters(), training.gradient()];
    for (const norm of Object.values(norms)) {
      const plain = arrayNorm(norm, referenceKernels, () => normShape(layout).blocks);
      const at = (c: number) => {
        const arena = new ArenaPlan().span(theta.length).span(theta.length).allocate(referenceKernels);
        const [scaledTheta, scaledGhat] = [arena.span(theta.length), arena.span(theta.length)];
        scaledTheta.view.set(theta.map((w) => c * w));
        scaledGhat.view.set(ghat.map((g) => c ** (degree - 1) * g));
        return kktResidual({
          kernels: arena.kernels,
          theta: scaledTheta,
          ghat: scaledGhat,
          norm: norm.id,
          degree,
          normOfTheta: c * plain.norm(theta),
          dualNormOfGhat: c ** (degree - 1) * plain.dualNorm(ghat),
          sampleMargins: training.sampleMargins().map((q) => c ** degree * q),
          weightedMargins: training.weightedMargins().map((q) => c ** degree * q),
          weights: training.weights(),
        });
      };
      const one = at(1);
      for (const c of [2 ** -20, 0.3, 7, 2 ** 30]) {
        const other = at(c);
        for (const name of ["stationarity", "complementarity", "tangentMarginRatio"] as const) {
          expect(Math.abs(other[name] - one[name]), `${name} ${c}`).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(one[name])));
        }
      }
    }
  }
});
