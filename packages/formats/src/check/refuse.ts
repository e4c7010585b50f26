import { DataError } from "@steepest/core";

/**
 * Refuses a file.
 *
 * @param name   the name of the file
 * @param what   what is wrong with it: the place (line or byte offset), what was expected, what was got
 * @param hint   the remedy
 * @param value  the offending value
 * @returns never
 * @throws DataError
 */
export function refuse(name: string, what: string, hint: string, value?: unknown): never {
  throw DataError.at(name, what, { hint, value });
}
