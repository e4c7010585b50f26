import { l1 } from "./l1.js";
import { l2 } from "./l2.js";
import { linf } from "./linf.js";
import type { NormFactory } from "./norm.js";

export type NormId = "l1" | "l2" | "linf";

/** Every built-in norm by its id, in the order in which reports list them. */
export const norms: Readonly<Record<NormId, NormFactory>> = { l1, l2, linf };
