import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SteepestError } from "@steepest/core";

const name = "@duckdb/node-api";

/** A package that a command needs and that does not come with the program. */
export class MissingPackageError extends SteepestError {
  override readonly code = "MISSING_PACKAGE";
}

/** The columns and rows of an answer. */
export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

interface Reader {
  deduplicatedColumnNames(): string[];
  getRowsJS(): unknown[][];
}

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<Reader>;
  closeSync(): void;
}

interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> };
}

/** A database in memory. */
export interface Database {
  /** Runs statements. @returns the answer to the last  @throws what DuckDB refuses them with */
  ask(sql: string): Promise<Answer>;
  close(): void;
}

/**
 * A new database of DuckDB, from the package that the working folder or the program itself leads to.
 *
 * @param folder  where the command was started
 * @throws MissingPackageError  if it is installed at neither place, or does not load there
 */
export async function openDatabase(folder: string = process.cwd()): Promise<Database> {
  const { DuckDBInstance } = await loaded(folder);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  return {
    ask: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return { names: reader.deduplicatedColumnNames(), rows: reader.getRowsJS() };
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function loaded(folder: string): Promise<DuckDb> {
  const hint = `npm install ${name}`;
  const bases = [pathToFileURL(join(folder, "any.js")).href, import.meta.url];
  const path = bases.map(resolvedFrom).find((found) => found !== undefined);
  if (path === undefined) throw new MissingPackageError(`${name}: is not installed; queries are answered by DuckDB`, { path: name, hint });
  try {
    return (await import(pathToFileURL(path).href)) as DuckDb;
  } catch (cause) {
    throw new MissingPackageError(`${name}: does not load from ${path}: ${(cause as Error).message}`, { path: name, hint, cause });
  }
}

function resolvedFrom(base: string): string | undefined {
  try {
    return createRequire(base).resolve(name);
  } catch {
    return undefined;
  }
}
