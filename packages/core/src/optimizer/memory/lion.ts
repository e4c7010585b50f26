import { requireDecay } from "../../check/require.js";
import type { Memory } from "./memory.js";

/**
 * Lion's memory: it aims with one average and remembers another.
 *
 *   u = β1 m + (1 - β1) g,  m ← β2 m + (1 - β2) g      stored divided by e^s; the value is u
 */
export function lionMemory(options: { readonly beta1: number; readonly beta2: number }): Memory {
  const beta1 = requireDecay("beta1", options.beta1);
  const beta2 = requireDecay("beta2", options.beta2);
  return {
    slowest: beta2,
    unit: "frame",
    plan: (plan, parameterCount) => {
      plan.span(parameterCount).span(parameterCount);
    },
    bind: ({ kernels, arena, ghat }) => {
      const n = ghat.length;
      const [mean, value] = [arena.span(n), arena.span(n)];
      return {
        value,
        carry: (carrier) => carrier.numbers("mean", mean.view),
        update: ({ logMemory, logGain }) => {
          const memory = kernels.exp(logMemory);
          const gain = kernels.exp(logGain);
          kernels.scale(mean.ptr, value.ptr, n, beta1 * memory);
          kernels.axpy(ghat.ptr, value.ptr, n, (1 - beta1) * gain);
          kernels.axpby(ghat.ptr, mean.ptr, n, (1 - beta2) * gain, beta2 * memory);
        },
      };
    },
  };
}
