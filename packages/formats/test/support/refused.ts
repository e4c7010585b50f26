import { DataError } from "@steepest/core";
import { expect } from "vitest";

/** Message and hint of the refusal of a file. */
export async function refused(read: () => unknown): Promise<{ readonly message: string; readonly hint: string }> {
  try {
    await read();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    const { message, hint } = error as DataError;
    return { message, hint: hint ?? "" };
  }
  throw new Error("the file was accepted");
}

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
