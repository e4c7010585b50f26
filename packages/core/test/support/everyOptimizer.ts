import { type Optimizer, optimizers } from "../../src/index.js";

/**
 * The examples of every optimiser of the registry, for tests of properties that all of them have. On two layers, the second one row.
 *
 * @param logFrame  added to the logarithm of every epsilon
 */
export function optimizersInFrame(logFrame: number): Readonly<Record<string, Optimizer>> {
  return Object.fromEntries(Object.values(optimizers).flatMap(({ examples }) => Object.entries(examples(logFrame))));
}

export const everyOptimizer: Readonly<Record<string, Optimizer>> = optimizersInFrame(0);
