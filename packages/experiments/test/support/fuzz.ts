/** Every random test uses this seed; set STEEPEST_SEED to explore. fast-check prints seed and path of a failure. */
const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);

/** Settings of one property test. */
export const runs = (numRuns: number): { readonly seed: number; readonly numRuns: number } => ({ seed, numRuns });
