import { type MaxMargin, type MaxReluMargin, maxMargin, maxReluMargin } from "@steepest/certificates";
import { DefinitionError, type LabelledData, normExpressionFromText, normOf, norms } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { drawData } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { Command } from "commander";
import { definitionIds, normIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { type DatasetChoice, datasetOf } from "../definition/datasetOf.js";
import { baseOf } from "../definition/settings.js";
import { withExamples } from "../help/withExamples.js";
import { dataFolders, inputFiles } from "../imageFiles.js";
import { interruptible } from "../interruption.js";
import { wrapped } from "../lineWidth.js";
import { normArgument } from "../normArgument.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

interface MaxMarginCommandOptions extends DatasetChoice {
  readonly norm: readonly string[];
  readonly seed: string;
  readonly tolerance?: string;
  readonly network: string;
  readonly json: boolean;
}

/** Norms that are asked about where none is named: of a vector, and of the matrix of several classes. */
const usualNorms = { vector: ["l1", "l2", "linf"], matrix: ["l1", "l2", "linf", "spectral", "nuclear"] } as const;

/** `steepest maxmargin`: the largest margins that linear models reach on a data set. */
export function maxMarginCommand(): Command {
  return withExamples(
    new Command("maxmargin"),
    'steepest maxmargin multiclass-linear --norm l2 --norm "lp(3)"',
    'steepest maxmargin --network relu --dataset \'{"kind":"separable","trainSize":60,"noise":0.08,"constant":0}\'',
  )
    .description("the largest margin that any linear model (or small ReLU network) has on a data set, between two bounds that are theorems")
    .argument("[definition]", "catalog id, path of a JSON file, or -: the data are its training samples", suggested(definitionIds))
    .option("--dataset <json>", "a data set as definitions write it, instead of a definition")
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option(
      "--norm <norm>",
      "l1, lp(3), or an expression as JSON; repeatable; by default those of gradient, sign and coordinate descent",
      suggested(normIds, collect),
      [],
    )
    .option("--seed <n>", "the seed that draws the data", "0")
    .option("--tolerance <t>", "relative distance of the bounds; by default 1e-9 for l1, l2 and linf, 1e-6 for the rest")
    .option(
      "--network <kind>",
      "linear; relu: two-layer ReLU networks of any width without biases, over all their weights, in l2, for samples of rank 3 at most",
      "linear",
    )
    .option("--json", "one JSON document on stdout, with the points that prove the bounds, instead of a table", false)
    .action(async (target: string | undefined, options: MaxMarginCommandOptions) => {
      const isRelu = isReluAsked(options);
      const expressions = options.norm.map((text) => normExpressionFromText(normArgument(text)));
      const [seed, tolerance] = [seedOf(options.seed), toleranceOf(options.tolerance)];
      const dataset = await datasetOf(target, options);
      const { kernels } = await createEngine();
      const files = inputFiles(dataFolders(dataset, baseOf(target))).files;
      const { train } = await drawData(dataset, seed, { kernels, files });
      if (hasTargets(train)) {
        throw DefinitionError.at("dataset.kind", "has targets instead of labels, and a margin is of labels", { value: dataset.kind });
      }
      const limits = { kernels, ...(tolerance !== undefined && { tolerance }) };
      if (isRelu) {
        await interruptible(async (signal) => {
          const answer = await maxReluMargin(train, { ...limits, signal });
          if (options.json) printJson({ dataset, seed, network: "relu", margins: [reluJson(answer)] });
          else process.stdout.write(`${reluText(answer, train)}\n`);
        });
        return;
      }
      const asked = expressions.length > 0 ? expressions : usualNorms[train.classes === undefined ? "vector" : "matrix"];
      const answers: Answer[] = [];
      await interruptible(async (signal) => {
        for (const norm of asked) {
          answers.push({ norm: normOf(norm).id, answer: await maxMargin(train, norm, { ...limits, signal }) });
        }
      });
      if (options.json) printJson({ dataset, seed, margins: answers.map(asJson) });
      else process.stdout.write(`${answersText(answers, train)}\n`);
    });
}

/** The models whose largest margin is known, by the word for them, with the norms that are known for it. */
const models: Readonly<Record<string, { readonly isRelu: boolean; readonly onlyNorm?: string }>> = {
  linear: { isRelu: false },
  relu: { isRelu: true, onlyNorm: norms.l2.id },
};

/** true for ReLU networks, whose margin is that in ℓ2. */
function isReluAsked({ network, norm }: MaxMarginCommandOptions): boolean {
  const model = Object.hasOwn(models, network) ? models[network] : undefined;
  if (!model) throw DefinitionError.at("--network", `must be ${Object.keys(models).join(" or ")}, got "${network}"`, { value: network });
  const other = model.onlyNorm && norm.find((text) => text !== model.onlyNorm);
  if (other) {
    throw DefinitionError.at("--norm", `is "${other}", and the largest margin of these networks is known in ${model.onlyNorm} alone`, {
      value: other,
      hint: "leave --norm out",
    });
  }
  return model.isRelu;
}

interface Answer {
  readonly norm: string;
  readonly answer: MaxMargin;
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw DefinitionError.at("--seed", `must be an integer in [0, 2^53), got "${text}"`, { value: text });
}

function toleranceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const tolerance = Number(text);
  if (tolerance > 0 && tolerance < 1) return tolerance;
  throw DefinitionError.at("--tolerance", `must be a number in (0, 1), got "${text}"`, { value: text });
}

