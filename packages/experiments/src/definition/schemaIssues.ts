import { foreignWord, namesOfForeign, nearest, writtenAs } from "@steepest/core/internal";
import { exampleAt, exampleOf, written, writtenAt } from "./example.js";
import { meantBy, sameWord } from "./instead.js";
import type { Issue } from "./issue.js";
import { type KnownKeys, knownKeys } from "./knownKeys.js";
import { didYouMean } from "./nearest.js";
import { areOnOneLine, type Path, valueAt } from "./path.js";
import type { z } from "./schema.js";
import { fixedKeys, type JsonSchema, type SchemasAt, schemasWithin } from "./schemaAt.js";

type ZodIssue = z.core.$ZodIssue;

interface Flat {
  readonly issue: ZodIssue;
  readonly path: Path;
}

/** The branch of a union that got furthest: its first problem lies deepest, among those it has the fewest problems, and at best the type is right. */
function furthest(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] {
  const depth = (branch: readonly ZodIssue[]): number => Math.max(0, ...branch.map((issue) => issue.path.length));
  const telling = (branch: readonly ZodIssue[]): number => branch.filter(({ code }) => code === "unrecognized_keys").length;
  const strange = (branch: readonly ZodIssue[]): number => branch.filter(({ code }) => code === "invalid_type").length;
  const order = (a: readonly ZodIssue[], b: readonly ZodIssue[]): number =>
    telling(a) - telling(b) || a.length - b.length || depth(b) - depth(a) || strange(a) - strange(b);
  return [...branches].sort(order)[0] ?? [];
}

/** True if the schema gave the issue a message of its own. */
function speaksForItself({ message }: ZodIssue): boolean {
  return message.startsWith("must ");
}

function flatten(issue: ZodIssue, base: Path = []): Flat[] {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0 && !speaksForItself(issue)) {
    const inner = furthest(issue.errors);
    if (inner.length > 0) return inner.flatMap((one) => flatten(one, path));
  }
  return [{ issue, path }];
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** The expected value, in words. */
function expectation(issue: ZodIssue): string {
  if (speaksForItself(issue)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "number"
        ? "must be a finite number"
        : issue.expected === "record"
          ? "must be an object"
          : `must be ${/^[aeio]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "too_small":
      return issue.origin === "number" || issue.origin === "int"
        ? `must be finite and ${issue.inclusive ? ">=" : ">"} ${issue.minimum}`
        : `must hold at least ${issue.minimum} ${issue.minimum === 1 ? "entry" : "entries"}`;
    case "too_big":
      return issue.origin === "number" || issue.origin === "int"
        ? `must be ${issue.inclusive ? "<=" : "<"} ${issue.maximum}`
        : `must hold at most ${issue.maximum} ${issue.maximum === 1 ? "entry" : "entries"}`;
    default:
      return issue.message;
  }
}

/** The choices at the place of an issue, if the schema lists them. */
function choicesOf(issue: ZodIssue): string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  const { options } = issue as { options?: readonly unknown[] };
  return issue.code === "invalid_union" && options ? options.map(String) : undefined;
}

/** A hint for an unknown key: it goes with other keys, there is advice, it belongs to another kind, is a word of another library, or is mistyped. */
function keyHint(key: string, keys: KnownKeys, beside: readonly string[]): string {
  const { own, others } = keys;
  if (own.includes(key)) return `"${key}" does not go with ${beside.map((other) => `"${other}"`).join(", ")}: leave out one or the other`;
  const owners = others.get(key);
  const known = `known: ${own.join(", ")}`;
  const advice = owners && namesOfForeign(key).includes(key) ? foreignWord(key, "definition", own) : undefined;
  if (advice !== undefined) return advice;
  if (owners) return `"${key}" belongs to ${listed(owners)}; ${known}`;
  const elsewhere = nearest(key, others.keys());
  return (
    foreignKeyHint(key, keys) ??
    didYouMean(key, own) ??
    (elsewhere === undefined ? known : `did you mean "${elsewhere}" of ${listed(others.get(elsewhere)!)}? ${known}`)
  );
}

/** A hint for a word of another library: its name in this form, the forms that have it, or what is true of every form. */
function foreignKeyHint(key: string, { plain, plainOthers, saying }: KnownKeys): string | undefined {
  const declared = saying(key);
  if (declared.length > 0) return writtenAs(declared, "definition");
  const names = namesOfForeign(key);
  const elsewhere = names.filter((name) => plainOthers.has(name));
  if (names.some((name) => plain.includes(name)) || elsewhere.length === 0) return foreignWord(key, "definition", plain);
  return `${writtenAs(elsewhere, "definition")}, of ${plainOthers.get(elsewhere[0]!)!.join(", ")}`;
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and others` : names.join(", ");
}

function told({ issue, path }: Flat, value: unknown, schema: z.ZodType, schemas: SchemasAt): Issue[] {
  if (issue.code === "unrecognized_keys") {
    const holder = valueAt(value, path) as object;
    const keys = knownKeys(schema, path, holder);
    const unknown = new Set(issue.keys);
    const beside = Object.keys(holder).filter((other) => !unknown.has(other));
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: "unknown key",
      value: valueAt(holder, [key]),
      hint: keyHint(key, keys, beside),
    }));
  }
  const got = valueAt(value, path);
  const known = choicesAt(issue, path, schemas);
  const named = issue.code === "invalid_key" ? issue.issues[0]! : issue;
  const hasOwnWords = named.code === "custom" || named.code === "invalid_format";
  const isEmpty = typeof got === "object" && got !== null && Object.keys(got).length === 0;
  if (hasOwnWords)
    return [
      { path, text: named.message, value: got, hint: isEmpty && speaksForItself(named) ? exampleHint(schemas, path, value) : undefined },
    ];
  const expected = known ? `must be one of ${known.join(", ")}` : expectation(issue);
  if (got === undefined) {
    const found = exampleAt(schemas, path, value);
    const example = found === undefined ? undefined : writtenAt(path, found);
    const meant = formMeant(path, value, schemas);
    return [{ path, text: `is missing, ${expected}`, value: got, hint: exampleHint(schemas, path, value), missing: { example }, meant }];
  }
  const text = `${expected}, got ${show(got)}`;
  const choices = choicesOf(issue) ?? [];
  const meant = (typeof got === "string" ? sameWord(got, choices) : undefined) ?? meantBy(got, schemas(path));
  const words = [...choices, ...schemas(path).flatMap(wordsOf)];
  const hint = valueHint({ got, choices, words, meant, path, example: () => exampleAt(schemas, path, value) });
  return [{ path, text, value: got, hint, meant }];
}

