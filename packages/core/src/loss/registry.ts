import { exponential } from "./exponential.js";
import { logistic } from "./logistic.js";
import type { Loss } from "./loss.js";

export type LossId = "exponential" | "logistic";

/** Every loss by its id. */
export const losses: Readonly<Record<LossId, Loss>> = { exponential, logistic };
