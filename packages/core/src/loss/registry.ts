import { exponential } from "./exponential.js";
import { logistic } from "./logistic.js";
import type { MarginLoss, TargetLoss } from "./loss.js";
import { squared } from "./squared.js";

export { exponential } from "./exponential.js";
export { logistic } from "./logistic.js";
export { squared } from "./squared.js";

const members = {
  exponential: exponential as MarginLoss,
  logistic: logistic as MarginLoss,
  squared: squared as TargetLoss,
};

export type LossId = keyof typeof members;

/** Every loss by its id. Adding one: its file and a line here. */
export const losses: Readonly<typeof members> = members;
