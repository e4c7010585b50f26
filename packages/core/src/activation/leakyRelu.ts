import { requirePositive } from "../check/require.js";
import type { ActivationFamily } from "./activation.js";

/** max(z, slope z), for 0 < slope; the derivative at 0 is the slope. */
export const leakyRelu: ActivationFamily = {
  parameter: "slope",
  make: (slope) => {
    requirePositive("activation.leakyRelu", slope);
    return {
      degree: 1,
      ...(slope !== 1 && { kink: { below: slope, above: 1 } }),
      isMajorized: slope <= 1,
      pytorch: (z) => `torch.nn.functional.leaky_relu(${z}, ${slope})`,
      forward: (kernels, z, a, n) => kernels.leakyReluForward(z, a, n, slope),
      backward: (kernels, z, da, dz, n) => kernels.leakyReluBackward(z, da, dz, n, slope),
    };
  },
};
