/** The reader of one value of a command line, as commander calls it. */
// biome-ignore lint/suspicious/noExplicitAny: commander's own type, whose values are those of each option
type Parser = (value: string, previous: any) => unknown;

const lists = new WeakMap<object, () => readonly string[]>();

/**
 * A reader of a value, with the words that a shell offers for it.
 *
 * @param words   asked for when a shell wants them
 * @param parser  the reader; without one the value stays the text that it is
 * @returns the reader, a new function
 */
export function suggested<P extends Parser = (value: string) => string>(words: () => readonly string[], parser?: P): P {
  const reader = ((value: string, previous: unknown) => (parser ? parser(value, previous) : value)) as P;
  lists.set(reader, words);
  return reader;
}

/** The words that a shell offers for a value that this reader reads; undefined if nothing was said of them. */
export const suggestionsOf = (parser: object | undefined): readonly string[] | undefined => (parser ? lists.get(parser)?.() : undefined);
