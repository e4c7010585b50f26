import { byNorm, type MeterMember } from "./meter.js";

/** The alignment <θ / ||θ||, -g / ||g||_*> in every tracked norm, g the gradient of all samples. */
export const alignments: MeterMember = {
  bind: (context) => ({ read: ({ alignment }) => byNorm(context, "alignment", alignment) }),
};
