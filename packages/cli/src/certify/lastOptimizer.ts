import { buildOptimizer, type RunDefinition } from "@steepest/experiments";

/** The optimiser that made the last step, or would have. */
export function lastOptimizer({ arm }: RunDefinition): ReturnType<typeof buildOptimizer> {
  const last = (arm.phases ?? []).findLast(({ optimizer }) => optimizer !== undefined)?.optimizer;
  return buildOptimizer(last ?? arm.optimizer);
}
