import { catalog } from "@steepest/experiments";
import { Command } from "commander";
import { definitionIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { loadDefinition } from "../definition/settings.js";
import { exitCode, worstOf } from "../exitCode.js";
import type { FigureFiles } from "../figureFiles.js";
import { withExamples } from "../help/withExamples.js";
import { type ExperimentResult, experiment, present, printJson, resultJson, runsCode } from "./experiment.js";
import { collect, type ExperimentOptions, withExperimentOptions } from "./experimentOptions.js";
import { wantedOf } from "./wanted.js";

interface ReproduceOptions extends ExperimentOptions {
  readonly quick: boolean;
}

/** `steepest reproduce`: exit code 1 when a claim does not hold, and a worse one when a run diverged or failed. */
export function reproduceCommand(): Command {
  return withExperimentOptions(
    withExamples(
      new Command("reproduce"),
      "steepest reproduce teacher-student-small --quick",
      "steepest reproduce --quick --threads 1 --json > verdicts.json",
    ),
  )
    .description("catalog experiments against their claims; exit code 1 when one does not hold")
    .argument("[id...]", "catalog ids; when none is given, all whose files are here", suggested(definitionIds, collect))
    .option("--quick", "the shortened version of each experiment", false)
    .action(async (ids: string[], options: ReproduceOptions) => {
      const { ids: wanted, skipped } = wantedOf(ids);
      for (const { id, because } of skipped) process.stderr.write(`skipped ${id}: ${because}\n`);
      const results: { readonly result: ExperimentResult; readonly figures: FigureFiles }[] = [];
      for (const id of wanted) {
        const result = await experiment(definitionOf(id, options), options);
        results.push({ result, figures: await present(result, options) });
        if (!options.json) process.stdout.write("\n");
      }
      if (options.json) printJson(results.map(({ result, figures }) => resultJson(result, figures)));
      const failed = results.some(({ result }) => result.verdicts.some(({ holds }) => !holds));
      const claimCode = failed ? exitCode.claimFailed : exitCode.done;
      process.exitCode = worstOf([claimCode, ...results.flatMap(({ result, figures }) => [runsCode(result), figures.code])]);
    });
}

function definitionOf(id: string, { quick, set, seed }: ReproduceOptions) {
  const shortened = quick ? Object.entries(catalog.get(id)!.quick).map(([key, value]) => `${key}=${JSON.stringify(value)}`) : [];
  return loadDefinition(id, { set: [...shortened, ...set], seeds: seed });
}
