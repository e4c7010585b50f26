import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean, requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

export interface LossBasedOptions {
  /** α in η = α / R. */
  readonly size: number;
  /** true: α grows by 2^(1/5) after every step that lowers the risk; a step that does not is taken back, and α shrinks by 2^(1/10). */
  readonly rollback: boolean;
}

const grow = 1.148698354997035; // 2^(1/5)
const shrink = 1.0717734625362931; // 2^(1/10)

/**
 * η_t = α / R: with unnormalised steepest descent θ ← θ + α ||ghat||_* lmo(ghat), so progress does not stall as the risk vanishes.
 *
 * It takes a loss with an exponential tail, whose gradient vanishes as the risk does: ||ghat||_* stays bounded. Of the squared loss ||∇R|| falls as √R, and steps
 * of α ||∇R|| / R grow without bound where R tends to 0; with rollback, which makes α as small as that takes, they do not.
 * Source: Lyu & Li, ICLR 2020, appendix on loss-based learning rate scheduling, for the rollback.
 *
 * @param options  size α > 0, and whether steps that do not lower the risk are taken back
 * @returns a rule for optimisers whose steps scale with the gradient
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function lossBased(options: LossBasedOptions): StepRule {
  const { size, rollback } = knownOptions("lossBased", options, { size: true, rollback: true });
  requirePositive("step.size", size);
  requireBoolean("step.rollback", rollback);
  return recorded("lossBased", [{ size, rollback }], {
    id: "lossBased",
    appliesTo: "gradient",
    needsWholeData: rollback,
    needsExponentialTail: !rollback,
    remedy: { shorter: "a smaller size", longer: "a larger size", ...(rollback && { steadier: "a smaller size without rollback" }) }, // α grows back
    start: () => {
      const own = { alpha: size };
      return {
        carry: (carrier) => carrier.values(own),
        size: ({ logRisk }) => ({ size: own.alpha, logScale: -logRisk }),
        ...(rollback && {
          accepts: (before, after) => {
            const lower = after.logRisk < before.logRisk;
            own.alpha = lower ? own.alpha * grow : own.alpha / shrink;
            return lower;
          },
        }),
      };
    },
  });
}

export const lossBasedMember: StepRuleMember = { factory: "lossBased", make: lossBased, title: "loss-based" };
