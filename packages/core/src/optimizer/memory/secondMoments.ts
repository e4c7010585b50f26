import { requireDecay, requireOneOf } from "../../check/require.js";
import type { Memory } from "./memory.js";

export interface SecondMomentsOptions {
  /** "average": v ← β v + (1 - β) g² with `decay` β in [0, 1). "sum": v ← v + g². */
  readonly accumulate: "average" | "sum";
  readonly decay?: number;
}

/**
 * The roots of second moments v in the loss frame s, entry by entry.
 *
 *   r ← √((√β e^(s' - s) r)² + (e^(logRisk - s) ghat)²)      average: √v = e^s √(1 - β) r      sum: β = 1, √v = e^s r
 *
 * No entry of ghat is too small for a root: nothing is squared before it is scaled.
 */
export function secondMoments({ accumulate, decay = 0 }: SecondMomentsOptions): Memory {
  const kept = requireOneOf("accumulate", accumulate, ["average", "sum"]) === "sum" ? 1 : Math.sqrt(requireDecay("decay", decay));
  return {
    slowest: kept,
    unit: "frame",
    plan: (plan, parameterCount) => {
      plan.span(parameterCount);
    },
    bind: ({ kernels, arena, ghat }) => {
      const root = arena.span(ghat.length);
      return {
        value: root,
        carry: (carrier) => carrier.numbers("root", root.view),
        update: ({ logMemory, logGain }) => {
          kernels.decayHypot(ghat.ptr, root.ptr, root.length, kept * kernels.exp(logMemory), kernels.exp(logGain));
        },
      };
    },
  };
}
