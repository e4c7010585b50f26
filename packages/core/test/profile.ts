import type { CheckOptions } from "@steepest/laws";

/** How many cases laws are asked: STEEPEST_LAWS=smoke|ci|deep, that is 25, 200 or 10 000 per law. Any other word is refused when laws are checked. */
export const profile = (process.env.STEEPEST_LAWS ?? "smoke") as CheckOptions["profile"];

/** The seed and number of cases of a core test that names no seed of its own. */
export const lawOptions: CheckOptions = { seed: 20_241_029, profile };
