import { requireDecay, requireOneOf } from "../../check/require.js";
import type { Memory } from "./memory.js";

export interface MomentumOptions {
  /** μ in [0, 1). */
  readonly momentum: number;
  /** "sum": b ← μ b + g, as in heavy ball. "average": b ← μ b + (1 - μ) g. */
  readonly accumulate: "sum" | "average";
  /** true: aims with μ b + g, or μ b + (1 - μ) g, instead of b. */
  readonly nesterov: boolean;
}

/**
 * Momentum in the loss frame s: b is stored divided by e^s.
 *
 *   b ← μ e^(s' - s) b + κ e^(logRisk - s') ghat,  κ = 1 for a sum, 1 - μ for an average      b starts at 0
 *
 * Momentum 0 is the gradient itself, bit for bit (for an average too: κ = 1).
 * Source: Polyak, 1964; Sutskever et al., ICML 2013, for Nesterov's form.
 */
export function momentum(options: MomentumOptions): Memory {
  const mu = requireDecay("momentum", options.momentum);
  const { nesterov } = options;
  const gain = requireOneOf("accumulate", options.accumulate, ["sum", "average"]) === "sum" ? 1 : 1 - mu;
  const spans = (parameterCount: number) => ({ buffer: parameterCount, ahead: nesterov ? parameterCount : 0 });
  return {
    slowest: mu,
    unit: "frame",
    plan: (plan, parameterCount) => {
      plan.spans(spans(parameterCount));
    },
    bind: ({ kernels, arena, ghat }) => {
      const n = ghat.length;
      const { buffer, ahead } = arena.spans(spans(n));
      return {
        value: nesterov ? ahead : buffer,
        carry: (carrier) => carrier.numbers("buffer", buffer.view), // a step makes `ahead` of it before it is looked at
        update: ({ logMemory, logGain }) => {
          const fresh = gain * kernels.exp(logGain);
          kernels.axpby(ghat.ptr, buffer.ptr, n, fresh, mu * kernels.exp(logMemory));
          if (nesterov) {
            kernels.scale(buffer.ptr, ahead.ptr, n, mu);
            kernels.axpy(ghat.ptr, ahead.ptr, n, fresh);
          }
        },
      };
    },
  };
}
