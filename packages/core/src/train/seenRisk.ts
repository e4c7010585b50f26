import type { Risk } from "./risk.js";

/** The risk of a step and its gradient, as far as the samples of the step show them: ∇R = e^frame ghat, with ghat in the store. */
export interface SeenRisk {
  /** The risk of the samples of the step. */
  readonly risk: Risk;
  /** log R: of those samples, or of all as those estimate it. */
  readonly logRisk: number;
  /** The logarithm by whose exponential ghat is divided; log R, unless gradients of other frames were added. */
  readonly frame: number;
  /** Samples that R is the risk of: a mean is over so many. */
  readonly sampleCount: number;
}

/** The risk of the samples of a step as it is, whose gradient is in place. */
export function seenAsItIs(risk: Risk): SeenRisk {
  const { logRisk, sampleCount } = risk;
  return { risk, logRisk, frame: logRisk, sampleCount };
}
