import type { Arena, ArenaPlan, Kernels, Pointer } from "@steepest/kernels";
import { requireOneOf } from "../check/require.js";
import { type Epsilon, logOfEpsilon } from "./epsilon.js";

/**
 * Position of ε beside the root of a second moment v. "outside": √v + ε, as in PyTorch, ε in units of the gradient. "inside": √(v + ε), as in TensorFlow.js's
 * RMSProp and AdaGrad and optax's `eps_root`, ε in units of its square.
 */
export type EpsilonPlacement = "outside" | "inside";

/** The placement, "outside" where it is absent. @throws DefinitionError  unless it is "outside" or "inside" */
export function requirePlacement(path: string, placement: EpsilonPlacement | undefined): EpsilonPlacement {
  return placement === undefined ? "outside" : requireOneOf(path, placement, ["outside", "inside"]);
}

/** Sentences about the place of ε beside the root of the second moments v, for reports. */
export const placementConventions: Readonly<Record<EpsilonPlacement, string>> = {
  outside: "ε outside the root: √v + ε, as in torch.optim",
  inside: "ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js",
};

/** ε beside a root r of second moments, both divided by e^s. */
export interface BesideRoot {
  /** log ε (outside) or log √ε (inside): the threshold that a root is compared with. */
  readonly logRoot: number;
  /** out ← -meanScale m / (rootScale r + epsilon), or / √((rootScale r)² + epsilon²) inside; 0 where m is 0. f64[n] each; out may be m, and not r inside. */
  divide(m: Pointer, r: Pointer, out: Pointer, meanScale: number, rootScale: number, epsilon: number): void;
}

/** Adds the memory that `besideRoot` needs. */
export function planBesideRoot(plan: ArenaPlan, placement: EpsilonPlacement, n: number): void {
  plan.spans(spans(placement, n));
}

const spans = (placement: EpsilonPlacement, n: number) => ({ ones: placement === "inside" ? n : 0, root: placement === "inside" ? n : 0 });

export function besideRoot(arena: Arena, kernels: Kernels, placement: EpsilonPlacement, epsilon: Epsilon, n: number): BesideRoot {
  const { ones, root } = arena.spans(spans(placement, n));
  ones.view.fill(1);
  const outside: BesideRoot["divide"] = (m, r, out, meanScale, rootScale, added) =>
    kernels.adamDirection(m, r, out, n, meanScale, rootScale, added);
  const log = logOfEpsilon(kernels, epsilon);
  if (placement === "outside") return { logRoot: log, divide: outside };
  return {
    logRoot: 0.5 * log,
    divide: (m, r, out, meanScale, rootScale, added) => {
      if (added === Infinity) {
        outside(m, r, out, meanScale, rootScale, added);
        return;
      }
      kernels.scale(r, root.ptr, n, rootScale);
      kernels.decayHypot(ones.ptr, root.ptr, n, 1, added);
      kernels.adamDirection(m, root.ptr, out, n, meanScale, 1, 0);
    },
  };
}
