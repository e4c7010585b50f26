import type { Kernels } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import { refuseUnknownKeys } from "../knownKeys.js";
import { requireNonNegative } from "../require.js";

/** A number ε >= 0, or the logarithm of one that binary64 may not hold. */
export type Epsilon = number | { readonly log: number };

/** @throws DefinitionError  unless the number is finite and >= 0, or its logarithm finite */
export function requireEpsilon(path: string, epsilon: Epsilon): Epsilon {
  if (typeof epsilon !== "object" || epsilon === null) return requireNonNegative(path, epsilon);
  refuseUnknownKeys(path, epsilon, { log: true });
  if (Number.isFinite(epsilon.log)) return epsilon;
  throw new DefinitionError(`${path}.log: must be finite, got ${String(epsilon.log)}`, { path: `${path}.log`, value: epsilon.log });
}

/** log ε; -∞ for 0. */
export function logOfEpsilon(kernels: Kernels, epsilon: Epsilon): number {
  return typeof epsilon === "number" ? kernels.log(epsilon) : epsilon.log;
}
