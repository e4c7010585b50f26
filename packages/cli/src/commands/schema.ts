import { definitionJsonSchema } from "@steepest/experiments";
import { Command } from "commander";
import { printJson } from "./experiment.js";

/** `steepest schema` */
export function schemaCommand(): Command {
  return new Command("schema").description("the JSON Schema of a definition file").action(() => printJson(definitionJsonSchema()));
}
