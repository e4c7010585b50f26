import type { LabelledData } from "@steepest/core";
import { armRun, type ExperimentDefinition, isGiven, type RunDefinition, trainOptions } from "@steepest/experiments";
import { Imports } from "./imports.js";
import { literal, numberLines } from "./literal.js";
import { partSource } from "./partSource.js";
import { probeSource } from "./probeSource.js";

export interface ProgramOptions {
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Training data of the arm, written into the program as it is. */
  readonly data: LabelledData;
  /** f64[weights] at which the arm starts, if a file has them: written into the program, too. */
  readonly initialWeights?: Float64Array | undefined;
}

/**
 * One arm of an experiment as a TypeScript program over @steepest/core and @steepest/node. It prints the run's rows.jsonl, byte for byte; testAccuracy,
 * whose data it does not hold, is NaN.
 *
 * @throws DefinitionError  if there is no such arm
 */
export function typescriptProgram(definition: ExperimentDefinition, arm: string, { seed, data, initialWeights }: ProgramOptions): string {
  const { run } = armRun(definition, arm, seed);
  const [core, node] = [new Imports(), new Imports()];
  const weights = isGiven(run.network.init) ? initialWeights : undefined;
  const options = optionSources(run, data, weights, core);
  const rows = rowsLoop(run, core);
  core.use("type LabelledData");
  node.use("createEngine");
  return `// ${oneLine(`${definition.id}: ${definition.question}`)}
// ${oneLine(`Arm ${arm}`)}. Prints one JSON line per recorded step: the rows.jsonl of steepest run, byte for byte.
${core.text("@steepest/core")}${node.text("@steepest/node")}
const engine = await createEngine();

const train: LabelledData = ${samplesText(data)};
${weights ? `\nconst initialWeights = Float64Array.from([\n${numberLines(weights, "  ")}]);\n` : ""}
const run = engine.train({
${options.map(([key, source]) => `  ${key}: ${source},\n`).join("")}});

${rows}`;
}

function samplesText({ inputs, labels, inputDim, classes }: LabelledData): string {
  return `{
  inputDim: ${inputDim},
${classes === undefined ? "" : `  classes: ${classes},\n`}  inputs: Float64Array.from([
${numberLines(inputs, "    ")}  ]),
  labels: [
${numberLines(labels, "    ")}  ],
}`;
}

/** Text of a definition as a comment that ends where its line ends. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}

/** The options of `engine.train` and their source; a program has its data by name. */
function optionSources(
  run: RunDefinition,
  data: LabelledData,
  weights: Float64Array | undefined,
  core: Imports,
): (readonly [string, string])[] {
  const { phases = [], watchSoftMargin, ...options } = trainOptions(run, data, undefined, { weights });
  const named = new Map<unknown, string>([[data, "train"]]);
  if (weights) named.set(weights, "initialWeights");
  const written = { ...options, ...(phases.length > 0 && { phases }), ...(watchSoftMargin && { watchSoftMargin }) };
  return Object.entries(written).map(([key, value]) => [key, named.get(value) ?? partSource(value, core)] as const);
}

function rowsLoop({ record: { probes, pointsPerDecade, at = [] } }: RunDefinition, core: Imports): string {
  const readings = probes.map((probe) => `    ${JSON.stringify(probe)}: ${probeSource(probe)},\n`).join("");
  return `for await (const point of run.points(${literal({ perDecade: pointsPerDecade, at })})) {
  const row = {
    step: point.step,
${readings}  };
  console.log(${core.use("canonicalJson")}(row));
}
await engine[Symbol.asyncDispose]();
`;
}
