import { DefinitionError, losses } from "@steepest/core";
import type { Command } from "commander";
import { collect } from "../commands/experimentOptions.js";
import { definitionIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { oneOf } from "../oneOf.js";

/** The command with the options that say what weights are of: a `MeasuredChoice`. */
export function withMeasuredOptions(command: Command): Command {
  return command
    .option("--definition <definition>", "catalog id, path of a JSON file, or -: its network, data and loss", suggested(definitionIds))
    .option("--arm <name>", "the arm of the definition; by default its first")
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option("--network <network>", "instead of a definition: mlp:784-128-1, mlp:784-128-10:tanh, or JSON as definitions write it")
    .option("--dataset <json>", "with --network: a data set as definitions write it")
    .option("--loss <loss>", "with --network: by default logistic", oneOf("--loss", Object.keys(losses)))
    .option("--seed <n>", "the seed that draws the data; by default the definition's first, or 0", seedOf);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw DefinitionError.at("--seed", `must be an integer in [0, 2^53), got "${text}"`, { value: text });
}
