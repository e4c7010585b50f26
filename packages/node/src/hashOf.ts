import { createHash } from "node:crypto";
import { canonicalJson } from "@steepest/core";

/** SHA-256 of the canonical JSON, in hex. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
