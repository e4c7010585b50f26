import { type Kernels, type Pointer, shown } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requirePositive } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";

/** "relu", "identity", max(z, slope z), or max(z, 0)^power with 2 power an integer >= 2. */
export type ActivationChoice = "relu" | "identity" | { readonly leakyRelu: number } | { readonly reluPower: number };

/** A positively homogeneous activation. */
export interface Activation {
  /** act(cz) = c^degree act(z) for c > 0. */
  readonly degree: number;
  forward(kernels: Kernels, z: Pointer, a: Pointer, n: number): void;
  /** dz ← act'(z) da; the derivative at a kink is the one from below. `dz` may be `da`. */
  backward(kernels: Kernels, z: Pointer, da: Pointer, dz: Pointer, n: number): void;
}

const relu: Activation = {
  degree: 1,
  forward: (kernels, z, a, n) => kernels.reluForward(z, a, n),
  backward: (kernels, z, da, dz, n) => kernels.reluBackward(z, da, dz, n),
};

const identity: Activation = {
  degree: 1,
  forward: (kernels, z, a, n) => kernels.scale(z, a, n, 1),
  backward: (kernels, _z, da, dz, n) => kernels.scale(da, dz, n, 1),
};

function leakyRelu(slope: number): Activation {
  requirePositive("activation.leakyRelu", slope);
  return {
    degree: 1,
    forward: (kernels, z, a, n) => kernels.leakyReluForward(z, a, n, slope),
    backward: (kernels, z, da, dz, n) => kernels.leakyReluBackward(z, da, dz, n, slope),
  };
}

function reluPower(power: number): Activation {
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
    forward: (kernels, z, a, n) => kernels.reluPowerForward(z, a, n, halves),
    backward: (kernels, z, da, dz, n) => kernels.reluPowerBackward(z, da, dz, n, halves),
  };
}

/**
 * The activation of a choice.
 *
 * @param choice  a word, or an object with the slope or the power
 * @returns the activation with its degree and its kernels
 * @throws DefinitionError  on an unknown choice, a slope that is not positive, or a power that is no multiple of 1/2 in [1, 32]
 */
export function activation(choice: ActivationChoice): Activation {
  if (choice === "relu") return relu;
  if (choice === "identity") return identity;
  if (typeof choice === "object" && choice !== null && "leakyRelu" in choice) {
    return leakyRelu(knownOptions("activation", choice, { leakyRelu: true }).leakyRelu);
  }
  if (typeof choice === "object" && choice !== null && "reluPower" in choice) {
    return reluPower(knownOptions("activation", choice, { reluPower: true }).reluPower);
  }
  throw new DefinitionError(`activation: must be "relu", "identity", { leakyRelu: slope } or { reluPower: r }, got ${shown(choice)}`, {
    path: "activation",
    value: choice,
  });
}
