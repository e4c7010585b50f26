import { DataError } from "@steepest/core";
import { expect } from "vitest";
import { readTable } from "../../src/data/readTable.js";

/** A table of text in a file. */
export const readText = (text: string) => readTable("a.csv", new TextEncoder().encode(text));

/** Message, without the name of the file, and hint of the refusal of a table. */
export async function refused(read: () => unknown): Promise<{ readonly message: string; readonly hint: string }> {
  try {
    await read();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    const { message, hint, path } = error as DataError;
    expect(message.startsWith(`${path}: `)).toBe(true);
    return { message: message.slice(path!.length + 2), hint: hint ?? "" };
  }
  throw new Error("the table was accepted");
}
