import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { DefinitionError } from "@steepest/core";
import { textEncoding } from "@steepest/formats";
import { plainJson } from "./plainJson.js";

/** Largest definition file: larger than a table of the page's largest size makes. */
const mostBytes = 100_000_000;

/**
 * The content of a definition file: JSON in UTF-8, with or without comments and a byte order mark.
 *
 * @returns undefined  if there is no such file
 * @throws DefinitionError  if it is no regular file, too large, not UTF-8, not JSON, or holds a key twice
 */
export function readDefinitionFile(path: string): unknown {
  const bytes = bytesOf(path);
  return bytes && plainJson(path, textOf(path, bytes));
}

/** The bytes of a file; undefined if there is none. @throws DefinitionError */
function bytesOf(path: string): Uint8Array | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile()) {
    // Opening a pipe waits for a writer, and a device may never end.
    const isRun = stats.isDirectory() && existsSync(join(path, "definition.json"));
    const what = isRun ? "the folder of a run" : stats.isDirectory() ? "a folder" : "no regular file";
    throw DefinitionError.at(path, `is ${what}, expected a definition file`, {
      hint: stats.isFIFO()
        ? "write what comes out of the pipe into a file first"
        : isRun
          ? "give the experiment's own file, or the id of a catalog experiment; steepest show prints a run, steepest certify asks how near its end is to a KKT point"
          : "give the JSON file itself, or the id of a catalog experiment",
    });
  }
  if (stats.size > mostBytes) refuseSize(path, `has ${stats.size} bytes`);
  const file = openSync(path, "r");
  try {
    return readAtMost(file, path, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** Reads at most so many bytes: some files, such as those of /proc, report size 0 and hold bytes. */
function readAtMost(file: number, path: string, expected: number): Uint8Array {
  let bytes = Buffer.allocUnsafe(expected + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
    if (length > mostBytes) refuseSize(path, `goes on behind ${mostBytes} bytes`);
    if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length + 4096);
  }
}

/**
 * The content of the standard input, in the form of a definition file. On a terminal a line says that it is waited for.
 *
 * @throws DefinitionError
 */
export async function readStandardInput(): Promise<unknown> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write("the definition, in JSON; Ctrl-D ends it\n");
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > mostBytes) refuseSize("standard input", `goes on behind ${mostBytes} bytes`);
  }
  return plainJson("standard input", textOf("standard input", Buffer.concat(chunks)));
}

function refuseSize(path: string, what: string): never {
  throw DefinitionError.at(path, `${what}, a definition has at most ${mostBytes}`, { hint: "is it the right file?" });
}

/**
 * The text of bytes that should be UTF-8.
 *
 * @throws DefinitionError  naming the encoding that they seem to be in
 */
export function textOf(path: string, bytes: Uint8Array): string {
  const encoding = textEncoding(bytes);
  if (encoding !== "utf-8") {
    throw DefinitionError.at(path, `is in ${encoding.slice(0, 6).toUpperCase()}, a definition file is in UTF-8`, {
      hint: "save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8",
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // without its byte order mark
  } catch (cause) {
    throw DefinitionError.at(path, "is not UTF-8", { cause, hint: "save it as UTF-8" });
  }
}
