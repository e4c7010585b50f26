import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean, requireOneOf } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { type Norm, normPart } from "../norm/norm.js";
import { norms, smoothedNorms } from "../norm/registry.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { none } from "./memory/none.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";
import { smoothedSteepest } from "./smoothedSteepest.js";

export interface SteepestDescentOptions {
  readonly norm: Norm;
  /** true: θ ← θ + η lmo(∇R). false: θ ← θ + η ||∇R||_* lmo(∇R). */
  readonly normalized: boolean;
  /**
   * "none": the exact steepest direction with the norm's tie rule. "alignment", for l1 and linf: a direction that spreads over near-ties as far as the
   * alignment allows without losing the rise of the soft margin, see `smoothedSteepest`.
   */
  readonly smoothing?: "none" | "alignment";
}

/**
 * Steepest descent with respect to a norm; gradient, coordinate, sign and spectral descent are its ℓ2, ℓ1, ℓ∞ and spectral cases.
 *
 *   θ ← θ + η e^logRisk ||ghat||_* lmo(ghat)      normalised: θ ← θ + η lmo(ghat)
 *
 * Raises the margin of its own norm after separation: Tsilivis et al., JMLR 27 (2026), theorem 1 (for the flow).
 *
 * @param options  norm, whether steps are normalised, and for l1 and linf whether the direction is smoothed over near-ties
 * @returns an optimiser without a memory whose own norm is `options.norm`
 * @throws DefinitionError  on an unknown option, a value that is no norm, or smoothing of a norm that has none
 * @example
 * steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }) // sign descent
 */
export function steepestDescent(options: SteepestDescentOptions): Optimizer {
  const {
    norm,
    normalized,
    smoothing = "none",
  } = knownOptions("steepestDescent", options, { norm: true, normalized: true, smoothing: true });
  requirePart("steepestDescent.norm", norm, normPart);
  requireBoolean("normalized", normalized);
  requireOneOf("smoothing", smoothing, ["none", "alignment"]);
  const expectation = { margin: norm, source: "Tsilivis et al., JMLR 27 (2026), theorem 1, for the flow", grows: true } as const;
  const optimizer =
    smoothing === "alignment"
      ? smoothedSteepest(norm, normalized, expectation)
      : normedDescent({ id: "steepest", norm, memory: none, normalized, expectation });
  return recorded("steepestDescent", [{ norm, normalized, smoothing }], optimizer);
}

export const steepestMember: OptimizerMember = {
  factory: "steepestDescent",
  make: steepestDescent,
  title: "steepest descent",
  examples: () => ({
    ...Object.fromEntries(
      Object.entries(norms).flatMap(([id, norm]) =>
        [true, false].map((normalized) => [`steepest ${id}${normalized ? ", normalised" : ""}`, steepestDescent({ norm, normalized })]),
      ),
    ),
    ...Object.fromEntries(
      smoothedNorms.map((id) => [
        `smoothed ${id}`,
        steepestDescent({ norm: norms[id], normalized: id === smoothedNorms[0], smoothing: "alignment" }),
      ]),
    ),
  }),
};
