import { type NormExpression, type Optimizer, type OptimizerId, optimizers } from "@steepest/core";
import { build, type OneOf } from "../definition/choice.js";
import { field, z } from "../definition/schema.js";
import type { ModuleOptimizerChoice } from "../module/schema.js";
import { type OptimizerSource, refuseOption, type Shape } from "../pytorch/optimizerSource.js";
import type { members } from "./members.js";

/** An optimiser of a definition; wrappers hold any of them. */
export type OptimizerChoice =
  | OneOf<typeof members>
  | ModuleOptimizerChoice
  | { readonly kind: "decoupledDecay"; readonly optimizer: OptimizerChoice; readonly decay: number }
  | { readonly kind: "coupledDecay"; readonly optimizer: OptimizerChoice; readonly decay: number }
  | { readonly kind: "clipped"; readonly optimizer: OptimizerChoice; readonly norm: NormExpression; readonly length: number };

/** The optimisers that wrappers hold, once all are known. */
export interface Held {
  /** The field of the optimiser that a wrapper holds. */
  field(description: string, example: OptimizerChoice): z.ZodType<OptimizerChoice>;
  build(choice: OptimizerChoice): Optimizer;
  /** Its name with that of its wrapper: "Adam, coupled decay". */
  nameIn(wrapper: OptimizerId, choice: OptimizerChoice): string;
  /** It in a Python program. @throws DefinitionError  if it has no translation */
  pytorch(choice: OptimizerChoice, shapes: readonly Shape[]): OptimizerSource;
}

/** An optimiser in the examples of wrappers. */
export const someAdam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

interface Part {
  readonly title?: string;
  build(options: never): Optimizer;
  nameOf?(choice: never): string;
  pytorch?(choice: never, shapes: readonly Shape[]): OptimizerSource;
}

type Registry = Readonly<Record<OptimizerChoice["kind"], Part>>;

/**
 * The optimisers of a registry as wrappers hold them; wrappers are in it too, so it is asked for only when they are used.
 *
 * @param registry  every optimiser
 * @param schema    the schema of one of them
 */
export function heldOptimizers(registry: () => Registry, schema: () => z.ZodType<OptimizerChoice>): Held {
  return {
    field: (description, example) => field(z.lazy(schema), description, { example }),
    build: (choice) => build<"kind", Optimizer>(registry() as never, "kind", choice),
    nameIn: (wrapper, choice) => {
      const name = registry()[choice.kind].nameOf?.(choice as never) ?? registry()[choice.kind].title;
      return `${name}, ${optimizers[wrapper].title}`;
    },
    pytorch: (choice, shapes) =>
      registry()[choice.kind].pytorch?.(choice as never, shapes) ?? refuseOption("optimizer.optimizer.kind", choice.kind),
  };
}
