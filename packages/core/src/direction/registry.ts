import type { Direction } from "./direction.js";
import { newtonSchulz } from "./newtonSchulz.js";

/** Every direction that is not the steepest one of a norm, by its id. */
export const directions: Readonly<Record<string, Direction>> = { newtonSchulz };
