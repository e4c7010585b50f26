import { marginOf } from "../../margin/margin.js";
import { sandwichSlacks } from "../../margin/sandwich.js";
import { timesPowerOfTwo } from "../../number/binaryScale.js";
import { byNorm, type MeterMember } from "./meter.js";

/**
 * The slacks of γ - log(n) / ||θ||^L <= soft margin <= γ in every tracked norm, for any loss of margins; both are at least 0 up to rounding, whatever θ, so a
 * negative one shows an error in the arithmetic. NaN for losses of targets, which have no soft margin.
 */
export const sandwich: MeterMember = {
  plan: (plan) => {
    plan.span(1).span(1);
  },
  bind: (context) => {
    const { arena, kernels, loss, network } = context;
    const [margin, weight] = [arena.span(1), arena.span(1)];
    return {
      read: ({ full, margins, smallest, norm }) => {
        const unknown = { lower: Number.NaN, upper: Number.NaN };
        const slacks =
          loss.sees === "targets" || !full.hasFiniteScores
            ? unknown
            : sandwichSlacks({
                kernels,
                loss,
                logRisk: full.logRisk,
                smallest: timesPowerOfTwo(smallest, margins.exponent),
                sampleCount: full.sampleCount,
                marginsPerSample: full.marginsPerSample,
                logLoss: (q) => {
                  margin.view[0] = q;
                  return loss.evaluate(kernels, margin, weight);
                },
              });
        const of = (side: keyof typeof slacks) =>
          byNorm(context, `sandwich.${side}`, (id) => marginOf(kernels, slacks[side], norm[id]!, network.degree));
        return { ...of("lower"), ...of("upper") };
      },
    };
  },
};
