import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DataError, DefinitionError } from "@steepest/core";
import { datasetFiles } from "../imageFiles.js";
import { checkedDraft } from "./checkDraft.js";
import { isRowPerScore, networkNamed, offeredNetworks, optimizersNamed, proposedOptimizers } from "./choices.js";
import { type Label, shown, writtenColumn } from "./columnReport.js";
import { coordinatesOf } from "./coordinates.js";
import { type Draft, schemaName } from "./draft.js";
import { idOf, pathFrom } from "./names.js";
import type { Questions } from "./questions.js";
import { Refusals } from "./refusals.js";
import { type Survey, survey } from "./survey.js";
import { columnNamed, type LabelProposal, proposedLabel, type Target, targetOf } from "./target.js";
import { type Places, requireFree } from "./writeDefinition.js";

/** The options of the command line, as far as they were given. */
export interface Said {
  readonly label?: string;
  readonly labels?: string;
  readonly targets?: string;
  readonly classes?: string;
  readonly array?: string;
  readonly indexBase?: 0 | 1;
  readonly network?: string;
  readonly optimizers?: string;
  readonly out?: string;
  readonly yes: boolean;
  readonly force: boolean;
}

/** A definition that is ready to be written. */
export interface Composed {
  readonly draft: Draft;
  readonly places: Places;
}

/**
 * Decides a definition for a data file: by what was said, then by what is answered, then by what is proposed.
 *
 * @param file       path of the file
 * @param questions  absent: nobody can be asked
 * @throws DefinitionError, DataError, StorageError, InterruptedError
 */
export async function compose(file: string, said: Said, questions: Questions | undefined): Promise<Composed> {
  if (!existsSync(file))
    throw DataError.at(file, "does not exist", {
      value: file,
      hint: "the path of a data file: CSV, npy, npz, IDX, CIFAR-10, libsvm or Parquet",
    });
  const definition = said.out ?? `${idOf(file)}.jsonc`;
  const places = { definition, schema: join(dirname(definition), schemaName) };
  requireFree(places, said.force);
  const refusals = new Refusals();
  refuseSaid(said, refusals);
  const base = dirname(resolve(definition));
  const files = datasetFiles(base);
  const { array, indexBase, labels } = said;
  const reading = {
    path: pathFrom(base, resolve(file)),
    ...(array !== undefined && { array }),
    ...(indexBase !== undefined && { indexBase }),
    ...(labels !== undefined && { labels: pathFrom(base, resolve(labels)) }),
  };
  const first = await survey(reading, files);
  const proposal = await proposedLabel(first);
  for (const option of ["label", "targets"] as const)
    for (const name of namesIn(said[option], option)) refusals.check(() => columnNamed(first.table, name, `--${option}`));
  if (!questions && !said.yes) refusals.check(() => requireSaid(file, first, proposal, { said, refusals }));
  refusals.end();
  const answer = questions && !isSettled(first, said) ? await questions.label(first, proposal) : undefined;
  const isElsewhere = answer && "labels" in answer;
  const found = isElsewhere ? await survey({ ...reading, labels: pathFrom(base, resolve(answer.labels)) }, files) : first;
  const target = await learnt(found, said, isElsewhere ? undefined : answer ? answered(answer.column, proposal) : proposal);
  const classes = said.classes === undefined ? undefined : classesNamed(said.classes, target);
  const coordinates = await coordinatesOf(found, target);
  if (coordinates.width === 0) {
    const why = [
      ...coordinates.ignored.map((one) => `${shown(one.column)} holds ${one.why}`),
      ...coordinates.constants.map((one) => `${shown(one.column)} holds one value`),
    ].join(", ");
    throw DataError.at(file, `has no column that may be a coordinate${why && `: ${why}`}`, { hint: "columns of numbers beside the label" });
  }
  const network = said.network ?? (await questions?.network()) ?? offeredNetworks[0].text;
  const proposed = proposedOptimizers({
    isRegression: target.kind === "targets",
    isLinear: isRowPerScore(network),
    isOneScore: target.kind === "classes" && (classes ?? [...target.counts]).length === 2,
  });
  const optimizers =
    said.optimizers === undefined ? ((await questions?.optimizers(proposed)) ?? proposed) : optimizersNamed(said.optimizers);
  const draft: Draft = {
    id: idOf(definition.replace(/\.jsonc?$/i, "")),
    survey: found,
    target,
    ...(classes && { classes }),
    coordinates,
    network,
    optimizers,
    isContradictory: false,
  };
  return { draft: await checkedDraft(draft, files), places };
}

/** Names of columns that an option lists. */
const namesIn = (text: string | undefined, option: "label" | "targets"): readonly string[] =>
  text === undefined ? [] : option === "label" ? [text] : text.split(",").map((name) => name.trim());

