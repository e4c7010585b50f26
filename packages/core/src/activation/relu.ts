import type { Activation } from "./activation.js";

/** max(z, 0); the derivative at 0 is 0. */
export const relu: Activation = {
  degree: 1,
  kink: { below: 0, above: 1 },
  isMajorized: true,
  isGatedByOutput: true,
  pytorch: (z) => `torch.relu(${z})`,
  forward: (kernels, z, a, n) => kernels.reluForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.reluBackward(z, da, dz, n),
};
