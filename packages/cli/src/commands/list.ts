import { directionForms, directions, normForms, normOf, norms } from "@steepest/core";
import {
  catalog,
  conventionTexts,
  datasets,
  expectationTexts,
  isHomogeneous,
  layerKinds,
  lossTexts,
  moduleParts,
  networks,
  notExpected,
  optimizers,
  type Probe,
  paperMargin,
  probeOf,
  probes,
  stepRules,
} from "@steepest/experiments";
import { Command } from "commander";
import { withExamples } from "../help/withExamples.js";
import { lineWidth } from "../lineWidth.js";
import { oneOf } from "../oneOf.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

interface Listed {
  readonly name: string;
  readonly what: string;
  /** Source, in the JSON only. */
  readonly source?: string;
  /** Its form in a definition, where that is not its name. */
  readonly written?: string;
  /** The probe of its margin, where that has a name. */
  readonly probe?: string;
  /** Conventions that the optimiser follows. */
  readonly conventions?: readonly string[];
  /** Margins that theory expects the optimiser to raise; of an experiment, that it expects none. */
  readonly theory?: readonly string[];
}

/** JSON with blanks, at which a narrow terminal folds it. */
const inOneLine = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n */g, " ");

const summaries = (registry: Readonly<Record<string, { readonly summary: string }>>): Listed[] =>
  Object.entries(registry).map(([name, { summary }]) => ({ name, what: summary }));

interface Exemplified {
  readonly summary: string;
  readonly examples?: readonly unknown[];
}

/** Members with their first example, as a definition writes it. */
const exemplified = (registry: Readonly<Record<string, Exemplified>>): Listed[] =>
  Object.entries(registry).map(([name, { summary, examples = [] }]) => ({
    name,
    what: summary,
    ...(examples.length > 0 && { written: inOneLine(examples[0]) }),
  }));

/** A part that a module of the user's exports. */
const moduleListed = (part: keyof typeof moduleParts): Listed => ({
  name: "module",
  what: moduleParts[part].summary,
  written: inOneLine(moduleParts[part].example),
});

/** The registered norms, the forms that make norms of others, and the directions that stand in for one, as words and as forms. */
function normsListed(): Listed[] {
  const registered = Object.values(norms).map(({ id, dual }): Listed => {
    const symbol = paperMargin(id)?.symbol;
    return { name: id, what: `dual ${dual.id}${symbol ? `; margin.${id} is the paper's ${symbol}` : ""}` };
  });
  const forms = normForms.map(({ name, summary, example }): Listed => {
    const probe = `margin.${normOf(example).id}`;
    return { name, what: summary, written: inOneLine(example), ...(probeOf(probe) && { probe }) };
  });
  const words = Object.values(directions).flatMap(({ id, summary }): Listed[] => {
    const choice = withDirection((direction) => direction === id);
    return summary === undefined ? [] : [{ name: id, what: summary, ...(choice && { written: inOneLine(choice.optimizer) }) }];
  });
  const others = directionForms.map(({ key, summary, example }): Listed => {
    const choice = withDirection((direction) => Object.hasOwn(directions, direction));
    return { name: `{ ${key} }`, what: summary, ...(choice && { written: inOneLine({ ...choice.optimizer, [choice.key]: example }) }) };
  });
  return [...registered, ...forms, moduleListed("norm"), ...words, ...others];
}

/** The first example of an optimiser with such a direction, and the option that holds it. */
function withDirection(holds: (direction: string) => boolean): { readonly optimizer: object; readonly key: string } | undefined {
  for (const optimizer of Object.values(optimizers).flatMap(({ examples }): readonly object[] => examples ?? [])) {
    const key = Object.entries(optimizer).find(([, value]) => typeof value === "string" && holds(value))?.[0];
    if (key !== undefined) return { optimizer, key };
  }
  return undefined;
}

/** The lines below a name: its form, its probe, its conventions, the expectations of theory. */
function besides({ written, probe, conventions = [], theory = [] }: Listed): string[] {
  return [
    ...(written === undefined ? [] : [`definition: ${written}`]),
    ...(probe === undefined ? [] : [`probe: ${probe}`]),
    ...conventions.map((line) => `convention: ${line}`),
    ...theory.map((line) => `theory: ${line}`),
  ];
}

/** Most characters in a line, on terminals and in pipes. */
const widest = 110;

/** The circumstances without which a probe has no value, in words. */
function needsOf(probe: Probe): string[] {
  return [
    ...(probe.needsLabels ? ["labels"] : []),
    ...(probe.needsTest ? ["test samples"] : []),
    ...(probe.needsMargins ? ["a loss of margins"] : []),
    ...(probe.needsTargets ? ["a loss of targets"] : []),
    ...(probe.needsHomogeneity ? ["a homogeneous network"] : []),
    ...(probe.needsTeacher ? ["a linear model on data of a linear teacher"] : []),
  ];
}

/** Everything that a definition can name, from the registries. */
const sections: Readonly<Record<string, () => Listed[]>> = {
  experiments: () =>
    [...catalog.values()].map(({ definition }) => ({
      name: definition.id,
      what: definition.question,
      source: definition.source,
      ...(!isHomogeneous(definition) && { theory: [notExpected] }),
    })),
  norms: normsListed,
  optimizers: () => [
    ...summaries(optimizers).map((listed) => {
      const kind = listed.name as keyof typeof optimizers;
      return { ...listed, conventions: conventionTexts(kind), theory: expectationTexts(kind) };
    }),
    { ...moduleListed("optimizer"), conventions: [], theory: ["what the module says by which theorem, or silent"] },
  ],
  steps: () => summaries(stepRules),
  losses: () => lossTexts(),
  networks: () => exemplified(networks),
  layers: () => exemplified(layerKinds),
  datasets: () => summaries(datasets),
  probes: () => [...probes.values()].map((probe) => ({ name: probe.name, what: [probe.label, ...needsOf(probe)].join("; needs ") })),
};

/** `steepest list` */
export function listCommand(): Command {
  return withExamples(new Command("list"), "steepest list norms", "steepest list probes --json")
    .description("what there is, from the registries")
    .argument("[what]", `one section: ${Object.keys(sections).join(", ")}`, oneOf("list", Object.keys(sections)))
    .option("--json", "one JSON document on stdout", false)
    .action((what: string | undefined, { json }: { json: boolean }) => {
      const chosen = Object.entries(sections).filter(([name]) => what === undefined || name === what);
      if (json) {
        printJson(Object.fromEntries(chosen.map(([name, list]) => [name, list()])));
        return;
      }
      const text = chosen.map(([name, list]) =>
        table(
          [name, ""],
          list().flatMap((listed) => [[listed.name, listed.what], ...besides(listed).map((line) => ["", line])]),
          { available: Math.min(widest, lineWidth(process.stdout)) },
        ),
      );
      process.stdout.write(`${text.join("\n\n")}\n`);
    });
}
