import { cosineOf } from "../../number/cosine.js";
import type { MeterMember } from "./meter.js";

/**
 * The cosine between the gradient of all samples at θ and the gradient that the last step saw, one step earlier: near 1 where steps follow the flow, negative
 * where they jump across a valley. With mini-batches the latter is that of the batch. NaN before the first step.
 */
export const gradient: MeterMember = {
  needsLastStep: true,
  bind: ({ store }, last) => ({
    read: () => ({ "gradient.cosine": last?.isMade ? cosineOf(store.canonicalGhat().view, last.ghat.view) : Number.NaN }),
  }),
};
