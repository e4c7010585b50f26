import { DefinitionError } from "@steepest/core";

/**
 * A number of a definition as Python: the shortest decimal that reads back as the same double.
 *
 * @throws DefinitionError  unless it is a finite number
 */
export function pythonNumber(path: string, value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return Object.is(value, -0) ? "-0.0" : String(value);
  throw DefinitionError.at(path, `must be a finite number, got ${String(value)}`, { value });
}

export const pythonBoolean = (value: boolean): string => (value ? "True" : "False");

/** Text of a definition as a comment that ends where its line ends; characters that could hide or break a line become spaces. */
export function pythonComment(text: string): string {
  return `# ${text.replace(/[\s\p{C}]+/gu, " ").trim()}`;
}

const charactersPerLine = 120;

/** The bits of the numbers as base64 of little-endian float64, in string literals of one line each. */
export function base64Source(values: Float64Array, indent: string): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true);
  const bytes = new Uint8Array(view.buffer);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3 * 4096) parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + 3 * 4096))));
  const lines = parts.join("").match(new RegExp(`.{1,${charactersPerLine}}`, "g")) ?? [""];
  return lines.map((line) => `${indent}"${line}"\n`).join("");
}
