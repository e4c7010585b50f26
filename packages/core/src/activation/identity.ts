import type { Activation } from "./activation.js";

/** z itself: layers beside it make a deep linear network. */
export const identity: Activation = {
  degree: 1,
  isMajorized: true,
  pytorch: (z) => z,
  forward: (kernels, z, a, n) => kernels.scale(z, a, n, 1),
  backward: (kernels, _z, da, dz, n) => kernels.scale(da, dz, n, 1),
};
