import type { CheckOptions } from "@steepest/laws";

/** Number of cases of laws: STEEPEST_LAWS=smoke|ci|deep, that is 25, 200 or 10 000 per law. Any other word is refused when laws are checked. */
export const profile = (process.env.STEEPEST_LAWS ?? "smoke") as CheckOptions["profile"];

/** The seed and number of cases of core tests that name no seed of their own. */
export const lawOptions: CheckOptions = { seed: 20_241_029, profile };
