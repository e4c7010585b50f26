import { type CarryingFunction, carrying } from "../carry/carrier.js";
import { linf } from "../norm/linfAndL1.js";
import type { Epsilon } from "./epsilon.js";
import { besideRoot, type EpsilonPlacement, placementConventions, planBesideRoot } from "./epsilonPlacement.js";
import { epsilonShare } from "./epsilonShare.js";
import { lossFrame } from "./lossFrame.js";
import type { Memory } from "./memory/memory.js";
import { none } from "./memory/none.js";
import type { Expectation, Optimizer } from "./optimizer.js";
import { sumOfLogs } from "./sumOfLogs.js";

/** The factors of one step that a first moment m, a root r and ε are multiplied by, all in the loss frame. */
export interface MomentScales {
  readonly mean: number;
  readonly root: number;
  readonly epsilon: number;
}

/** The scales of the next step of a run. */
export type ScalesOfRun = CarryingFunction<() => MomentScales>;

/** Scales that every step has. */
export const fixedScales = (scales: MomentScales): ScalesOfRun =>
  carrying(
    () => scales,
    () => {},
  );

export interface AdaptiveDescent {
  readonly id: string;
  /** m, the numerator: first moments, or `none` for the gradient itself. */
  readonly first: Memory;
  /** r, roots of second moments. */
  readonly second: Memory;
  /** Starts a run; called once per step, it gives the scales of that step, such as Adam's corrections of its bias. */
  startScales(): ScalesOfRun;
  readonly epsilon: Epsilon;
  readonly placement: EpsilonPlacement;
  /** A memory of the quotients, which have no unit. Default `none`. */
  readonly steps?: Memory;
  readonly expectation: Expectation;
  readonly lengthUnit: Optimizer["lengthUnit"];
}

/** The loss frame of dimensionless quantities. */
const still = { logRisk: 0, frame: 0, logMemory: 0, logGain: 0 } as const;

const smallestGain = 2 ** -960;

/**
 * Descent along first moments divided, entry by entry, by the roots of second moments: Adam, RMSProp and AdaGrad. Its norm is ℓ∞.
 *
 *   θ ← θ - η d,  d = mean m / (root r + epsilon ε e^-s)      inside: mean m / √((root r)² + (epsilon √ε e^-s)²)
 *
 * Both memories share one loss frame s, see docs/loss-frame.md; where they are sums it starts at log ε, so that ε e^-s <= 1. Where m is the gradient itself, in units
 * of the risk, its factor e^(logRisk - s) stays a logarithm until it meets the step size; once it is below 2^-960, roots below 2^-960 count as that, which
 * keeps the direction finite.
 */
export function adaptiveDescent(parts: AdaptiveDescent): Optimizer {
  const { id, first, second, startScales, epsilon, placement, steps = none, expectation, lengthUnit } = parts;
  const slowest = Math.max(first.slowest, second.slowest);
  return {
    id,
    ownNorm: linf,
    expectation,
    lengthUnit,
    conventions: [placementConventions[placement]],
    plan: (plan, { length }) => {
      first.plan(plan, length);
      second.plan(plan, length);
      planBesideRoot(plan, placement, length);
      steps.plan(plan, length);
    },
    bind: ({ kernels, arena, theta, ghat, direction }) => {
      const n = theta.length;
      const mean = first.bind({ kernels, arena, ghat });
      const root = second.bind({ kernels, arena, ghat });
      const { logRoot, divide } = besideRoot(arena, kernels, placement, epsilon, n);
      const buffer = steps.bind({ kernels, arena, ghat: direction });
      const moveFrame = lossFrame(kernels, slowest);
      if (slowest === 1) moveFrame(logRoot);
      const scalesOfStep = startScales();
      let taken = still as { readonly logRisk: number; readonly frame: number };
      const own = { shareBelow: Number.NaN };
      return {
        carry: (carrier) => {
          moveFrame.carry(carrier);
          mean.carry(carrier.at("first"));
          root.carry(carrier.at("second"));
          buffer.carry(carrier.at("steps"));
          scalesOfStep.carry(carrier.at("scales"));
          carrier.values(own);
        },
        aim: (logRisk) => {
          const move = moveFrame(logRisk);
          taken = move;
          mean.update(move);
          root.update(move);
          const scales = scalesOfStep();
          const epsilonInFrame = kernels.exp(logRoot - move.frame) * scales.epsilon;
          own.shareBelow = epsilonInFrame / scales.root;
          const least = first.unit === "frame" ? 0 : kernels.exp(move.logGain) < smallestGain ? smallestGain : Number.MIN_VALUE;
          divide(mean.value.ptr, root.value.ptr, direction.ptr, scales.mean, scales.root, Math.max(epsilonInFrame, least));
          buffer.update(still);
          if (buffer.value !== direction) kernels.scale(buffer.value.ptr, direction.ptr, n, 1);
        },
        move: ({ size, logScale }) => {
          const logLength = first.unit === "frame" ? logScale : sumOfLogs(logScale, taken.logRisk, -taken.frame);
          const length = size * kernels.exp(logLength);
          kernels.axpy(direction.ptr, theta.ptr, n, length);
          return length;
        },
        readings: () => ({ epsilonShare: epsilonShare(root.value.view, own.shareBelow) }),
      };
    },
  };
}
