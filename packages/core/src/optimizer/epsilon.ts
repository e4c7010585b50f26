import type { Kernels } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireFinite, requireNonNegative } from "../check/require.js";

/** A number ε >= 0, or the logarithm of one that binary64 may not hold. */
export type Epsilon = number | { readonly log: number };

/** @throws DefinitionError  unless the number is finite and >= 0, or its logarithm finite */
export function requireEpsilon(path: string, epsilon: Epsilon): Epsilon {
  if (typeof epsilon !== "object" || epsilon === null) return requireNonNegative(path, epsilon);
  refuseUnknownKeys(path, epsilon, { log: true });
  requireFinite(`${path}.log`, epsilon.log);
  return epsilon;
}

/** log ε; -∞ for 0. */
export function logOfEpsilon(kernels: Kernels, epsilon: Epsilon): number {
  return typeof epsilon === "number" ? kernels.log(epsilon) : epsilon.log;
}
