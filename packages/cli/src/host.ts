import { hostKind } from "@steepest/node";
import type { ProgressChoice } from "./progress/choose.js";

/** Says on stderr, once at the start, that the twin computes in place of the binary: only the time differs. */
export function tellHost(progress: ProgressChoice): void {
  if (hostKind() === "wasm") return;
  const what =
    "there is no WebAssembly in this Node (node --jitless?): the twin in JavaScript computes, the same numbers, many times slower";
  process.stderr.write(progress === "json" ? `${JSON.stringify({ event: "host", host: "reference", what })}\n` : `warning ${what}\n`);
}
