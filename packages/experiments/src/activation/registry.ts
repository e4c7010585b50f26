import type { ActivationChoice } from "@steepest/core";
import { z } from "../definition/schema.js";
import { untranslated } from "../pytorch/untranslated.js";
import { abs } from "./abs.js";
import { elu } from "./elu.js";
import { gelu } from "./gelu.js";
import { identity } from "./identity.js";
import { leakyRelu } from "./leakyRelu.js";
import { type ActivationMember, parameterText } from "./member.js";
import { relu } from "./relu.js";
import { reluPower } from "./reluPower.js";
import { silu } from "./silu.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";

/** Every activation that a definition can name. Adding one: its file and a line here. */
export const activations = { relu, identity, leakyRelu, reluPower, abs, silu, gelu, elu, softplus, tanh };

const schemas = Object.values(activations).map(({ schema }) => schema);

export const activationSchema = z.union(schemas as never) as unknown as z.ZodType<ActivationChoice>;

/** The activation of a name in a Python program over PyTorch. @throws DefinitionError  if it has no translation */
export function activationSource(choice: ActivationChoice, name: string): string {
  const id = typeof choice === "string" ? choice : Object.keys(choice)[0]!;
  const member: ActivationMember | undefined = (activations as Readonly<Record<string, ActivationMember>>)[id];
  return member?.pytorch?.(name, parameterText(choice)) ?? untranslated("network.activation", id);
}
