import { nearest } from "@steepest/core/internal";
import { exampleOf } from "./example.js";
import { fixedKeys, type JsonSchema } from "./schemaAt.js";

/** Lists that somebody writes as a text are at most so long. */
const longestRange = 1000;

/**
 * The likely meaning of a value that the schema refuses: a kind without the object around it, one entry without the list around it, a number or a list
 * in quotes, a number behind the key of its object as in "lp(3)". Undefined if nothing of this kind would be accepted.
 *
 * @param forms  what the schema has in its place
 */
export function meantBy(got: unknown, forms: readonly JsonSchema[]): unknown {
  if (typeof got === "string") return fromText(got, forms);
  return typeof got === "number" ? listOf(got, forms) : undefined;
}

function fromText(got: string, forms: readonly JsonSchema[]): unknown {
  const text = got.trim();
  const types = forms.map(({ type }) => type);
  if ((types.includes("number") || types.includes("integer")) && isNumber(text)) return Number(text);
  if (types.includes("boolean") && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return namedForm(text, forms) ?? keyedNumber(text, forms) ?? listOf(text, forms);
}

const isNumber = (text: string): boolean => text !== "" && Number.isFinite(Number(text));

/** An object by the name of its kind, or by one of the choices of one of its fields: "exponential" for { "kind": "exponential", "reduction": "sum" }. */
function namedForm(text: string, forms: readonly JsonSchema[]): unknown {
  const byName = new Map<string, JsonSchema>();
  for (const form of forms) for (const [, constant] of fixedKeys(form)) if (typeof constant === "string") byName.set(constant, form);
  const name = sameWord(text, [...byName.keys()]);
  if (name !== undefined) return exampleOf(byName.get(name)!);
  for (const form of forms) {
    for (const [key, field] of Object.entries(form.properties ?? {})) {
      const choice = form.required?.includes(key) ? sameWord(text, (field.enum ?? []).map(String)) : undefined;
      const example = choice === undefined ? undefined : exampleOf({ ...form, examples: [] });
      if (example !== undefined) return { ...(example as object), [key]: choice };
    }
  }
  return undefined;
}

/** "lp(3)", "lp3", "leakyRelu 0.1" */
function keyedNumber(text: string, forms: readonly JsonSchema[]): unknown {
  const [, word, number] = /^([A-Za-z_]+?)_?[^A-Za-z0-9.]*(\d*\.?\d+)\W*$/.exec(text) ?? [];
  if (word === undefined || number === undefined) return undefined;
  for (const { properties = {}, required = [] } of forms) {
    const [key] = required;
    if (key !== undefined && required.length === 1 && properties[key]?.type === "number" && sameWord(word, [key]))
      return { [key]: Number(number) };
  }
  return undefined;
}

/** One entry without its list; of integers also "0-2" and "0,1,2". */
function listOf(got: string | number, forms: readonly JsonSchema[]): unknown {
  const items = forms.filter(({ type }) => type === "array").flatMap(({ items: entry }) => entry ?? []);
  const types = items.map(({ type }) => type);
  const takesNumbers = types.includes("integer") || types.includes("number");
  if (typeof got === "number") return takesNumbers ? [got] : undefined;
  if (!takesNumbers) return types.includes("string") ? [got] : undefined;
  const [, first, last] = /^(\d+)\s*-\s*(\d+)$/.exec(got) ?? [];
  if (first !== undefined && last !== undefined) return range(Number(first), Number(last));
  const parts = got.replace(/^\[|\]$/g, "").split(/[\s,]+/);
  return parts.every(isNumber) ? parts.map(Number) : undefined;
}

function range(first: number, last: number): number[] | undefined {
  if (last < first || last - first >= longestRange) return undefined;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, "");

/** The choice that differs in case, hyphens and underscores only, the only one that begins with the word, or the nearest if one of the two holds the other. */
export function sameWord(word: string, choices: readonly string[]): string | undefined {
  const own = plain(word);
  const equal = choices.find((choice) => plain(choice) === own);
  if (equal !== undefined || own.length < 3) return equal;
  const begun = choices.filter((choice) => plain(choice).startsWith(own));
  const near = begun.length === 1 ? begun[0] : nearest(word, choices);
  return near !== undefined && (plain(near).includes(own) || own.includes(plain(near))) ? near : undefined;
}
