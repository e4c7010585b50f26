import type { Activation } from "./activation.js";
import { relu } from "./relu.js";

/** z / (1 + e^-z), SiLU or Swish; its limit is relu. */
export const silu: Activation = {
  degree: 1,
  limit: relu,
  pytorch: (z) => `torch.nn.functional.silu(${z})`,
  forward: (kernels, z, a, n) => kernels.siluForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.siluBackward(z, da, dz, n),
};
