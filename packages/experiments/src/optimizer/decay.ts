import { expecting } from "../definition/choice.js";
import { z } from "../definition/zod.js";

/** How much of a memory a step keeps. */
export const memoryDecay = (): z.ZodNumber => expecting("must be in [0, 1)", (error) => z.number(error).min(0, error).lt(1, error));
