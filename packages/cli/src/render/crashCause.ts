/** Lines that frame a cause: banners such as "----- Native stack trace -----", stack frames, and reports of the garbage collector. */
const frame = /^\s*(-{3,}.*|<-{3,}.*|#*|\^+|\d+: .*|at .*|\[\d+:0x.*)\s*$/;

/** Lines that say what was wrong: of JavaScript, of V8 and Node, of C and C++, of Rust. */
const telling = /^(uncaught )?\w*(error|exception)\b.*:|\bfatal error\b|\bassert(ion)?\b.*\bfailed\b|\bpanicked at\b|\bterminate called\b/i;

/** The line of a crashed process's stderr that says why it ended, or else the first that is not a mere frame of one; undefined if there is none. */
export function crashCause(stderr: string): string | undefined {
  const lines = stderr.split("\n").filter((line) => !frame.test(line));
  const at = lines.findIndex((line) => telling.test(line));
  const [line, next] = lines.slice(Math.max(at, 0)).map((text) => text.trim());
  return line?.endsWith(":") && next !== undefined && next !== "" ? `${line} ${next}` : line; // Rust puts its message below the place
}
