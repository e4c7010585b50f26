import { chordBetween } from "../../number/cosine.js";
import type { MeterMember } from "./meter.js";

/**
 * The length of the path of θ / ||θ||₂ on the unit sphere so far, Σ_s ||θ_{s+1} / ||θ_{s+1}||₂ - θ_s / ||θ_s||₂||₂ over all steps: it stays bounded where the
 * direction of a flow converges. NaN from the first θ on that is 0 or not finite.
 * Source: Ji & Telgarsky, Directional convergence and alignment in deep learning, NeurIPS 2020.
 */
export const pathLength: MeterMember = {
  needsLastStep: true,
  bind: ({ store }, last) => {
    const own = { length: 0 };
    return {
      carry: (carrier) => carrier.values(own),
      afterStep: () => {
        own.length += chordBetween(last!.theta.view, store.canonicalTheta().view);
      },
      read: () => ({ "direction.pathLength": own.length }),
    };
  },
};
