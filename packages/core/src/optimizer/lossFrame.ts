import { type Kernels, requireKernels } from "@steepest/kernels";
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

/**
 * The frame in which an optimiser with memory keeps its moments; docs/loss-frame.md derives it.
 *
 *   s_t = max(logRisk_t, s_{t-1} + log ρ),  ρ the slowest memory
 *
 * @param kernels        for the logarithm of ρ
 * @param slowestMemory  ρ in [0, 1]: the largest factor by which a step keeps a memory; 0 without one
 * @returns a function of the log risk of a step that moves the frame and returns the factors of the step; one per run
 */
export function lossFrame(kernels: Kernels, slowestMemory: number): (logRisk: number) => FrameMove {
  requireKernels("kernels", kernels);
  if (slowestMemory !== 1) requireDecay("slowestMemory", slowestMemory);
  const logMemoryDecay = slowestMemory === 0 ? -Infinity : kernels.log(slowestMemory);
  let frame = -Infinity;
  return (logRisk) => {
    const next = Math.max(logRisk, frame + logMemoryDecay);
    const move = { logRisk, frame: next, logMemory: slowestMemory === 0 ? -Infinity : frame - next, logGain: logRisk - next };
    frame = next;
    return move;
  };
}
