import {
  firstStep,
  fittingStep,
  type OptimizerChoice,
  optimizerName,
  optimizerProposals,
  rulesFor,
  type StepChoice,
  stepStarts,
} from "@steepest/experiments";
import { networkNamed, optimizerWords, ownMargin, ownProbe } from "./choices.js";
import { type Label, shown } from "./columnReport.js";
import { Commented, type CommentedField } from "./commentedJson.js";
import type { Coordinates } from "./coordinates.js";
import type { Survey } from "./survey.js";
import { inOrder, type Target } from "./target.js";

/** Everything that decides a definition for a data file. */
export interface Draft {
  readonly id: string;
  readonly survey: Survey;
  readonly target: Target;
  /** The classes that are wanted, in their order; absent: all. */
  readonly classes?: readonly Label[];
  readonly coordinates: Coordinates;
  /** As `--network` says it. */
  readonly network: string;
  readonly optimizers: readonly string[];
  /** true: samples contradict each other, or are all zeros, which no network can separate. */
  readonly isContradictory: boolean;
}

/** Path of the JSON Schema beside a definition. */
export const schemaName = "steepest.schema.json";

/** The share of samples that are held out, and how many samples there must be, of the smallest class too, for a share. */
const share = 0.2;
const fewestSamples = 40;
const fewestOfClass = 10;

/** Most classes that are listed one by one. */
const mostListed = 20;

/** Sizes of the task that a draft describes. */
export interface DraftSizes {
  readonly samples: number;
  readonly classes: number;
}

/** Samples and classes of a draft. */
export function sizesOf({
  survey,
  target,
  classes,
  coordinates,
}: Pick<Draft, "survey" | "target" | "classes" | "coordinates">): DraftSizes {
  const complete = survey.table.rows - coordinates.lacking;
  if (target.kind === "targets") return { samples: complete, classes: 0 };
  const wanted = classes ?? [...target.counts.keys()];
  const chosen = wanted.reduce<number>((sum, label) => sum + (target.counts.get(label) ?? 0), 0);
  return { samples: Math.min(complete, chosen), classes: wanted.length };
}

/** The definition of a draft, with comments on every choice. */
export function draftedDefinition(draft: Draft): Commented {
  const { id, target, network, optimizers } = draft;
  const isRegression = target.kind === "targets";
  const targetStep = (optimizer: OptimizerChoice): StepChoice =>
    rulesFor(optimizer).includes(stepStarts.lineSearch.rule) ? stepStarts.lineSearch : stepStarts.constant;
  const quantity = isRegression ? "norm" : "margin";
  const readings = ["l1", "l2", "linf"].map((norm) => `${quantity}.${norm}`);
  const own = optimizers.flatMap((word) => (isRegression ? (ownProbe("norm", word) ?? []) : ownMargin(word)));
  const inNorms = [...new Set([...readings, ...own])];
  const hasTest = testField(draft).length > 0;
  const probes = isRegression
    ? ["logRisk", ...(hasTest ? ["testSquaredError"] : []), ...inNorms]
    : ["logRisk", "trainAccuracy", ...(hasTest ? ["testAccuracy"] : []), ...inNorms, "alignment"];
  const arms = optimizers.map((word): CommentedField => {
    const { optimizer } = optimizerWords.get(word)!;
    const named = optimizerName(optimizer);
    return {
      key: word,
      value: new Commented([
        { key: "optimizer", value: optimizer },
        { key: "step", value: isRegression ? targetStep(optimizer) : fittingStep(optimizer, firstStep) },
      ]),
      comments: [isRegression ? named : `${named}: its own margin is ${ownMargin(word)}`],
    };
  });
  return new Commented([
    { key: "$schema", value: `./${schemaName}`, comments: ["For editors, which complete and check the fields by it; it decides nothing."] },
    { key: "id", value: id, comments: [`Runs are kept in runs/${id}.`] },
    { key: "dataset", value: new Commented(datasetFields(draft)) },
    {
      key: "network",
      value: networkNamed(network),
      comments: [
        "Layers without biases; the other kinds: steepest list networks. A larger scale of the initial weights is nearer to a kernel method.",
      ],
    },
    isRegression
      ? { key: "loss", value: { kind: "squared", reduction: "mean" } }
      : { key: "loss", value: { kind: "exponential", reduction: "sum" }, comments: ["Or logistic, the cross-entropy."] },
    {
      key: "arms",
      value: new Commented(arms),
      comments: [
        "Every arm is run from the same initial weights. Others: steepest list optimizers, steepest list steps.",
        ...(optimizers.some((word) => optimizerProposals.has(word))
          ? ["With a memory of gradients, since descent without one may come to a standstill at the kinks of ReLU."]
          : []),
      ],
    },
    { key: "seeds", value: [0], comments: ["A seed draws initial weights and test samples; [0, 1, 2] shows how much depends on them."] },
    { key: "stop", value: stopOf(draft), comments: stopComments(draft) },
    {
      key: "record",
      value: { probes, pointsPerDecade: 24 },
      comments: ["The columns of the rows: steepest list probes."],
    },
  ]);
}

