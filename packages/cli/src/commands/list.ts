import { losses, norms } from "@steepest/core";
import { catalog, datasets, expectationTexts, networks, optimizers, paperMargin, probes, stepRules } from "@steepest/experiments";
import { Command } from "commander";
import { oneOf } from "../oneOf.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

interface Listed {
  readonly name: string;
  readonly what: string;
  /** JSON only. */
  readonly source?: string;
  /** Which margins theory expects the optimiser to raise. */
  readonly theory?: readonly string[];
}

const summaries = (registry: Readonly<Record<string, { readonly summary: string }>>): Listed[] =>
  Object.entries(registry).map(([name, { summary }]) => ({ name, what: summary }));

/** Characters in a line, wherever it goes. */
const widest = 110;

/** Everything that a definition can name, from the registries. */
const sections: Readonly<Record<string, () => Listed[]>> = {
  experiments: () =>
    [...catalog.values()].map(({ definition }) => ({ name: definition.id, what: definition.question, source: definition.source })),
  norms: () =>
    Object.values(norms).map(({ id, dual }) => {
      const symbol = paperMargin[id]?.symbol;
      return { name: id, what: `dual ${dual.id}${symbol ? `; margin.${id} is the paper's ${symbol}` : ""}` };
    }),
  optimizers: () =>
    summaries(optimizers).map((listed) => ({ ...listed, theory: expectationTexts(listed.name as keyof typeof optimizers) })),
  steps: () => summaries(stepRules),
  losses: () => Object.keys(losses).map((name) => ({ name, what: `${name} loss in the log domain` })),
  networks: () => summaries(networks),
  datasets: () => summaries(datasets),
  probes: () => [...probes.values()].map(({ name, label }) => ({ name, what: label })),
};

/** `steepest list` */
export function listCommand(): Command {
  return new Command("list")
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
          list().flatMap(({ name, what: text, theory = [] }) => [[name, text], ...theory.map((line) => ["", `theory: ${line}`])]),
          Math.min(widest, process.stdout.columns || widest),
        ),
      );
      process.stdout.write(`${text.join("\n\n")}\n`);
    });
}
