import { expecting } from "../definition/choice.js";
import { z } from "../definition/zod.js";

/** How slowly a memory forgets: 0 is no memory. */
export const decay = (): z.ZodNumber => expecting("must be in [0, 1)", (error) => z.number(error).min(0, error).lt(1, error));
