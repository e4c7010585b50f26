import type { Network } from "@steepest/core";
import { definitionError } from "../definition/definitionError.js";
import { plainTree } from "../definition/plainTree.js";
import { schemaIssues } from "../definition/schemaIssues.js";
import type { NetworkEnds } from "./member.js";
import { buildNetwork, type NetworkChoice, networkSchema } from "./registry.js";

const anyInit = { law: "uniformFanIn", scale: 1 };

/**
 * The network of a definition whose weights are given, so that it needs no initialisation.
 *
 * @param value  plain data: a network as definitions write it; `init` may be left out, and decides nothing
 * @param ends   input columns and scores per sample, as the data have them
 * @returns the network of the core
 * @throws DefinitionError  with everything that is wrong with it
 */
export function givenNetwork(value: unknown, ends: NetworkEnds): Network {
  const tree = plainTree(value);
  const whole = typeof tree === "object" && tree !== null && !Array.isArray(tree) ? { init: anyInit, ...tree } : tree;
  const parsed = networkSchema.safeParse(whole);
  if (!parsed.success) throw definitionError(schemaIssues(parsed.error, whole, networkSchema), whole);
  return buildNetwork(parsed.data, ends);
}

/**
 * A network of a definition as weights and certificates name it: without what decides no score.
 *
 * @param choice  a network of a definition
 * @returns plain data that `givenNetwork` reads
 */
export function bareNetwork(choice: NetworkChoice): unknown {
  const {
    init: _init,
    outputs: _outputs,
    homogeneity: _homogeneity,
    ...bare
  } = choice as NetworkChoice & {
    readonly outputs?: unknown;
    readonly homogeneity?: unknown;
  };
  return bare;
}
