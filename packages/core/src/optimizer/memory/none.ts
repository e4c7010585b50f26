import type { Memory } from "./memory.js";

/** No memory: the gradient itself, in the frame of its own risk. */
export const none: Memory = {
  plan: () => {},
  bind: ({ ghat }) => ({ update: (logRisk) => logRisk, value: ghat }),
};
