import { type Kernels, requireKernels } from "@steepest/kernels";
import { type CarryingFunction, carrying } from "../carry/carrier.js";
import { requireDecay } from "../check/require.js";

/** The factors of one step, as logarithms. */
export interface FrameMove {
  readonly logRisk: number;
  /** s_t: gradients and memories are stored divided by e^s. */
  readonly frame: number;
  /** s_{t-1} - s_t <= -log ρ: a memory in the old frame is multiplied by its exponential. -∞ without memory, however far the risk fell. */
  readonly logMemory: number;
  /** logRisk - s_t <= 0: ghat is multiplied by its exponential. */
  readonly logGain: number;
}

/** The frame of a run, moved by the log risk of a step; it carries s. */
export type LossFrame = CarryingFunction<(logRisk: number) => FrameMove>;

/**
 * The frame in which an optimiser with memory keeps its moments; docs/loss-frame.md derives it.
 *
 *   s_t = max(logRisk_t, s_{t-1} + log ρ),  ρ the slowest memory
 *
 * @param kernels        for the logarithm of ρ
 * @param slowestMemory  ρ in [0, 1]: the largest factor by which a step keeps a memory; 0 without one
 * @returns a function of the log risk of a step that moves the frame and returns the factors of the step, one per run; its `carry` carries s
 */
export function lossFrame(kernels: Kernels, slowestMemory: number): LossFrame {
  requireKernels("kernels", kernels);
  if (slowestMemory !== 1) requireDecay("slowestMemory", slowestMemory);
  const logMemoryDecay = slowestMemory === 0 ? -Infinity : kernels.log(slowestMemory);
  const own = { frame: -Infinity };
  return carrying(
    (logRisk: number) => {
      const next = Math.max(logRisk, own.frame + logMemoryDecay);
      const move = { logRisk, frame: next, logMemory: slowestMemory === 0 ? -Infinity : own.frame - next, logGain: logRisk - next };
      own.frame = next;
      return move;
    },
    (carrier) => carrier.values(own),
  );
}
