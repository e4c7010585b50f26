import { DefinitionError } from "@steepest/core";
import { rowsOf, tableWriters, writeTable } from "@steepest/formats";
import { Command } from "commander";
import { withExamples } from "../help/withExamples.js";
import { oneOf } from "../oneOf.js";
import { readRuns } from "../runs/readRuns.js";
import { runTable } from "../runs/runTable.js";
import { writeOutput } from "../writeOutput.js";
import { printJson } from "./experiment.js";

interface ExportOptions {
  readonly format?: string;
  readonly out: string;
  readonly json: boolean;
}

const formatIds = tableWriters.map(({ id }) => id);

/** `steepest export`: the rows of runs as one table in a file. */
export function exportCommand(): Command {
  return withExamples(
    new Command("export"),
    "steepest export runs/teacher-student --out rows.parquet",
    "steepest export runs/mine runs/other --format csv --out rows.csv",
  )
    .description("all rows of runs or whole studies as one table, with study, arm, seed and every swept field as columns")
    .argument("<run...>", "folders of runs, runs/<study>/<run>, or of studies")
    .option("--format <name>", `${formatIds.join(", ")}; by default what the ending of --out says`, oneOf("--format", formatIds))
    .requiredOption("--out <file>", "the file that is written")
    .option("--json", "what was written as one JSON document on stdout", false)
    .action(async (targets: string[], { format, out, json }: ExportOptions) => {
      const writer = writerOf(format, out);
      const runs = readRuns(targets);
      const columns = runTable(runs);
      writeOutput(out, await writeTable(columns, writer));
      const names = columns.map(({ name }) => name);
      const [rows, open] = [rowsOf(columns), runs.filter(({ end }) => !end).length];
      if (json) printJson({ path: out, format: writer.id, runs: runs.length, incomplete: open, rows, columns: names });
      else {
        const unfinished = open === 0 ? "" : `, ${open} of them not complete`;
        process.stdout.write(`${out}: ${counted(rows, "row")}, ${names.length} columns, of ${counted(runs.length, "run")}${unfinished}\n`);
      }
    });
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** The writer of a format, or of the files with an ending. */
function writerOf(format: string | undefined, out: string) {
  const found = tableWriters.find(({ id, extension }) => (format === undefined ? out.endsWith(`.${extension}`) : id === format));
  if (found) return found;
  throw DefinitionError.at("--format", `is missing, and the ending of ${out} does not tell it`, {
    value: out,
    hint: `one of ${formatIds.join(", ")}`,
  });
}
