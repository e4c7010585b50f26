import { encodeNumber } from "@steepest/node";

/**
 * JSON of plain data, numbers as in run folders: NaN and infinities as strings, -0 as -0.0, which JSON.stringify would make 0. Keys keep their order; those
 * whose value is undefined are left out.
 *
 * @param indent  spaces of indentation for each level; 0 for one line
 */
export function jsonText(value: unknown, indent = 2): string {
  return written(value, indent, "\n") ?? "null";
}

/** @param line  what begins a line at this level */
function written(value: unknown, indent: number, line: string): string | undefined {
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = line + " ".repeat(indent);
  const colon = indent > 0 ? ": " : ":";
  const parts = Array.isArray(value)
    ? value.map((entry) => written(entry, indent, inner) ?? "null")
    : Object.entries(value).flatMap(([key, member]) => {
        const text = written(member, indent, inner);
        return text === undefined ? [] : [`${JSON.stringify(key)}${colon}${text}`];
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return indent > 0 ? `${open}${inner}${parts.join(`,${inner}`)}${line}${close}` : `${open}${parts.join(",")}${close}`;
}
