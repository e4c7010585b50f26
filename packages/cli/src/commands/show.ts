import { Command } from "commander";
import { loadTarget } from "../definition/settings.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

/** `steepest show`: prints a complete definition file. */
export function showCommand(): Command {
  return new Command("show")
    .description("the complete definition of a catalog experiment, or of a file with its defaults, to copy and to change")
    .argument("<definition>", "catalog id, path of a JSON file, or - for the standard input")
    .option("--set <path=value>", "change a field of it (JSON value); repeatable", collect, [])
    .addHelpText("after", "\nExample: steepest show teacher-student-small > mine.json && steepest run mine.json")
    .action(async (target: string, { set }: { set: string[] }) => printJson(await loadTarget(target, { set, seeds: [] })));
}
