import { shown } from "@steepest/kernels";
import { DefinitionError } from "../error/errors.js";
import type { ActivationFamily } from "./activation.js";

/** max(z, 0)^r, r a multiple of 1/2 in [1, 32]; of degree r. */
export const reluPower: ActivationFamily = {
  parameter: "r",
  make: (power) => {
    const halves = typeof power === "number" ? 2 * power : Number.NaN;
    if (!Number.isInteger(halves) || halves < 2 || halves > 64) {
      throw new DefinitionError(`activation.reluPower: must be a multiple of 1/2 in [1, 32], got ${shown(power)}`, {
        path: "activation.reluPower",
        value: power,
        hint: "the power is computed by multiplications and one square root, so that it is the same bits everywhere",
      });
    }
    return {
      degree: power,
      ...(power === 1 && { kink: { below: 0, above: 1 } }),
      isMajorized: Number.isInteger(power),
      pytorch: (z) => `torch.relu(${z}) ** ${power}`,
      forward: (kernels, z, a, n) => kernels.reluPowerForward(z, a, n, halves),
      backward: (kernels, z, da, dz, n) => kernels.reluPowerBackward(z, da, dz, n, halves),
    };
  },
};
