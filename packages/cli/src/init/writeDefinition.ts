import { existsSync, readFileSync, rmSync } from "node:fs";
import { definitionJsonSchema } from "@steepest/experiments";
import { StorageError } from "@steepest/node";
import { jsonText } from "../jsonText.js";
import { writeOutput } from "../writeOutput.js";

/** Places of what is written. */
export interface Places {
  readonly definition: string;
  readonly schema: string;
}

/** Refuses to write over a definition. @throws StorageError */
export function requireFree({ definition }: Places, force: boolean): void {
  if (force || !existsSync(definition)) return;
  throw StorageError.at(definition, "exists already, and is left as it is", { hint: "--out names another file, --force replaces it" });
}

/**
 * Writes a definition and beside it the schema that editors complete it by.
 *
 * @param force  whether files that exist are replaced
 * @returns whether the schema beside it, which was there, is another than this version's
 * @throws StorageError  if the definition exists, or nothing can be written; then nothing is left behind
 */
export function writeDefinition(places: Places, text: string, force: boolean): { readonly isOtherSchema: boolean } {
  requireFree(places, force);
  const schema = `${jsonText(definitionJsonSchema())}\n`;
  const isThere = existsSync(places.schema);
  const isOther = isThere && readFileSync(places.schema, "utf8") !== schema;
  const isWritten = !isThere || (isOther && force);
  if (isWritten) writeOutput(places.schema, schema);
  try {
    writeOutput(places.definition, text);
  } catch (error) {
    if (!isThere) rmSync(places.schema);
    throw error;
  }
  return { isOtherSchema: isOther && !isWritten };
}
