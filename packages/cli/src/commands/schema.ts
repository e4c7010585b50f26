import { definitionJsonSchema } from "@steepest/experiments";
import { Command } from "commander";
import { withExamples } from "../help/withExamples.js";
import { printJson } from "./experiment.js";

/** `steepest schema` */
export function schemaCommand(): Command {
  return withExamples(new Command("schema"), "steepest schema > steepest.schema.json", "steepest schema | jq .properties.stop")
    .description("the JSON Schema of a definition file")
    .action(() => printJson(definitionJsonSchema()));
}
