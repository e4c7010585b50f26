import { type Norm, normFromText } from "@steepest/core";
import { bareNetwork, measureWeights, moduleNormsIn } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { Command } from "commander";
import { normIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { withExamples } from "../help/withExamples.js";
import { givenWeights } from "../measure/givenWeights.js";
import { withMeasuredOptions } from "../measure/measuredOptions.js";
import type { MeasuredChoice } from "../measure/measuredRun.js";
import { measuredText } from "../measure/measuredText.js";
import { normArgument } from "../normArgument.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

interface MeasureCommandOptions extends MeasuredChoice {
  readonly norm: readonly string[];
  readonly json: boolean;
}

/** `steepest measure`: what a run would record at weights that were trained anywhere. */
export function measureCommand(): Command {
  const command = withExamples(
    new Command("measure"),
    "steepest measure model.safetensors --definition teacher-student-small",
    'steepest measure model.npz --network mlp:2-16-1 --dataset \'{"kind":"file","path":"points.csv","label":"class"}\' --json',
  )
    .description(
      "margins and soft margins in every norm, norms, log risk, accuracy, alignment and KKT numbers of weights trained elsewhere",
    )
    .argument("<weights>", "a safetensors or npz file, each block of the network an array [outputs][inputs]");
  return withMeasuredOptions(command)
    .option("--norm <norm>", "a norm beside the built-in ones, such as lp(3); repeatable", suggested(normIds, collect), [])
    .option("--json", "one JSON document on stdout, with every digit, instead of tables", false)
    .action(async (path: string, { norm: given, json, ...choice }: MeasureCommandOptions) => {
      const norm = given.map(normArgument);
      for (const text of norm) if (!text.includes("module(")) normFromText(text); // those of modules are known with the definition
      const { kernels } = await createEngine();
      const { run, arm, seed, definitionHash, host, data, weights, places, format, sha256 } = await givenWeights(path, choice, kernels);
      const norms: readonly Norm[] = norm.map((text) => normFromText(text, moduleNormsIn(run)));
      const readings = measureWeights({ run, data, weights, norms }, host);
      if (!json) {
        process.stdout.write(`${measuredText(places, readings)}\n`);
        return;
      }
      printJson({
        file: { path, format, sha256 },
        ...(definitionHash !== undefined && { definition: { sha256: definitionHash, arm } }),
        network: bareNetwork(run, data.train),
        dataset: run.dataset,
        loss: run.loss,
        seed,
        blocks: places,
        ...readings,
      });
    });
}
