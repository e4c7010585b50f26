import { saveRule } from "@steepest/experiments";
import { Command } from "commander";
import { definitionIds, saveRules } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { baseOf, loadTarget } from "../definition/settings.js";
import { worstOf } from "../exitCode.js";
import { runHelp } from "../help/runHelp.js";
import { withExamples } from "../help/withExamples.js";
import { experiment, present, printJson, resultJson, runsCode } from "./experiment.js";
import { collect, type ExperimentOptions, withExperimentOptions } from "./experimentOptions.js";

/** `steepest run`: claims are shown but decide nothing; the exit code is the worst of its runs. */
export function runCommand(): Command {
  return withExperimentOptions(
    withExamples(new Command("run"), "steepest run teacher-student-small --seed 0", "steepest run mine.json --set stop.steps=2000 --json"),
  )
    .description("one experiment with all its arms and seeds: the id of a catalog experiment, or a definition file")
    .argument("<definition>", "catalog id, path of a JSON file, or - for the standard input", suggested(definitionIds))
    .option(
      "--save <rows>",
      "keep weights of every run, as safetensors: final, every, best:PROBE, best:max:PROBE or best:min:PROBE; repeatable",
      suggested(saveRules, collect),
      [],
    )
    .addHelpText("after", runHelp)
    .action(async (target: string, options: ExperimentOptions & { readonly save: readonly string[] }) => {
      const definition = await loadTarget(target, { set: options.set, seeds: options.seed }, options.progress);
      const save = [...new Set(options.save)].map((text) => saveRule(text, definition.record.probes));
      const result = await experiment(definition, options, baseOf(target), save);
      const figures = await present(result, options);
      if (options.json) printJson(resultJson(result, figures));
      process.exitCode = worstOf([runsCode(result), figures.code]);
    });
}
