import type { ScalarKernels } from "@steepest/kernels";
import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";

/** The scalar functions; they use no memory. */
export const scalarKernels: ScalarKernels = { exp, log, log1p, expm1 };
