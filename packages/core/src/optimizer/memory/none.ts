import type { Memory } from "./memory.js";

/** No memory: the gradient itself, in units of its own risk. */
export const none: Memory = {
  slowest: 0,
  unit: "risk",
  plan: () => {},
  bind: ({ ghat }) => ({ update: () => {}, value: ghat, carry: () => {} }),
};
