import { type ActivationChoice, type ActivationId, activations } from "@steepest/core";
import { z } from "../definition/schema.js";
import { pythonNumber } from "../pytorch/python.js";
import { untranslated } from "../pytorch/untranslated.js";
import { elu } from "./elu.js";
import { leakyRelu } from "./leakyRelu.js";
import { reluPower } from "./reluPower.js";

/** The parameters of the families of activations. Adding one: its file and a line here; activations without a parameter follow from the core. */
const parameters = { leakyRelu, reluPower, elu };

const words = Object.keys(activations).filter((id) => !Object.hasOwn(parameters, id));

export const activationSchema = z.union([
  z.enum(words),
  ...Object.entries(parameters).map(([id, parameter]) => z.strictObject({ [id]: parameter })),
]) as unknown as z.ZodType<ActivationChoice>;

/** The activation of a name in a Python program over PyTorch. @throws DefinitionError  if it has no translation */
export function activationSource(choice: ActivationChoice, name: string): string {
  const [id, parameter]: readonly [string, number?] = typeof choice === "string" ? [choice] : Object.entries(choice)[0]!;
  const member = Object.hasOwn(activations, id) ? activations[id as ActivationId] : undefined;
  const text = parameter === undefined ? "" : pythonNumber(`activation.${id}`, parameter);
  return member?.pytorch?.(name, text) ?? untranslated("network.activation", id);
}
