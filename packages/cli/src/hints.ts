/** Hints of our libraries for programmers, each with its form for the command line; the first pattern that matches counts. */
const translations: readonly (readonly [ofLibrary: RegExp, hint: string])[] = [
  [
    /address space/,
    "each worker thread may reserve 20 GB of address space, whatever it uses: raise the limit (ulimit -v), use fewer --threads, or fewer samples or a narrower network",
  ],
  [
    /steepest\.wasm|@steepest\/kernels|Response or bytes/,
    "install steepest again, or build it again in a checkout; if that does not help, check disk and memory of the machine",
  ],
  [/the run again with fresh/, "start the same command with --fresh to make the run again, or remove its folder"],
  [/fresh: true|fresh folder|readRunFolder/, "start the same command again to reuse it, or with --fresh to make it again"],
];

/** The form of a library's hint for the command line. */
export function commandHint(hint: string): string {
  return translations.find(([pattern]) => pattern.test(hint))?.[1] ?? hint;
}
