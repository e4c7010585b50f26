import { basename } from "node:path";
import { DefinitionError } from "@steepest/core";
import { Command } from "commander";
import { suggested } from "../completion/suggested.js";
import { withExamples } from "../help/withExamples.js";
import { networkForm, offeredNetworks, optimizerWords, ownMargin } from "../init/choices.js";
import { shown } from "../init/columnReport.js";
import { commentedJson } from "../init/commentedJson.js";
import { type Composed, compose, quoted, type Said } from "../init/compose.js";
import { type Draft, draftedDefinition, sizesOf } from "../init/draft.js";
import { Questions } from "../init/questions.js";
import { inOrder } from "../init/target.js";
import { writeDefinition } from "../init/writeDefinition.js";
import { interruptible } from "../interruption.js";
import { wrapped } from "../lineWidth.js";
import { oneOf } from "../oneOf.js";
import { printJson } from "./experiment.js";

/** Options as commander reads them. */
interface InitOptions extends Omit<Said, "indexBase"> {
  readonly indexBase?: "0" | "1";
  readonly json: boolean;
}

/** `steepest init`: writes a definition for a data file. */
export function initCommand(): Command {
  return withExamples(
    new Command("init"),
    "steepest init sonar.csv",
    "steepest init sonar.csv --label class --network mlp:64 --optimizers gradient,sign,adam",
  )
    .description(
      "a commented definition for a data file of your own, by three questions: which column is the label, which network, which optimisers",
    )
    .argument("[file]", "CSV, npy, npz, IDX, CIFAR-10, libsvm or Parquet, gzipped or not; asked for without")
    .option("--label <column>", "the column of the labels, or of the target of a regression: its name, or its number from 0 on")
    .option("--labels <file>", "the file of the labels, where they stand in another")
    .option("--targets <columns>", "columns of the targets of a regression, with commas between them")
    .option("--classes <labels>", "the classes, with commas between them: of two the first is -1; samples of others are left out")
    .option("--array <name>", "npz: the array of the samples")
    .option("--index-base <base>", "libsvm: the number of the first feature, 0 or 1", oneOf("--index-base", ["0", "1"]))
    .option(
      "--network <network>",
      networkForm,
      suggested(() => offeredNetworks.map(({ text }) => text)),
    )
    .option(
      "--optimizers <words>",
      `with commas between them: ${[...optimizerWords.keys()].join(", ")}`,
      suggested(() => [...optimizerWords.keys()]),
    )
    .option("--out <path>", "the definition; without it the file's name with .jsonc, in the current folder")
    .option("--yes", "take what is proposed for everything that no option says, and ask nothing", false)
    .option("--force", "replace files that exist", false)
    .option("--json", "one JSON document on stdout instead of text", false)
    .action(async (file: string | undefined, { indexBase, json, ...said }: InitOptions) => {
      const written = await interruptible(async (signal) => {
        const isAsking = !said.yes && process.stdin.isTTY && process.stderr.isTTY;
        const questions = isAsking ? new Questions(await import("@clack/prompts"), signal) : undefined;
        const chosen = file ?? (await questions?.file());
        if (chosen === undefined)
          throw DefinitionError.at("init", "expected [file], got none", { hint: "file: a data file; e.g. steepest init sonar.csv" });
        const composed = await compose(
          chosen,
          { ...said, ...(indexBase !== undefined && { indexBase: Number(indexBase) as 0 | 1 }) },
          questions,
        );
        signal.throwIfAborted();
        return { ...composed, ...writeDefinition(composed.places, definitionText(composed, chosen), said.force) };
      }, "nothing was written");
      if (json)
        printJson({
          ...written.places,
          isOtherSchema: written.isOtherSchema,
          next: nextCommands(written),
        });
      else process.stdout.write(`${report(written)}\n`);
    });
}

/** The text of a definition file. */
function definitionText({ draft, places }: Composed, file: string): string {
  const opening = [
    `Made by steepest init from ${basename(file)}: ${contentOf(draft)}.`,
    `steepest run ${quoted(places.definition)} runs it. Comments decide nothing, and are in no record.`,
  ];
  return commentedJson(draftedDefinition(draft), opening);
}

/** "208 samples of 60 coordinates in 2 classes" */
function contentOf(draft: Draft): string {
  const { samples, classes } = sizesOf(draft);
  const { width } = draft.coordinates;
  const of = `${samples} samples of ${width} ${width === 1 ? "coordinate" : "coordinates"}`;
  return draft.target.kind === "targets" ? `${of}, targets ${draft.target.columns.map(shown).join(", ")}` : `${of} in ${classes} classes`;
}

/** The two commands that come next. */
function nextCommands({ draft, places }: Composed): readonly [string, string] {
  const probe = draft.target.kind === "targets" ? "norm.l2" : ownMargin(draft.optimizers[0]!);
  return [`steepest run ${quoted(places.definition)}`, `steepest figure runs/${draft.id} --x logRisk --y ${quoted(probe)}`];
}

/** The words about what was written, and why. */
function report(written: Composed & { readonly isOtherSchema: boolean }): string {
  const { draft, places, isOtherSchema } = written;
  const { target, coordinates, survey } = draft;
  const { constants } = coordinates;
  const notes = [
    ...(target.kind === "targets"
      ? [`a regression: ${target.columns.map(shown).join(", ")} (${target.why})`]
      : [`${target.label === undefined ? "labels" : `label ${shown(target.label)}`}, ${target.why}: ${classText(draft)}`]),
    ...(survey.assumed === undefined ? [] : [survey.assumed]),
    ...survey.table.remarks,
    ...coordinates.ignored.slice(0, 8).map(ignoredText),
    ...(coordinates.ignored.length > 8 ? [`${coordinates.ignored.length - 8} more columns are ignored`] : []),
    ...(constants.length > 0
      ? [
          `one value alone, left out by dropConstant: ${constants
            .slice(0, 8)
            .map(({ column, value }) => `${shown(column)} (${value})`)
            .join(", ")}${constants.length > 8 ? `, ... (${constants.length})` : ""}`,
        ]
      : []),
    ...(coordinates.lacking > 0 ? [`${coordinates.lacking} samples lack a value: left out`] : []),
    ...(draft.isContradictory ? ["samples contradict each other, or are all zeros: kept, and never separated"] : []),
  ];
  return [
    `${places.definition}: ${contentOf(draft)}`,
    ...notes.map((note) => wrapped(`  ${note}`)),
    isOtherSchema
      ? `${places.schema} is of another version of steepest and left as it is; --force replaces it`
      : `${places.schema}: editors complete and check the definition by it`,
    "",
    "next:",
    ...nextCommands(written).map((command) => `  ${command}`),
  ].join("\n");
}

function ignoredText({ column, why, text, isCodable }: Draft["coordinates"]["ignored"][number]): string {
  const coded = isCodable ? `; "oneHot": [${JSON.stringify(column)}] in place of "ignore" codes it` : "";
  return `ignored: ${shown(column)}, ${why}${text ? `: ${text}` : ""}${coded}`;
}

function classText({ target, classes }: Draft): string {
  if (target.kind === "targets") return "";
  const listed = classes ?? inOrder(target.counts.keys());
  const texts = listed.slice(0, 8).map((label) => `${shown(label)} (${target.counts.get(label)})`);
  return texts.join(", ") + (listed.length > 8 ? `, ... (${listed.length})` : "");
}
