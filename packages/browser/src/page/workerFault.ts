import { patienceSeconds, withPatience } from "./patience.js";

/**
 * The reason why a worker's script cannot be run. The error event of a worker that could not be loaded says nothing, so the file is asked for once more.
 *
 * @param href  URL of the script
 * @returns  what comes after the name of the file, such as "answered with status 404"
 */
export async function workerFault(href: string): Promise<string> {
  try {
    const response = await withPatience(fetch(href), () => new Error(`the server did not answer for ${patienceSeconds} s`));
    await response.body?.cancel();
    if (!response.ok) return `answered with status ${response.status}`;
    const type = response.headers.get("content-type") ?? "no content type";
    return /javascript|ecmascript/.test(type)
      ? "it is truncated or not a module, or a content security policy forbids it"
      : `holds ${type}, not JavaScript`;
  } catch (cause) {
    return `cannot be fetched: ${(cause as Error).message}`;
  }
}
