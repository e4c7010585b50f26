import { encodeNumber } from "@steepest/node";

/** JSON with two spaces of indentation; numbers that JSON cannot hold are the strings that stand for them in run folders. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === "number" ? JSON.parse(encodeNumber(inner)) : inner), 2);
}
