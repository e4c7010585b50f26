import { refuseUnknownKeys } from "@steepest/core/internal";
import type { ArmDefinition } from "../definition/arm.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import { isHomogeneous } from "../network/isHomogeneous.js";
import { paperMargin } from "../probe/paperNotation.js";
import { probeOf, symbolOf } from "../probe/probe.js";
import { rowsWith } from "../record/certifiedRows.js";
import type { Recording } from "../record/runRecord.js";
import { type ArmExpectation, armExpectations } from "../verdict/expectation.js";
import { absentArms, absentText, emptyTexts, isEmptyPanel } from "./absent.js";
import type { FigureSpec } from "./figureSpec.js";
import { columnsOf, layout } from "./layout.js";
import { type ArmLooks, armChannels, fitsInPlace, legendInPlace } from "./legend.js";
import { deepest, leastDepth } from "./overRisk.js";
import { type PanelContent, type PanelLooks, panel, panelContent } from "./panel.js";
import { type StepRange, stepBegins } from "./stepAxis.js";
import { armStyles } from "./style.js";

/** "sign descent: own margin ℓ∞, γ₁": our name of the margin that theory says the arm raises, and the paper's symbol. */
function armTitle(name: string, { margin }: Pick<ArmExpectation, "margin">): string {
  if (!margin) return name;
  const symbol = paperMargin(margin.id)?.symbol;
  return `${name}: own margin ${symbolOf(margin.id)}${symbol ? `, ${symbol}` : ""}`;
}

/** One title for each arm; where labels are alike they say the arm as well, and the arm's own margin where a panel shows one. */
function armTitles({ arms, figure: panels }: ExperimentDefinition, expectations: readonly ArmExpectation[]): string[] {
  const showsMargins = panels.length === 0 || panels.some(({ probe }) => probeOf(probe)?.isOfDegree);
  const labels = Object.entries(arms).map(([arm, { label = arm }]) => label);
  return expectations.map((expectation, i) => {
    const isAlone = labels.filter((label) => label === labels[i]).length === 1;
    return armTitle(isAlone ? labels[i]! : `${labels[i]} (${expectation.arm})`, showsMargins ? expectation : { margin: undefined });
  });
}

/** Options of a figure beyond its experiment. */
export interface FigureOptions {
  /** Lines below the title. */
  readonly about?: readonly string[];
  /** Title of the step axis; default: the samples that a step sees. */
  readonly stepTitle?: string;
  /** Lines are thick where a panel shows the margin that its arm raises. */
  readonly ownThick?: boolean;
  /** First step of the step axes; default: the first recorded step. */
  readonly firstStep?: number;
  /** Colours of the arms, in their order, of whoever draws them elsewhere too; default: the palette of Okabe and Ito. */
  readonly colors?: readonly string[];
}

/** True if the legend goes to the empty place beside the last panel. */
const hasPlace = (panels: number, columns: number, arms: number): boolean => panels % columns !== 0 && fitsInPlace(arms);

/**
 * The figure of an experiment: one panel per entry of `definition.figure`, mean over seeds with the range as a band, published values as open circles.
 *
 * @param definition  the experiment
 * @param records     runs in the order of arms and seeds; they may still be going on
 * @param options     lines below the title, and looks
 * @returns a vega-lite specification with its data in it
 * @throws DefinitionError  on an unknown option
 */
