import { exponential } from "./exponential.js";
import { logistic } from "./logistic.js";
import type { Loss } from "./loss.js";

export { exponential } from "./exponential.js";
export { logistic } from "./logistic.js";

const members = {
  exponential: exponential as Loss,
  logistic: logistic as Loss,
};

export type LossId = keyof typeof members;

/** Every loss by its id. Adding one: its file and a line here. */
export const losses: Readonly<Record<LossId, Loss>> = members;
