import type { LabelledData } from "@steepest/core";
import type { ArmDefinition, ExperimentDefinition, PhaseDefinition, RunDefinition } from "@steepest/experiments";
import { armRun } from "./armRun.js";
import { Imports } from "./imports.js";
import { literal, numberLines, object } from "./literal.js";
import { optimizerSource } from "./optimizerSource.js";
import { normTextOf, probeSource } from "./probeSource.js";

export interface ProgramOptions {
  /** Draws the initial weights. */
  readonly seed: number;
  /** What the arm trains on, written into the program as it is. */
  readonly data: LabelledData;
}

/**
 * One arm of an experiment as a TypeScript program over @steepest/core and @steepest/node. It prints the run's rows.jsonl, byte for byte; testAccuracy,
 * whose data it does not hold, is NaN.
 *
 * @throws DefinitionError  if there is no such arm
 */
export function typescriptProgram(definition: ExperimentDefinition, arm: string, { seed, data }: ProgramOptions): string {
  const { run } = armRun(definition, arm, seed);
  const [core, node] = [new Imports(), new Imports()];
  const options = trainOptions(run, core);
  const rows = rowsLoop(run, core);
  core.use("type LabelledData");
  node.use("createEngine");
  return `// ${oneLine(`${definition.id}: ${definition.question}`)}
// ${oneLine(`Arm ${arm}`)}. Prints one JSON line per recorded step: the rows.jsonl of steepest run, byte for byte.
${core.text("@steepest/core")}${node.text("@steepest/node")}
const engine = await createEngine();

const train: LabelledData = ${samplesText(data)};

const run = engine.train({
${options.map(([key, source]) => `  ${key}: ${source},\n`).join("")}});

${rows}`;
}

function samplesText({ inputs, labels, inputDim }: LabelledData): string {
  return `{
  inputDim: ${inputDim},
  inputs: Float64Array.from([
${numberLines(inputs, "    ")}  ]),
  labels: [
${numberLines(labels, "    ")}  ],
}`;
}

/** Whatever a definition says is a comment here, and ends where the line ends. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}

function trainOptions(run: RunDefinition, core: Imports): (readonly [string, string])[] {
  const { network, loss, arm, record, stop, seed } = run;
  const { probes } = record;
  const lossText = `${core.use("losses")}.${loss.kind}`;
  const tracked = [...new Set(probes.map(normTextOf).filter((norm) => norm !== undefined))];
  const optional = (condition: boolean, key: string, source: () => string) => (condition ? [[key, source()] as const] : []);
  return [
    ["network", networkSource(network, core)],
    ["data", "train"],
    ["loss", loss.reduction === "mean" ? `${core.use("meanReduction")}(${lossText})` : lossText],
    ["optimizer", optimizerSource(arm.optimizer, core)],
    ["step", stepSource(arm.step, core)],
    ...optional(arm.phases !== undefined, "phases", () => phasesSource(arm.phases!, core)),
    ...optional(arm.batch !== undefined, "batch", () => literal(arm.batch)),
    ["init", literal(network.init)],
    ["seed", literal(seed)],
    ["stop", literal(stop)],
    ["track", `[${tracked.map((norm) => trackedSource(norm, core)).join(", ")}]`],
    ...optional(probes.includes("worstSoftMarginDrop"), "watchSoftMargin", () => "true"),
  ];
}

function networkSource(network: RunDefinition["network"], core: Imports): string {
  if (network.kind === "linear") return `${core.use("linear")}({ inputDim: train.inputDim })`;
  const { hidden, activation, frozenLayers } = network;
  const widths = ["train.inputDim", ...hidden, 1].join(", ");
  const frozen = frozenLayers ? [["frozenLayers", literal(frozenLayers)] as const] : [];
  return `${core.use("mlp")}(${object([["widths", `[${widths}]`], ["activation", literal(activation)], ...frozen])})`;
}

function stepSource({ rule, ...options }: ArmDefinition["step"], core: Imports): string {
  return `${core.use(rule)}(${literal(options)})`;
}

function phasesSource(phases: readonly PhaseDefinition[], core: Imports): string {
  const texts = phases.map(({ when, optimizer, step }) =>
    object([
      ["when", literal(when)],
      ...(optimizer ? [["optimizer", optimizerSource(optimizer, core)] as const] : []),
      ...(step ? [["step", stepSource(step, core)] as const] : []),
    ]),
  );
  return `[${texts.join(", ")}]`;
}

/** `norms.linf`, or the text of an expression, which is what its probe is named after. */
function trackedSource(norm: string, core: Imports): string {
  return /^\w+$/.test(norm) ? `${core.use("norms")}.${norm}` : `${core.use("normFromText")}(${JSON.stringify(norm)})`;
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
