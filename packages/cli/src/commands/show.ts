import { DefinitionError } from "@steepest/core";
import { conventionFindings } from "@steepest/experiments";
import { Command } from "commander";
import { definitionIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { loadTarget } from "../definition/settings.js";
import { withExamples } from "../help/withExamples.js";
import { lineWidth, wrapped } from "../lineWidth.js";
import { conventionLines } from "../report.js";
import { isFolder, readRun } from "../runs/readRun.js";
import { runText } from "../runs/runText.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

/** `steepest show`: prints a complete definition file, or a run. */
export function showCommand(): Command {
  return withExamples(
    new Command("show"),
    "steepest show teacher-student-small > mine.json && steepest run mine.json",
    "steepest show runs/teacher-student/gradient-s0-0123456789ab",
  )
    .description(
      "the complete definition of a catalog experiment, or of a file with its defaults, to copy and to change; or a run: how it went and ended",
    )
    .argument("<target>", "catalog id, path of a JSON file, - for the standard input, or the folder of a run", suggested(definitionIds))
    .option("--set <path=value>", "change a field of it (JSON value); repeatable", collect, [])
    .option("--json", "of a run: one JSON document on stdout instead of tables", false)
    .action(async (target: string, { set, json }: { set: string[]; json: boolean }) => {
      if (isFolder(target)) {
        showRun(target, { set, json });
        return;
      }
      const definition = await loadTarget(target, { set, seeds: [] });
      printJson(definition);
      const width = lineWidth(process.stderr);
      for (const line of conventionLines(conventionFindings(definition))) process.stderr.write(`${wrapped(line, width)}\n`);
    });
}

function showRun(target: string, { set, json }: { readonly set: readonly string[]; readonly json: boolean }): void {
  if (set.length > 0)
    throw DefinitionError.at("--set", "changes a definition, and a run has been made", { value: set[0], hint: "show its experiment" });
  const found = readRun(target);
  if (json) printJson({ name: found.name, definition: found.run, environment: found.environment, end: found.end, rows: found.rows });
  else process.stdout.write(`${runText(found)}\n`);
}
