import type { Activation } from "./activation.js";
import { relu } from "./relu.js";

/** z Φ(z), Φ the normal distribution function; its limit is relu. */
export const gelu: Activation = {
  degree: 1,
  limit: relu,
  pytorch: (z) => `torch.nn.functional.gelu(${z})`,
  forward: (kernels, z, a, n) => kernels.geluForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.geluBackward(z, da, dz, n),
};
