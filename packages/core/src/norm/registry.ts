import { colMax, colSum } from "./columns.js";
import { l1 } from "./l1.js";
import { l2 } from "./l2.js";
import { linf } from "./linf.js";
import type { Norm } from "./norm.js";
import { nuclear } from "./nuclear.js";
import { rowMax, rowSum } from "./rows.js";
import { spectral } from "./spectral.js";

export type NormId = "l1" | "l2" | "linf" | "spectral" | "nuclear" | "rowMax" | "rowSum" | "colMax" | "colSum";

/** Every built-in norm by its id, in the order in which reports list them. l2 is also the Frobenius norm. */
export const norms: Readonly<Record<NormId, Norm>> = { l1, l2, linf, spectral, nuclear, rowMax, rowSum, colMax, colSum };
