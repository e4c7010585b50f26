import { z } from "../definition/schema.js";
import { pythonNumber } from "../pytorch/python.js";

/** An activation of definitions. */
export interface ActivationMember {
  readonly schema: z.ZodType;
  /** The activation of a name in a Python program over PyTorch, with the derivative at a kink that autograd gives; absent: programs with it are refused. */
  readonly pytorch?: (name: string, parameter: string) => string;
}

/** An activation that is a word. */
export function word<K extends string>(id: K, pytorch?: (name: string) => string) {
  return { schema: z.literal(id), ...(pytorch && { pytorch }) } satisfies ActivationMember;
}

/** A family of activations: an object with one parameter. */
export function family<K extends string, S extends z.ZodType<number>>(
  id: K,
  parameter: S,
  pytorch?: (name: string, parameter: string) => string,
) {
  const shape = { [id]: parameter } as { readonly [P in K]: S };
  return { schema: z.strictObject(shape), ...(pytorch && { pytorch }) } satisfies ActivationMember;
}

/** The Python text of the parameter of a choice; empty for a word. */
export function parameterText(choice: unknown): string {
  return typeof choice === "object" && choice !== null ? pythonNumber("activation", Object.values(choice)[0] as number) : "";
}
