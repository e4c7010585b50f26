import { conventionFindings } from "@steepest/experiments";
import { Command } from "commander";
import { definitionIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { loadTarget } from "../definition/settings.js";
import { withExamples } from "../help/withExamples.js";
import { lineWidth, wrapped } from "../lineWidth.js";
import { conventionLines } from "../report.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

/** `steepest show`: prints a complete definition file. */
export function showCommand(): Command {
  return withExamples(
    new Command("show"),
    "steepest show teacher-student-small > mine.json && steepest run mine.json",
    "steepest show mnist-3v6 --set stop.steps=2000",
  )
    .description("the complete definition of a catalog experiment, or of a file with its defaults, to copy and to change")
    .argument("<definition>", "catalog id, path of a JSON file, or - for the standard input", suggested(definitionIds))
    .option("--set <path=value>", "change a field of it (JSON value); repeatable", collect, [])
    .action(async (target: string, { set }: { set: string[] }) => {
      const definition = await loadTarget(target, { set, seeds: [] });
      printJson(definition);
      const width = lineWidth(process.stderr);
      for (const line of conventionLines(conventionFindings(definition))) process.stderr.write(`${wrapped(line, width)}\n`);
    });
}
