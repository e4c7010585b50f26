import { DefinitionError } from "@steepest/core";
import { plainJson } from "../definition/plainJson.js";

/** A network that the command line names. */
export interface NamedNetwork {
  /** As definitions write it, without an initialisation. */
  readonly network: object;
  /** Input columns and scores that the text states, to be compared with the data. */
  readonly ends?: { readonly inputDim: number; readonly outputs: number };
}

/**
 * The network of `--network`: "mlp:784-128-1", with an activation other than relu "mlp:784-128-1:tanh", or JSON as in definitions.
 *
 * @throws DefinitionError  if it is neither
 */
export function networkOfText(text: string): NamedNetwork {
  if (text.trim().startsWith("{")) return { network: plainJson("--network", text) as object };
  const [, sizes, activation = "relu"] = /^mlp:(\d+(?:-\d+)+)(?::(\w+))?$/.exec(text) ?? [];
  const widths = sizes?.split("-").map(Number) ?? [];
  if (widths.length < 2 || !widths.every((width) => width >= 1 && Number.isSafeInteger(width))) {
    throw DefinitionError.at("--network", `must be mlp:INPUTS-HIDDEN-...-SCORES or JSON, got "${text}"`, {
      value: text,
      hint: 'e.g. mlp:784-128-1, mlp:784-128-10:tanh, \'{"kind":"mlp","hidden":[128],"activation":"relu"}\'',
    });
  }
  return {
    network: { kind: "mlp", hidden: widths.slice(1, -1), activation },
    ends: { inputDim: widths[0]!, outputs: widths.at(-1)! },
  };
}