export function figure(definition: ExperimentDefinition, records: readonly Recording[], options: FigureOptions = {}): FigureSpec {
  refuseUnknownKeys("figure", options, { about: true, stepTitle: true, ownThick: true, firstStep: true, colors: true });
  const arms = Object.values(definition.arms);
  const expectations = armExpectations(definition);
  const titles = armTitles(definition, expectations);
  const looks: ArmLooks = {
    titles,
    styles: armStyles(
      arms.map(({ look }) => look),
      options.colors,
    ),
  };
  const columns = columnsOf(definition.figure.length);
  const isBeside = hasPlace(definition.figure.length, columns, arms.length);
  const panelLooks: Omit<PanelLooks, "empty"> = {
    channels: armChannels(looks, isBeside ? undefined : columns),
    stepTitle: options.stepTitle ?? stepTitle(arms),
    owners: options.ownThick ? ownersOf(expectations, titles) : undefined,
  };
  const first = Math.max(1, options.firstStep ?? 1);
  const byArm = new Map(Object.keys(definition.arms).map((arm, i) => [arm, titles[i]!]));
  const steps = { first, last: Math.max(1, ...records.map(({ rows }) => rows.at(-1)?.step ?? 0)) };
  const depths = { first: leastDepth, last: Math.max(leastDepth, ...records.map(deepest)) };
  const read = (probe: string): Recording[] => records.map((run) => ({ ...run, rows: rowsWith(run.rows, probe, definition.record) }));
  const contents = definition.figure.map((which) => panelContent(which, read(which.probe), byArm, which.over === "depth" ? depths : steps));
  const ranges = new Map([...axesOf(contents, "step", steps), ...axesOf(contents, "depth", depths)]);
  const absent = new Map(contents.map((content) => [content, absentArms(definition, content, records, byArm)]));
  const panels = contents.map((content) => {
    const empty = isEmptyPanel(content) ? emptyTexts(absent.get(content)!) : [];
    return panel(content, ranges.get(content)!, definition, { ...panelLooks, empty });
  });
  const below = [
    ...(options.about ?? []),
    [...notesOf(definition, contents, options), ...endsNote(records, steps.last)].join("; "),
    ...warnedNote(definition, records),
    ...contents
      .filter((content) => !isEmptyPanel(content))
      .flatMap((content) => absent.get(content)!.map((one) => absentText(one, content, definition))),
  ];
  return layout({
    title: definition.question === "" ? definition.id : `${definition.id}: ${definition.question}`,
    below,
    columns,
    panels: isBeside ? [...panels, legendInPlace(looks)] : panels,
  });
}

/** The ranges of the axes of those panels that are over steps, or over depths. */
function axesOf(contents: readonly PanelContent[], over: "step" | "depth", { first, last }: StepRange): [PanelContent, StepRange][] {
  const panels = contents.filter(({ which }) => (which.over ?? "step") === over);
  const end = Math.max(last, 2 * first); // an axis needs some width
  const begins = stepBegins(
    panels.map(({ drawnFrom }) => drawnFrom),
    { first, last: end },
  );
  return panels.map((content, i) => [content, { first: begins[i]!, last: end }]);
}

function notesOf({ seeds, ...definition }: ExperimentDefinition, contents: readonly PanelContent[], { ownThick }: FigureOptions): string[] {
  return [
    ...(isHomogeneous(definition) ? [] : ["the network is not homogeneous: no theorem expects what is drawn"]),
    ...(ownThick ? ["thick: the margin that the arm raises"] : []),
    seeds.length === 1 ? "one seed" : `line: mean of ${seeds.length} seeds, band: their range`,
    ...(contents.some(({ marks }) => marks.length > 0) ? ["open circles: read off the published figure"] : []),
  ];
}

/** Says that lines go on as they end, where they do for more than a fifth of the steps. */
function endsNote(records: readonly Recording[], last: number): string[] {
  const isOver = ({ rows, outcome }: Recording): boolean =>
    outcome !== undefined && outcome.kind !== "diverged" && (rows.at(-1)?.step ?? last) < 0.8 * last;
  return records.some(isOver) ? ["flat at last: the arm had ended"] : [];
}

/** Most arms that a note names; of more it says how many. */
const mostNamed = 2;

/** The arms whose runs were warned of something. */
function warnedNote({ arms }: ExperimentDefinition, records: readonly Recording[]): string[] {
  const byKind = new Map<string, Set<string>>();
  for (const { arm, warnings = [] } of records)
    for (const { what } of warnings) byKind.set(what, (byKind.get(what) ?? new Set()).add(arms[arm]?.label ?? arm));
  const whom = (of: ReadonlySet<string>): string => (of.size > mostNamed ? `${of.size} arms` : [...of].join(", "));
  const texts = [...byKind].map(([what, of]) => `${what} (${whom(of)})`);
  return texts.length > 0 ? [`warned of ${texts.join(", ")}`] : [];
}

function ownersOf(expectations: readonly ArmExpectation[], titles: readonly string[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  expectations.forEach(({ margin }, i) => {
    if (margin) owners.set(`margin.${margin.id}`, [...(owners.get(`margin.${margin.id}`) ?? []), titles[i]!]);
  });
  return owners;
}

/** The samples that a step sees, in words; arms may differ. */
function stepTitle(arms: readonly ArmDefinition[]): string {
  const batched = arms.filter(({ batch }) => batch).length;
  if (batched === 0) return "epoch (full-batch step)";
  return batched === arms.length ? "step (one mini-batch)" : "step (all samples or one mini-batch)";
}
