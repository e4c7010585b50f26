import { Command } from "commander";
import { loadDefinition } from "../definition/settings.js";
import { worstOf } from "../exitCode.js";
import { experiment, present, printJson, resultJson, runsCode } from "./experiment.js";
import { type ExperimentOptions, withExperimentOptions } from "./experimentOptions.js";

/** `steepest run`: claims are shown but decide nothing; the exit code tells the worst that happened to a run. */
export function runCommand(): Command {
  return withExperimentOptions(new Command("run"))
    .description("one experiment with all its arms and seeds: the id of a catalog experiment, or a definition file")
    .argument("<definition>", "catalog id or path of a JSON file")
    .action(async (target: string, options: ExperimentOptions) => {
      const result = await experiment(loadDefinition(target, { set: options.set, seeds: options.seed }), options);
      const figures = await present(result, options);
      if (options.json) printJson(resultJson(result, figures));
      process.exitCode = worstOf([runsCode(result), figures.code]);
    });
}
