import { requirePositive } from "../check/require.js";
import type { ActivationFamily } from "./activation.js";
import { relu } from "./relu.js";

/** z above 0, alpha (e^z - 1) below, for alpha > 0; its limit is relu. */
export const elu: ActivationFamily = {
  parameter: "alpha",
  make: (alpha) => {
    requirePositive("activation.elu", alpha);
    return {
      degree: 1,
      pytorch: (z) => `torch.nn.functional.elu(${z}, ${alpha})`,
      limit: relu,
      forward: (kernels, z, a, n) => kernels.eluForward(z, a, n, alpha),
      backward: (kernels, z, da, dz, n) => kernels.eluBackward(z, da, dz, n, alpha),
    };
  },
};
