import { effectiveSupportCount } from "../../margin/effectiveSupportCount.js";
import type { MeterMember } from "./meter.js";

/** The effective number of support samples by the training weights, (Σ wᵢ)² / Σ wᵢ². NaN for losses of targets, whose weights are no multipliers. */
export const effectiveSupport: MeterMember = {
  bind: () => ({
    read: ({ full }) => ({ effectiveSupportCount: full.seesMargins ? effectiveSupportCount(full.weights) : Number.NaN }),
  }),
};