function asJson({ norm, answer }: Answer): unknown {
  return {
    norm,
    ...answer,
    theta: [...answer.theta],
    lambda: [...answer.lambda],
    ...(answer.rest && { rest: { theta: [...answer.rest.theta], lambda: [...answer.rest.lambda] } }),
    ...(answer.uniqueness?.other && { uniqueness: { ...answer.uniqueness, other: [...answer.uniqueness.other] } }),
    ...(answer.negative && { negative: { ...answer.negative, theta: [...answer.negative.theta] } }),
  };
}

function reluJson(answer: MaxReluMargin): unknown {
  return { norm: "l2", ...answer, hidden: [...answer.hidden], output: [...answer.output], lambda: [...answer.lambda] };
}

function reluText(answer: MaxReluMargin, { labels, inputDim }: LabelledData): string {
  const { lower, upper, width, patterns, separable, closed, iterations } = answer;
  const apart = upper > 0 ? ((upper - lower) / upper).toExponential(0) : "";
  const notes = [
    ...(separable === false ? ["no two-layer ReLU network without biases separates these samples"] : []),
    ...(separable === undefined ? ["nothing found separates these samples, and that nothing does is not proven"] : []),
    ...(separable && !closed ? ["the bounds are further apart than the tolerance"] : []),
  ];
  return [
    `${labels.length} samples in ${inputDim} dimensions, 2 classes; f(x) = Σ aⱼ relu(⟨wⱼ, x⟩), margin over ‖θ‖₂²`,
    "",
    table(
      ["norm", "at least", "at most", "apart", "width", "patterns", "programmes"],
      [["l2", shown(lower, -1), shown(upper, 1), separable ? apart : "", String(width), String(patterns), String(iterations)]],
    ),
    ...(notes.length > 0 ? ["", ...notes.map((note) => wrapped(note))] : []),
  ].join("\n");
}

function answersText(answers: readonly Answer[], { labels, inputDim, classes }: LabelledData): string {
  const data = `${labels.length} samples in ${inputDim} dimensions, ${classes ?? 2} classes`;
  const rows = answers.map(({ norm, answer }) => [
    norm,
    shown(answer.negative?.lower ?? answer.lower, -1),
    shown(answer.negative?.upper ?? answer.upper, 1),
    answer.separable ? ((answer.upper - answer.lower) / answer.upper).toExponential(0) : "",
    String(answer.support.length),
    maximisers(answer),
    answer.negative?.method ?? answer.method,
  ]);
  const notes = answers.flatMap(({ norm, answer }) => noteOf(norm, answer));
  return [
    data,
    "",
    table(["norm", "at least", "at most", "apart", "support", "maximisers", "found by"], rows),
    ...(notes.length > 0 ? ["", ...notes.map((note) => wrapped(note))] : []),
  ].join("\n");
}

/** A bound with twelve digits, rounded downwards or upwards. */
function shown(bound: number, sign: 1 | -1): string {
  if (bound === 0) return "0";
  const text = bound.toPrecision(12);
  if ((Number(text) - bound) * sign >= 0) return text;
  const unit = Number(`1e${Number(bound.toExponential(11).split("e")[1]) - 11}`);
  return (Number(text) + sign * unit).toPrecision(12);
}

/** Number of directions that have the largest margin, in words. */
function maximisers({ separable, uniqueness }: MaxMargin): string {
  if (!separable || !uniqueness) return "";
  const { unique, distance } = uniqueness;
  if (unique === undefined) return "one found";
  return unique ? "one" : `several, ${distance!.toPrecision(2)} apart`;
}

function noteOf(norm: string, { separable, closed, proven, negative }: MaxMargin): string[] {
  return [
    ...(separable === false
      ? [
          `${norm}: not separable, 0 is a convex combination of the signed samples${negative ? `; the bounds are of the largest negative margin${negative.method === "ascent" ? ", a problem that is not convex, and may stay apart" : ""}` : ""}`,
        ]
      : []),
    ...(separable === undefined
      ? [`${norm}: not separable but for rounding, 0 is as good as a convex combination of the signed samples`]
      : []),
    ...(separable && !closed ? [`${norm}: the bounds are further apart than the tolerance`] : []),
    ...(proven ? [] : [`${norm}: a norm without a known bound of its rounding, so its bounds are estimates`]),
  ];
}
