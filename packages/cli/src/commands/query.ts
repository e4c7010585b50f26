import { numberText } from "@steepest/experiments";
import { Command } from "commander";
import { withExamples } from "../help/withExamples.js";
import { jsonText } from "../jsonText.js";
import { openDatabase } from "../query/duckdb.js";
import { plainValue } from "../query/plainValue.js";
import { queryRuns } from "../query/queryRuns.js";
import { readRuns } from "../runs/readRuns.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

/** `steepest query`: a question in SQL over the rows of runs, which DuckDB answers. */
export function queryCommand(): Command {
  return withExamples(
    new Command("query"),
    "steepest query 'select arm, max(\"margin.linf\") from rows group by arm'",
    "steepest query \"copy (select * from rows where step > 100) to 'late.csv'\" runs/mine",
  )
    .description("a question in SQL over all rows of runs, the view rows, by DuckDB (npm install @duckdb/node-api)")
    .argument("<sql>", "statements; the answer to the last one is shown")
    .argument("[run...]", "folders of runs, runs/<study>/<run>, or of studies; runs without")
    .option("--json", "a list of one object per row on stdout, numbers in full", false)
    .action(async (sql: string, targets: string[], { json }: { json: boolean }) => {
      const database = await openDatabase();
      const { names, rows } = await queryRuns(database, readRuns(targets.length > 0 ? targets : ["runs"]), sql);
      const plain = rows.map((row) => row.map(plainValue));
      if (json) printJson(plain.map((row) => Object.fromEntries(row.map((value, k) => [names[k], value]))));
      else
        process.stdout.write(
          `${table(
            names,
            plain.map((row) => row.map(cellText)),
          )}\n`,
        );
    });
}

function cellText(value: unknown): string {
  if (value === null) return "-";
  if (typeof value === "number")
    return Number.isFinite(value) && !Number.isInteger(value) ? numberText(value) : Object.is(value, -0) ? "-0" : String(value);
  return typeof value === "string" ? value : jsonText(value, 0);
}
