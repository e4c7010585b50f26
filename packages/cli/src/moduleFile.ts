import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { DefinitionError } from "@steepest/core";
import { type ImportedModule, visible } from "@steepest/experiments";
import { init, parse } from "es-module-lexer/js";
import type { ProgressChoice } from "./progress/choose.js";
import { giveSignalsBack } from "./signals.js";

/** Largest file that is taken for a module of a norm or an optimiser. */
const mostBytes = 2 ** 20;

/** Milliseconds that a module may take before it has its exports: one that waits for something forever holds nobody. */
export const patience = 10_000;

const standsAlone =
  "a norm or an optimiser is one file that imports nothing, so that its hash says all of its code: export default { id, ... }";

/** A listener to modules, called before the code of one runs: its path as it is written, and its hash. */
export type TellModule = (path: string, sha256: string) => void;

/**
 * Says on stderr, once for each module of a command, that its code is run.
 *
 * @param progress  how the command speaks there
 */
export function tellModules(progress: ProgressChoice): TellModule {
  const told = new Set<string>();
  return (path, sha256) => {
    if (told.has(path) || progress === "none") return;
    told.add(path);
    const line = `module ${path} (SHA-256 ${sha256.slice(0, 12)}): its code runs here, with your rights`;
    process.stderr.write(progress === "json" ? `${JSON.stringify({ event: "module", path, sha256 })}\n` : `${visible(line)}\n`);
  };
}

/**
 * Runs a JavaScript module that stands alone, as it is on the disk at that moment: what is hashed is what is run.
 *
 * @param path     the path as it was written, for messages
 * @param place    where that is
 * @param tell     is called before any of its code runs, and keeps it from running where it throws
 * @param missing  the remedy where there is no such file
 * @returns its default export, and the SHA-256 of the file
 * @throws DefinitionError  if it is missing or no module, imports others, throws, or does not end
 */
export async function importModule(
  path: string,
  place: string,
  tell: TellModule = () => {},
  missing: string = "the module that the definition names",
): Promise<ImportedModule> {
  const bytes = bytesOf(path, place, missing);
  await refuseImports(path, sourceOf(path, bytes));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  tell(path, sha256);
  if (isMainThread) giveSignalsBack();
  const url = `data:text/javascript;base64,${bytes.toString("base64")}`; // not its path, behind which the file may change
  const { default: exported } = await inTime(path, import(url) as Promise<{ readonly default?: unknown }>);
  return { exported, sha256 };
}

const refuse = (path: string, text: string, hint: string, cause?: unknown): never => {
  throw DefinitionError.at(path, visible(text), { value: path, hint, ...(cause !== undefined && { cause }) });
};

function bytesOf(path: string, place: string, missing: string): Buffer {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (!stats) return refuse(path, `does not exist at ${place}`, missing);
  if (!stats.isFile()) return refuse(path, `is no regular file: ${place}`, "a JavaScript module");
  if (stats.size > mostBytes) return refuse(path, `has ${stats.size} bytes, a module has at most ${mostBytes}`, standsAlone);
  try {
    return readFileSync(place);
  } catch (cause) {
    return refuse(path, `cannot be read: ${(cause as Error).message}`, "a JavaScript module", cause);
  }
}

function sourceOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    return refuse(path, "is not UTF-8", "a JavaScript module", cause);
  }
}

async function refuseImports(path: string, source: string): Promise<void> {
  await init();
  let imports: ReturnType<typeof parse>[0];
  try {
    [imports] = parse(source, path);
  } catch (cause) {
    return refuse(path, `is no JavaScript module: ${(cause as Error).message}`, standsAlone, cause);
  }
  const other = imports.find((one) => one.type !== "import-meta");
  if (!other) return;
  const line = source.slice(0, other.importStart).split("\n").length;
  refuse(path, `imports ${other.specifier === undefined ? "another module" : `"${other.specifier}"`} in line ${line}`, standsAlone);
}

async function inTime<T>(path: string, loading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it has not ended within ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([loading, late]);
  } catch (cause) {
    return refuse(
      path,
      `cannot be run: ${cause instanceof Error ? cause.message : String(cause)}`,
      "its code runs where the definition is run, as a JavaScript module",
      cause,
    );
  } finally {
    clearTimeout(timer);
  }
}
