import { alignment } from "../../margin/alignment.js";
import { byNorm, type MeterMember } from "./meter.js";

/**
 * The alignment of the last update with the steepest direction in every tracked norm, <Δθ / ||Δθ||, -g / ||g||_*>, g the gradient that the step saw, at its
 * start: 1 for steepest descent in its own norm, less where a memory, a decay or a projection moves θ. With mini-batches g is that of the batch.
 * NaN before the first step, and where the last one moved nothing.
 */
export const update: MeterMember = {
  needsLastStep: true,
  bind: (context, last) => ({
    read: () => {
      if (!last?.isMade) return byNorm(context, "update.alignment", () => Number.NaN);
      const { kernels } = context;
      const theta = last.displacement();
      const { ghat } = last;
      return byNorm(context, "update.alignment", (_, { norm, dualNorm }) =>
        alignment({ kernels, theta, ghat, normOfTheta: norm(theta), dualNormOfGhat: dualNorm(ghat) }),
      );
    },
  }),
};
