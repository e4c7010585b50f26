import type { Span } from "@steepest/kernels";
import type { Carrier } from "../../carry/carrier.js";
import { tangentMarginRatio } from "../../kkt/tangentMarginRatio.js";
import { euclidean } from "../../norm/euclidean.js";
import { power } from "../../number/power.js";
import type { Risk } from "../risk.js";
import { byNorm, hasTheory, type Meter, type MeterContext, type MeterMember } from "./meter.js";

/** The share of the average that a step keeps. */
const memory = 0.99;

/**
 * The tangent margin ratio with an average of the multipliers of the trajectory in place of those of the moment, in every tracked norm:
 *
 *   L q_min / (||θ|| ||z||_*),   z = Σ_s b^(t-s) (||θ_t||₂ / ||θ_s||₂)^(L-1) (-ghat_s / Σᵢ w_s,i) / Σ_s b^(t-s),   b = .99
 *
 * over the steps s = 0 ... t, in the frame of ||θ_t||. It averages out how the weights jump from step to step, and the slopes at kinks. For linear models a
 * lower bound of the ratio with the best multipliers; for others the gradients were of other θ, and it is an indicator. NaN with mini-batches, whose gradients
 * see other samples, for networks that are not homogeneous, and for losses of targets.
 */
export const averageMultipliers: MeterMember = {
  plan: (plan, { layout: { parameterCount } }) => {
    plan.span(parameterCount).span(parameterCount);
  },
  bind: (context) => {
    const average = new Average(context);
    return hasTheory(context) && context.seesAll ? average : { read: () => byNorm(context, name, () => Number.NaN) };
  },
};

const name = "kkt.averageTangentMarginRatio";

class Average implements Meter {
  readonly #context: MeterContext;
  /** (1 - b) times the sum over the steps before the current θ, in the frame of ||θ|| = `length`. */
  readonly #sum: Span;
  readonly #withCurrent: Span;
  /** `share`: (1 - b) times the sum of the powers of b. */
  readonly #own = { share: 0, length: 0 };

  constructor(context: MeterContext) {
    const { arena, network } = context;
    this.#context = context;
    this.#sum = arena.span(network.layout.parameterCount);
    this.#withCurrent = arena.span(network.layout.parameterCount);
  }

  carry(carrier: Carrier): void {
    carrier.numbers("sum", this.#sum.view);
    carrier.values(this.#own);
  }

  beforeStep(seen: Risk): void {
    const { length, share } = this.#add(this.#sum, seen);
    this.#own.length = length;
    this.#own.share = share;
  }

  read: Meter["read"] = ({ full, margins, smallest, norm }) => {
    const z = this.#withCurrent;
    const { share } = this.#add(z, full);
    const { degree } = this.#context.network;
    return byNorm(this.#context, name, (id, { dualNorm }) =>
      smallest > 0
        ? tangentMarginRatio({
            degree,
            smallest,
            exponent: margins.exponent,
            multiplierSum: share,
            normOfTheta: norm[id]!,
            dualNorm: dualNorm(z),
          })
        : Number.NaN,
    );
  };

  /** out ← the sum with the gradient of `risk`, which is in the store, in the frame of the current θ. */
  #add(out: Span, { weights }: Risk): { readonly length: number; readonly share: number } {
    const { kernels, network, store } = this.#context;
    const theta = store.canonicalTheta();
    const length = euclidean(kernels, theta.ptr, theta.length);
    const own = this.#own;
    const begins = own.share === 0 || !(own.length > 0);
    const kept = begins ? 0 : memory * power(kernels, length / own.length, network.degree - 1);
    const weightSum = weights.reduce((sum, w) => sum + w, 0);
    const ghat = store.canonicalGhat().view;
    for (let i = 0; i < out.length; i++) out.view[i] = (begins ? 0 : kept * this.#sum.view[i]!) - ((1 - memory) * ghat[i]!) / weightSum;
    return { length, share: (begins ? 0 : memory * own.share) + 1 - memory };
  }
}
