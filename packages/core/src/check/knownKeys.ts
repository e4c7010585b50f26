import { shown } from "@steepest/kernels";
import { DefinitionError } from "../error/errors.js";
import { foreignWord, writtenAs } from "./foreignWords.js";
import { nearest } from "./nearest.js";

/**
 * Every option of T, so that one added to T must be added here: true, or a list of its names in other libraries. A list is needed only where a common
 * name means something else: `decay` of RMSProp is no weight decay.
 */
export type KnownKeys<T> = { readonly [K in keyof T]-?: true | readonly string[] };

/**
 * Refuses options that a function does not have.
 *
 * @param owner    the function, first words of the message
 * @param options  options as they were given
 * @param known    the keys of its options, each with true or its names in other libraries
 * @throws DefinitionError  if `options` is no object, or has a key that is not in `known`; the hint names the nearest one
 */
export function refuseUnknownKeys<T extends object>(owner: string, options: T, known: KnownKeys<T>): void {
  const names = Object.keys(known);
  const expected = names.length === 0 ? "none" : `one of ${names.join(", ")}`;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw DefinitionError.at(owner, `must be an object with ${names.join(", ")}, got ${shown(options)}`, { value: options });
  }
  for (const key of Object.keys(options)) {
    if (names.includes(key)) continue;
    throw new DefinitionError(`${owner}: unknown option "${key}", expected ${expected}`, {
      path: `${owner}.${key}`,
      value: options[key as keyof T],
      hint: hintFor(key, known),
    });
  }
}

/** A mistyped option by its nearest name, a word of another library by its name here. */
function hintFor(key: string, known: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(known);
  const listed = names.filter((name) => Array.isArray(known[name]));
  const declared = listed.filter((name) => (known[name] as readonly unknown[]).includes(key));
  const rest = names.filter((name) => !listed.includes(name));
  const foreign = declared.length > 0 ? writtenAs(declared, "code") : foreignWord(key, "code", rest);
  const near = nearest(key, names);
  return near !== undefined && (key.startsWith(near) || foreign === undefined) ? `did you mean ${near}?` : foreign;
}

/** `options`, after their keys were checked. @throws DefinitionError  as `refuseUnknownKeys` */
export function knownOptions<T extends object>(owner: string, options: T, known: KnownKeys<T>): T {
  refuseUnknownKeys(owner, options, known);
  return options;
}
