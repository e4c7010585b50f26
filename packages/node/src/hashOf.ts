import { createHash } from "node:crypto";
import { canonicalJson } from "@steepest/core";
import type { RunningHash } from "@steepest/core/internal";

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

/**
 * SHA-256 of bytes that come in pieces, as `RowsParser` of `@steepest/core` asks for it.
 *
 * @returns a hash of no bytes yet; its `hex` is 64 hex digits, and ends it
 */
export function runningHash(): RunningHash {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
}
