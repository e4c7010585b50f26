import { byNorm, type MeterMember } from "./meter.js";

/**
 * The Frank-Wolfe gap of log R over the ball ||θ|| <= r, in every tracked norm, r = unitLength / λ of the optimiser in charge:
 *
 *   max over ||u|| <= r of <ghat, θ - u> = <ghat, θ> + r ||ghat||_*,   ghat = ∇R / R
 *
 * For θ in the ball it is at least 0, and 0 iff θ is a KKT point of the risk in it: the limits of normalised steps with decoupled decay λ, such as AdamW, Lion,
 * Scion and Muon with decay, in their own norm. Negative only where θ is outside. Relative to R, so that no risk is too small for it.
 * NaN for optimisers without decoupled decay, with a decay of their own for each layer, and whose steps scale with the gradient: none has such a ball.
 * Source: Jaggi, ICML 2013; Xie & Li, ICML 2024, for AdamW; Chen et al., ICLR 2024, for Lion; Pethick et al., arXiv:2502.07529, for Scion.
 */
export const frankWolfeGap: MeterMember = {
  bind: (context) => ({
    read: ({ norm, dualNorm, alignment }) => {
      const { lengthUnit, decay = 0, unitLength = 1 } = context.steering().optimizer;
      const radius = lengthUnit === "unit" && decay > 0 ? unitLength / decay : Number.NaN;
      return byNorm(context, "frankWolfeGap", (id) => {
        const [ofTheta, ofGhat] = [norm[id]!, dualNorm(id)];
        const inward = ofTheta === 0 || ofGhat === 0 ? 0 : ofTheta * alignment(id); // -<ghat, θ> / ||ghat||_*
        return ofGhat * (radius - inward);
      });
    },
  }),
};