/** The kind or rule that an object without one is likely to have: a word of it that is one, else the form that knows most of its keys, if any knows one. */
function formMeant(path: Path, value: unknown, schemas: SchemasAt): unknown {
  const [key, holder] = [path.at(-1), valueAt(value, path.slice(0, -1))];
  if (typeof holder !== "object" || holder === null) return undefined;
  const forms = schemas(path.slice(0, -1)).flatMap((form) => {
    const constant = fixedKeys(form).find(([fixed]) => fixed === key)?.[1];
    const known = Object.keys(holder).filter((name) => Object.hasOwn(form.properties ?? {}, name)).length;
    return constant === undefined ? [] : [{ constant, known }];
  });
  const said = forms.find(({ constant }) => Object.values(holder).includes(constant));
  const closest = forms.reduce((best, form) => (form.known > best.known ? form : best), { constant: undefined as unknown, known: 0 });
  return said?.constant ?? closest.constant;
}

interface Refused {
  readonly got: unknown;
  readonly choices: readonly string[];
  /** Every text that may stand there, or in a field of an object there. */
  readonly words: readonly string[];
  readonly meant: unknown;
  readonly path: Path;
  readonly example: () => unknown;
}

/** A hint about a refused value: its name here, what was likely meant, or an example of another type. */
function valueHint({ got, choices, words, meant, path, example }: Refused): string | undefined {
  const foreign = typeof got === "string" ? foreignWord(got, "definition", words) : undefined;
  if (foreign !== undefined && typeof meant !== "object") return foreign;
  if (meant !== undefined) return typeof meant === "string" ? `did you mean "${meant}"?` : `write ${writtenAt(path, meant)}`;
  const near = typeof got === "string" ? didYouMean(got, choices) : undefined;
  if (near !== undefined) return near;
  const found = example();
  return found === undefined || choices.length > 0 || typeName(found) === typeName(got) ? undefined : `e.g. ${writtenAt(path, found)}`;
}

/** The texts that may stand at a place, or in a field of an object there. */
function wordsOf({ const: constant, enum: choices = [], properties = {} }: JsonSchema): string[] {
  const inner = Object.values(properties).flatMap((field) => [field.const, ...(field.enum ?? [])]);
  return [constant, ...choices, ...inner].filter((word) => typeof word === "string");
}

const typeName = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

function exampleHint(schemas: SchemasAt, path: Path, value: unknown): string | undefined {
  const example = exampleAt(schemas, path, value);
  return example === undefined ? undefined : `e.g. ${writtenAt(path, example)}`;
}

/** The choices at the place of an issue, with examples of the objects that may stand there instead. */
function choicesAt(issue: ZodIssue, path: Path, schemas: SchemasAt): string[] | undefined {
  const choices = choicesOf(issue);
  if (!choices || issue.code !== "invalid_value") return choices;
  const objects = schemas(path).filter((form) => form.properties && fixedKeys(form).length === 0);
  return [...choices, ...objects.map((form) => written(exampleOf(form)))];
}

/** Everything that a failed parse of `value` found. */
export function schemaIssues(error: z.ZodError, value: unknown, schema: z.ZodType): Issue[] {
  const schemas = schemasWithin(schema, value);
  const issues = error.issues.flatMap((issue) => flatten(issue)).flatMap((flat) => told(flat, value, schema, schemas));
  const unknown = issues.filter(({ text }) => text === "unknown key");
  return issues.map((issue) => (isToldByUnknownKey(issue, unknown) || isEmptyForItsNames(issue) ? { ...issue, isTold: true } : issue));
}

/** True for an object that the schema takes for an empty one, since each of its keys has a refused name. */
function isEmptyForItsNames({ text, value }: Issue): boolean {
  return text.startsWith("must hold at least one ") && typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** A mistyped key shows up again as a missing one, or as an object that lacks something: the first says most. */
function isToldByUnknownKey({ path, text, value }: Issue, unknown: readonly Issue[]): boolean {
  const within = (holder: Path) => unknown.filter((other) => other.path.length === holder.length + 1 && areOnOneLine(other.path, holder));
  if (value === undefined) return within(path.slice(0, -1)).some(({ hint }) => hint?.includes(`"${String(path.at(-1))}"`));
  return text.startsWith("must hold ") && within(path).length > 0;
}
