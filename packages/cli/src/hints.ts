/** Hints of our libraries for programmers, each with its form for the command line; the first pattern that matches counts. */
const translations: readonly (readonly [ofLibrary: RegExp, hint: string])[] = [
  [
    /address space/,
    "each worker thread may reserve 20 GB of address space, whatever it uses: raise the limit (ulimit -v), use fewer --threads, fewer samples, a narrower network or fewer input columns",
  ],
  [
    /steepest\.wasm|@steepest\/kernels|Response or bytes/,
    "install steepest again, or build it again in a checkout; if that does not help, check disk and memory of the machine",
  ],
  [/move it away, and make the run again/, "a folder stands in its place: move it away, and start the same command with --fresh"],
  [/the worker's module/, "a part of steepest is missing; install it again"],
  [/the run again with fresh/, "start the same command with --fresh to make the run again, or remove its folder"],
  [/fresh: true|fresh folder|readRunFolder/, "start the same command again to reuse it, or with --fresh to make it again"],
];

/** Beginnings of messages that name a function or an argument of ours, each with what the command line says instead. */
const beginnings: readonly (readonly [ofLibrary: RegExp, said: string])[] = [
  [/^ArenaPlan: (\d+) bytes needed/, "the run needs $1 bytes of memory"],
  [/^kernels: the engine gives/, "the engine gives"],
  [/^createEngine: /, "the kernels cannot be loaded: "],
  [/^jobs\[\d+\]: the worker \S+ /, "a worker thread "],
];

/** The form of a library's message for the command line. */
export function commandMessage(message: string): string {
  const [pattern, said] = beginnings.find(([each]) => each.test(message)) ?? [];
  return pattern === undefined ? message : message.replace(pattern, said!);
}

/** The form of a library's hint for the command line. */
export function commandHint<Hint extends string | undefined>(hint: Hint): Hint | string {
  return (hint && translations.find(([pattern]) => pattern.test(hint))?.[1]) ?? hint;
}
