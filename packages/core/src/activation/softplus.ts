import type { Activation } from "./activation.js";
import { relu } from "./relu.js";

/** log(1 + e^z); its limit is relu. */
export const softplus: Activation = {
  degree: 1,
  limit: relu,
  pytorch: (z) => `torch.logaddexp(${z}, torch.zeros_like(${z}))`,
  forward: (kernels, z, a, n) => kernels.softplusForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.softplusBackward(z, da, dz, n),
};
