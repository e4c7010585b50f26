import { type OptimizerId, optimizers } from "@steepest/core";
import { type OneOf, oneOf } from "../definition/choice.js";
import { field, type z } from "../definition/schema.js";
import { type OptimizerSource, refuseOption, type Shape } from "../pytorch/optimizerSource.js";
import { members } from "./members.js";

/** An optimiser in the examples of wrappers. */
export const someAdam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

const member = oneOf("kind", members).meta({ id: "optimizerMember" }); // one definition of the JSON schema, which several places refer to

/** The field of an optimiser that holds no other. */
export const memberField = (): z.ZodType<OneOf<typeof members>> =>
  field(member, "The optimiser of the steps: any that holds no other.", { example: someAdam });

interface Within {
  nameOf?(choice: never): string;
  pytorch?(choice: never, shapes: readonly Shape[]): OptimizerSource;
}

/** A wrapped optimiser in a Python program. @throws DefinitionError  if it has no translation */
export function sourceWithin(
  registry: Readonly<Record<string, Within>>,
  choice: { readonly kind: string },
  shapes: readonly Shape[],
): OptimizerSource {
  return registry[choice.kind]?.pytorch?.(choice as never, shapes) ?? refuseOption("optimizer.optimizer.kind", choice.kind);
}

/** The name of a wrapped optimiser, with that of its wrapper: "Adam, coupled decay". */
export function nameAround(
  registry: Readonly<Record<string, Within>>,
  choice: { readonly kind: OptimizerId },
  wrapper: OptimizerId,
): string {
  const name = registry[choice.kind]?.nameOf?.(choice as never) ?? optimizers[choice.kind].title;
  return `${name}, ${optimizers[wrapper].title}`;
}
