import { createHash } from "node:crypto";
import { canonicalJson } from "@steepest/core";

/**
 * SHA-256 of the canonical JSON, in hex.
 *
 * @param value  plain data
 * @returns 64 hex digits
 * @throws DefinitionError  if the value is not plain data
 */
export function hashOf(value: unknown): string {
  return textHash(canonicalJson(value));
}

/**
 * SHA-256 of a text in UTF-8, in hex.
 *
 * @param text  any text
 * @returns 64 hex digits
 */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
