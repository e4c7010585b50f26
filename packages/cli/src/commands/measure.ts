import { resolve } from "node:path";
import { DefinitionError, losses, type Norm, normFromText } from "@steepest/core";
import { bareNetwork, drawData, loadModules, measureWeights, moduleNormsIn, networkOfRun, placedWeights } from "@steepest/experiments";
import { readWeights } from "@steepest/formats";
import { createEngine } from "@steepest/node";
import { Command } from "commander";
import { definitionIds, normIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { withExamples } from "../help/withExamples.js";
import { dataFolders, inputFiles } from "../imageFiles.js";
import { type MeasuredChoice, measuredRun } from "../measure/measuredRun.js";
import { measuredText } from "../measure/measuredText.js";
import { normArgument } from "../normArgument.js";
import { oneOf } from "../oneOf.js";
import { readHashedFile } from "../tableFiles.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

interface MeasureCommandOptions extends MeasuredChoice {
  readonly norm: readonly string[];
  readonly json: boolean;
}

/** `steepest measure`: what a run would record at weights that were trained anywhere. */
export function measureCommand(): Command {
  return withExamples(
    new Command("measure"),
    "steepest measure model.safetensors --definition teacher-student-small",
    'steepest measure model.npz --network mlp:2-16-1 --dataset \'{"kind":"file","path":"points.csv","label":"class"}\' --json',
  )
    .description(
      "margins and soft margins in every norm, norms, log risk, accuracy, alignment and KKT numbers of weights trained elsewhere",
    )
    .argument("<weights>", "a safetensors or npz file, each block of the network an array [outputs][inputs]")
    .option("--definition <definition>", "catalog id, path of a JSON file, or -: its network, data and loss", suggested(definitionIds))
    .option("--arm <name>", "the arm of the definition; by default its first")
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option("--network <network>", "instead of a definition: mlp:784-128-1, mlp:784-128-10:tanh, or JSON as definitions write it")
    .option("--dataset <json>", "with --network: a data set as definitions write it")
    .option("--loss <loss>", "with --network: by default logistic", oneOf("--loss", Object.keys(losses)))
    .option("--seed <n>", "the seed that draws the data; by default the definition's first, or 0", seedOf)
    .option("--norm <norm>", "a norm beside the built-in ones, such as lp(3); repeatable", suggested(normIds, collect), [])
    .option("--json", "one JSON document on stdout, with every digit, instead of tables", false)
    .action(async (path: string, { norm: given, json, ...choice }: MeasureCommandOptions) => {
      const norm = given.map(normArgument);
      for (const text of norm) if (!text.includes("module(")) normFromText(text); // those of modules are known with the definition
      const { bytes, sha256 } = readHashedFile(path, resolve(path), "give a safetensors or npz file: docs/weights.md has a recipe");
      const { format, tensors } = await readWeights(path, bytes);
      const { run, arm, seed, base, definitionHash } = await measuredRun(choice);
      const norms: readonly Norm[] = norm.map((text) => normFromText(text, moduleNormsIn(run)));
      const { kernels } = await createEngine();
      const host = { kernels, files: inputFiles(dataFolders(run.dataset, base)).files };
      await loadModules(run, host.files);
      const data = await drawData(run.dataset, run.seed, host);
      const { weights, places } = placedWeights(path, networkOfRun(run, data.train), tensors);
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

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw DefinitionError.at("--seed", `must be an integer in [0, 2^53), got "${text}"`, { value: text });
}
