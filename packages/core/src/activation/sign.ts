import type { Activation } from "./activation.js";

/** The sign of z, 0 at 0, with derivative 0: the limit of tanh, and no activation to train with. */
export const sign: Activation = {
  degree: 0,
  forward: (kernels, z, a, n) => {
    kernels.lmoLinf(z, a, n);
    kernels.scale(a, a, n, -1);
  },
  backward: (kernels, _z, da, dz, n) => kernels.scale(da, dz, n, 0),
};