/** Refuses what makes no sense whatever the file holds. */
function refuseSaid({ label, labels, targets, classes, network, optimizers }: Said, refusals: Refusals): void {
  const ways = Object.entries({ label, labels, targets }).filter(([, value]) => value !== undefined);
  const [first, second] = ways.map(([name]) => `--${name}`);
  refusals.check(() => {
    if (second !== undefined)
      throw DefinitionError.at(second, `and ${first} cannot both be given`, { hint: "one of them says what is learnt" });
  });
  refusals.check(() => {
    if (targets !== undefined && classes !== undefined)
      throw DefinitionError.at("--classes", "and --targets cannot both be given", { hint: "targets have no classes" });
  });
  if (network !== undefined) refusals.check(() => networkNamed(network));
  if (optimizers !== undefined) refusals.check(() => optimizersNamed(optimizers));
}

/** Refuses a command line that leaves questions open where nobody can be asked. @throws DefinitionError */
function requireSaid(
  file: string,
  found: Survey,
  proposal: LabelProposal | undefined,
  { said, refusals }: { readonly said: Said; readonly refusals: Refusals },
): void {
  const { table } = found;
  const network = said.network === undefined || refusals.hasRefused("--network") ? offeredNetworks[0].text : said.network;
  const answers: readonly [string, string | undefined, string][] = [
    [
      "--label",
      isSettled(found, said) ? (said.label ?? "") : undefined,
      proposal ? String(writtenColumn(table, proposal.column)) : "COLUMN",
    ],
    ["--network", said.network, network],
    [
      "--optimizers",
      said.optimizers,
      proposedOptimizers({ isRegression: said.targets !== undefined, isLinear: isRowPerScore(network), isOneScore: true }).join(","),
    ],
  ];
  const open = answers.filter(([, given]) => given === undefined);
  if (open.length === 0) return;
  const whole = answers.flatMap(([flag, given, proposed]) => {
    if (given === "") return [];
    return [`${flag} ${quoted(given === undefined || refusals.hasRefused(flag) ? proposed : given)}`];
  });
  const names = Array.from({ length: Math.min(table.columns, 12) }, (_, column) => table.nameOf(column) || String(column));
  const columns = `its columns: ${names.join(", ")}${table.columns > names.length ? `, ... (${table.columns})` : ""}`;
  throw DefinitionError.at(
    "init",
    `${open.map(([flag]) => flag).join(", ")} must be given where nobody can be asked: this is no terminal`,
    {
      hint: `e.g. steepest init ${quoted(file)} ${whole.join(" ")}; --yes takes what is proposed; ${columns}`,
    },
  );
}

/** A word as a shell takes it. */
export const quoted = (word: string): string => (/^[\w./,:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** true: nothing is to be asked about the label. */
const isSettled = ({ table, labelTable }: Survey, { label, targets }: Said): boolean =>
  table.label !== undefined || labelTable !== undefined || (label ?? targets) !== undefined;

const answered = (column: number, proposal: LabelProposal | undefined): LabelProposal =>
  column === proposal?.column ? proposal : { column, why: "as answered" };

async function learnt(found: Survey, said: Said, chosen: LabelProposal | undefined): Promise<Target> {
  const { table, labelTable } = found;
  if (said.targets !== undefined) {
    const columns = namesIn(said.targets, "targets").map((name) => writtenColumn(table, columnNamed(table, name, "--targets")));
    return { kind: "targets", columns, why: "by --targets" };
  }
  const isOfClasses = said.classes !== undefined;
  if (said.label !== undefined)
    return targetOf(found, { column: columnNamed(table, said.label, "--label"), why: "by --label", isOfClasses });
  if (labelTable) return targetOf(found, { column: undefined, why: "in a file of their own", isOfClasses });
  if (table.label !== undefined) return targetOf(found, { column: table.label, why: "of the format itself", isOfClasses });
  if (chosen) return targetOf(found, { ...chosen, isOfClasses });
  throw DefinitionError.at("--label", `must be given: nothing tells which column of ${found.reading.path} is the label`, {
    hint: "the name of a column, or its number from 0 on; --labels names a file of labels",
  });
}

/** The labels of `--classes`, as the file holds them. @throws DefinitionError */
function classesNamed(text: string, target: Target): readonly Label[] {
  const known = target.kind === "classes" ? [...target.counts.keys()] : [];
  const wanted = text.split(",").map((name) => name.trim());
  const found = wanted.map((name) => known.find((label) => String(label) === name) ?? known.find((label) => label === Number(name)));
  const unknown = wanted.find((_, i) => found[i] === undefined);
  const hint = `labels: ${known.slice(0, 12).map(shown).join(", ")}${known.length > 12 ? ", ..." : ""}`;
  if (unknown !== undefined) throw DefinitionError.at("--classes", `there is no label "${unknown}"`, { value: unknown, hint });
  if (new Set(found).size === found.length && found.length >= 2) return found as Label[];
  throw DefinitionError.at("--classes", `must be at least two different labels with a comma between them, got "${text}"`, {
    value: text,
    hint,
  });
}
