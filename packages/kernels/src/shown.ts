const mostShown = 4;
const longestText = 60;

/**
 * A value that is none of those expected, in a few words, as messages show it: never fails, and never long.
 *
 * @param value  anything
 * @returns a text of one line
 */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${value.length > longestText ? `${value.slice(0, longestText)}...` : value}"`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value))
    return `[${listed(value.slice(0, mostShown + 1).map((entry) => (Array.isArray(entry) ? "[...]" : shown(entry))))}]`;
  if (ArrayBuffer.isView(value)) return `a ${kindOf(value)} of ${value.byteLength} bytes`;
  const kind = kindOf(value);
  if (kind !== "Object") return `an instance of ${kind}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? "{}" : `{ ${listed(keys)} }`;
}

function listed(texts: readonly string[]): string {
  return texts.length > mostShown ? `${texts.slice(0, mostShown).join(", ")}, ...` : texts.join(", ");
}

function kindOf(value: object): string {
  const made = (Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null)?.constructor;
  return typeof made === "function" ? made.name : "Object";
}
