import { pythonNumber } from "./python.js";

/** A step rule of the program. */
export interface StepSource {
  /**
   * A function step_size(t, log_risk, seen, theta, ghat), whose result (eta, v) stands for a size of eta e^v; or a class with `size` of the same
   * arguments and accepts(before, after), both (seen, log_risk, theta), whose instance is `rule`.
   */
  readonly text: string;
  /** true: it uses `norm`, the optimiser's own. */
  readonly needsNorm?: boolean;
  /** true: it uses the gradients of single samples. */
  readonly needsSamples?: boolean;
  /** true: it uses the weights that move alone. */
  readonly needsMoving?: boolean;
  /** true: its sizes are lengths in the optimiser's norm. */
  readonly paces?: boolean;
  /** true: it uses `soft_numerator`, the inverse of the loss. */
  readonly needsInverse?: boolean;
  /** true: it takes steps back. */
  readonly judges?: boolean;
}

/** A number of a step rule as Python. */
export const stepNumber = (name: string, value: unknown): string => pythonNumber(`step.${name}`, value);

/** A step rule whose size and exponent v are a Python expression. */
export const plainStep = (result: string): StepSource => ({ text: `def step_size(t, log_risk, seen, theta, ghat):\n    return ${result}` });
