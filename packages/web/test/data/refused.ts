import { expect } from "vitest";
import { TableError } from "../../src/data/tableError.js";

/** Message and hint of the refusal of a table. */
export function refused(read: () => unknown): { readonly message: string; readonly hint: string } {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(TableError);
    const { message, hint } = error as TableError;
    return { message, hint };
  }
  throw new Error("the table was accepted");
}
