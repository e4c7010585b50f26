import type { Activation } from "./activation.js";
import { sign } from "./sign.js";

/** tanh z; its limit is the sign, of degree 0: only the layers after the last tanh count in L. */
export const tanh: Activation = {
  degree: 0,
  limit: sign,
  pytorch: (z) => `torch.tanh(${z})`,
  forward: (kernels, z, a, n) => kernels.tanhForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.tanhBackward(z, da, dz, n),
};
