import { type Refusal, refusal } from "./refusal.js";

/** Characters with a special meaning on some file system: separators, drive letters and streams, control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const unsafe = /[/\\:\u0000-\u001f\u007f]/;

/**
 * The path segments of a request target, decoded once. "/" is the empty list.
 *
 * Refused, never repaired: targets that are not an absolute path, empty or hidden segments, "..", encoded separators, NUL, broken escapes.
 */
export function requestPath(target: string): readonly string[] | Refusal {
  if (!target.startsWith("/")) return refusal(400, "the request target must be an absolute path");
  const [path] = target.slice(1).split(/[?#]/, 1) as [string];
  if (path === "") return [];
  const segments: string[] = [];
  for (const encoded of path.split("/")) {
    const segment = decode(encoded);
    if (segment === undefined) return refusal(400, "the path holds a broken escape");
    if (!isPlainName(segment)) return refusal(400, "the path holds a segment that is not a plain name");
    segments.push(segment);
  }
  return segments;
}

/** True for the name of a file that can be requested. */
export function isPlainName(segment: string): boolean {
  return segment !== "" && !segment.startsWith(".") && !unsafe.test(segment);
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
