import { shown } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { DefinitionError } from "../error/errors.js";
import type { Activation, ActivationFamily } from "./activation.js";
import { type ActivationChoice, activations } from "./registry.js";

const isFamily = (member: Activation | ActivationFamily): member is ActivationFamily => "make" in member;

/**
 * The activation of a choice.
 *
 * @param choice  the id of an activation, or an object with that of a family and its parameter
 * @returns the activation with its degree and its kernels
 * @throws DefinitionError  on an unknown choice, or a parameter out of its range
 * @example
 * activation({ leakyRelu: 0.1 }).degree // 1
 */
export function activation(choice: ActivationChoice): Activation {
  const members: Readonly<Record<string, Activation | ActivationFamily>> = activations;
  if (typeof choice === "string" && Object.hasOwn(members, choice)) {
    const member = members[choice]!;
    if (!isFamily(member)) return member;
  }
  if (typeof choice === "object" && choice !== null) {
    const id = Object.keys(choice).find((key) => Object.hasOwn(members, key) && isFamily(members[key]!));
    if (id !== undefined) {
      const parameters = knownOptions<Readonly<Record<string, number>>>("activation", choice, { [id]: true });
      return (members[id] as ActivationFamily).make(parameters[id]!);
    }
  }
  throw new DefinitionError(`activation: must be ${choices()}, got ${shown(choice)}`, { path: "activation", value: choice });
}

/** `"relu", "identity", { leakyRelu: slope } or { reluPower: r }` */
function choices(): string {
  const texts = Object.entries(activations).map(([id, member]) => (isFamily(member) ? `{ ${id}: ${member.parameter} }` : `"${id}"`));
  return `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
