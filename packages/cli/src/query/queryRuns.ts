import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DefinitionError } from "@steepest/core";
import { tableWriters, writeTable } from "@steepest/formats";
import type { RunOfMany } from "../runs/readRuns.js";
import { runTable } from "../runs/runTable.js";
import type { Answer, Database } from "./duckdb.js";

const parquet = tableWriters.find(({ id }) => id === "parquet")!;

/**
 * The answer to a question in SQL over the view `rows`, the table of runs that `runTable` makes.
 *
 * @param database  a new database
 * @param runs      runs, complete or not
 * @param sql       statements; the last one's answer counts
 * @returns the answer
 * @throws DefinitionError  with the words of DuckDB and the names of the columns; where there is no statement
 */
export async function queryRuns(database: Database, runs: readonly RunOfMany[], sql: string): Promise<Answer> {
  const columns = runTable(runs);
  const refuse = (what: string, cause?: Error): never => {
    const names = columns.map(({ name }) => (/^\w+$/.test(name) ? name : `"${name}"`));
    throw DefinitionError.at("query", what, { value: sql, cause, hint: `columns of rows: ${names.join(", ")}` });
  };
  const folder = mkdtempSync(join(tmpdir(), "steepest-query-"));
  try {
    const file = join(folder, "rows.parquet");
    writeFileSync(file, await writeTable(columns, parquet));
    await database.ask(`CREATE VIEW rows AS SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
    const answer = await database.ask(sql).catch((cause: Error) => refuse(cause.message, cause));
    return answer.names.length > 0 ? answer : refuse("holds no statement");
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