function datasetFields(draft: Draft): CommentedField[] {
  const { survey, target, coordinates, isContradictory } = draft;
  const { path, array, indexBase, labels, decimal } = survey.reading;
  const { ignored, lacking } = coordinates;
  const reasons = [...new Set(ignored.map(({ why }) => why))].map((why) => {
    const names = ignored.filter((one) => one.why === why).map(({ column }) => shown(column));
    const few = names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
    return `${few} (${why})`;
  });
  const codable = ignored.filter(({ isCodable }) => isCodable).map(({ column }) => column);
  return [
    { key: "kind", value: "file" },
    { key: "path", value: path, comments: ["Relative to this file."] },
    ...(array === undefined ? [] : [{ key: "array", value: array }]),
    ...(indexBase === undefined
      ? []
      : [{ key: "indexBase", value: indexBase, comments: survey.assumed === undefined ? [] : [`Assumed: ${survey.assumed}.`] }]),
    ...(decimal === undefined ? [] : [{ key: "decimal", value: decimal, comments: ["The mark of decimals; a point without this field."] }]),
    ...(labels === undefined ? [] : [{ key: "labels", value: labels }]),
    ...targetFields(draft, target),
    ...(ignored.length === 0
      ? []
      : [
          {
            key: "ignore",
            value: ignored.map(({ column }) => column),
            comments: [
              `No coordinates: ${reasons.join(", ")}.`,
              ...(codable.length > 0
                ? [`"oneHot": ${JSON.stringify(codable)} in a field of its own, and not here, makes a coordinate of each value.`]
                : []),
            ],
          },
        ]),
    ...(lacking === 0
      ? []
      : [{ key: "missing", value: "leaveOut", comments: [`${lacking} of ${survey.table.rows} samples lack a value, and are left out.`] }]),
    ...(isContradictory
      ? [
          {
            key: "contradictions",
            value: "keep",
            comments: [
              "Equal samples with different labels, or samples of zeros: nothing separates them, so the risk stays above that of the data.",
            ],
          },
        ]
      : []),
    ...testField(draft),
    ...prepareField(coordinates),
  ];
}

function targetFields({ classes }: Draft, target: Target): CommentedField[] {
  if (target.kind === "targets")
    return [{ key: "targets", value: target.columns, comments: [`What is learnt, a regression: ${target.why}.`] }];
  const { label, counts, why } = target;
  const listed = classes ?? inOrder(counts.keys());
  const texts = listed.map((one) => `${shown(one)} ${counts.get(one) ?? 0}`);
  const meaning =
    listed.length === 2
      ? "-1 and +1 in this order; samples of other labels are left out."
      : "0, 1, 2, ... in this order. Two alone make a pair, and samples of others are left out; a list of several makes one class: [0, [1, 2]].";
  return [
    ...(label === undefined ? [] : [{ key: "label", value: label, comments: [`The column of the labels: ${why}.`] }]),
    ...(listed.length > mostListed ? [] : [{ key: "classes", value: listed, comments: [`${meaning} Samples: ${texts.join(", ")}.`] }]),
  ];
}

function testField(draft: Draft): CommentedField[] {
  const { target, classes } = draft;
  const { samples } = sizesOf(draft);
  const counts =
    target.kind === "classes" ? (classes ?? [...target.counts.keys()]).map((label) => target.counts.get(label) ?? 0) : [samples];
  if (samples < fewestSamples || Math.min(...counts) < fewestOfClass) return [];
  return [
    {
      key: "test",
      value: { share },
      comments: ["Held out, drawn by the seed.", 'Or { "path": "test.csv" }, or { "column": "split", "value": "test" }.'],
    },
  ];
}

/** Largest value of a byte. */
const byte = 255;

function prepareField({ range: [least, most], isImage, constants }: Coordinates): CommentedField[] {
  const constant = { constant: 1 };
  const dropped = constants.length > 0 ? ["dropConstant"] : [];
  const why = dropped.length > 0 ? ["dropConstant leaves out the columns that hold one value alone."] : [];
  if (isImage && least >= 0 && most > 1 && most <= byte)
    return [
      { key: "prepare", value: [{ divide: byte }, constant], comments: ["Pixels in [0, 1]; the constant coordinate stands for a bias."] },
    ];
  if (least >= -1 && most <= 1)
    return [
      {
        key: "prepare",
        value: [...dropped, constant],
        comments: [...why, 'A constant coordinate, which stands for a bias; "standardize" before it scales the others.'],
      },
    ];
  return [
    {
      key: "prepare",
      value: [...dropped, "standardize", constant],
      comments: [...why, "Mean 0 and standard deviation 1 over the training samples; the constant coordinate stands for a bias."],
    },
  ];
}

/** Multiplications of a run, roughly: up to half a minute for each arm. */
const work = 2e11;

/** Numbers of steps that are proposed. */
const lengths = [200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500] as const;

function stopOf(draft: Draft): object {
  const { samples, classes } = sizesOf(draft);
  const { hidden = [] } = networkNamed(draft.network) as { readonly hidden?: readonly number[] };
  const widths = [draft.coordinates.width + 1, ...hidden, Math.max(1, classes > 2 ? classes : 1)];
  const weights = widths.slice(1).reduce((sum, width, layer) => sum + width * widths[layer]!, 0);
  const steps = lengths.find((length) => length * samples * weights * 6 <= work) ?? lengths.at(-1)!;
  return draft.target.kind === "targets" ? { steps } : { steps, logRiskBelow: -1000 };
}

const stopComments = ({ target }: Draft): string[] =>
  target.kind === "targets"
    ? ["A finished run goes on: steepest run FILE --set stop.steps=..."]
    : ["At whichever comes first; -1000 is a risk of e^-1000. A finished run goes on: steepest run FILE --set stop.steps=..."];
