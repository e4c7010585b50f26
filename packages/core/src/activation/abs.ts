import type { Activation } from "./activation.js";

/** |z|; the derivative at 0 is 0. */
export const abs: Activation = {
  degree: 1,
  kink: { below: -1, above: 1 },
  isMajorized: true,
  pytorch: (z) => `torch.abs(${z})`,
  forward: (kernels, z, a, n) => kernels.absForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.absBackward(z, da, dz, n),
};
