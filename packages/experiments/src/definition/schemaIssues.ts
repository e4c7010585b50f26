import { nearest } from "@steepest/core";
import { foreignWord } from "./foreignWords.js";
import type { Issue } from "./issue.js";
import { type KnownKeys, knownKeys } from "./knownKeys.js";
import { didYouMean } from "./nearest.js";
import { areOnOneLine, type Path, valueAt } from "./path.js";
import type { z } from "./zod.js";

type ZodIssue = z.core.$ZodIssue;

interface Flat {
  readonly issue: ZodIssue;
  readonly path: Path;
}

/** The branch of a union that got furthest: its first problem lies deepest, and among those it has the fewest problems. */
function furthest(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] {
  const depth = (branch: readonly ZodIssue[]): number => Math.max(0, ...branch.map((issue) => issue.path.length));
  const telling = (branch: readonly ZodIssue[]): number => branch.filter(({ code }) => code === "unrecognized_keys").length;
  return [...branches].sort((a, b) => telling(a) - telling(b) || a.length - b.length || depth(b) - depth(a))[0] ?? [];
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

/** A hint for an unknown key: it belongs to another kind or rule, is a word of another library, or is mistyped. */
function keyHint(key: string, { own, others }: KnownKeys): string {
  const owners = others.get(key);
  const known = `known: ${own.join(", ")}`;
  if (owners) return `"${key}" belongs to ${listed(owners)}; ${known}`;
  const elsewhere = nearest(key, others.keys());
  return (
    foreignWord(key) ??
    didYouMean(key, own) ??
    (elsewhere === undefined ? known : `did you mean "${elsewhere}" of ${listed(others.get(elsewhere)!)}? ${known}`)
  );
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and others` : names.join(", ");
}

function told({ issue, path }: Flat, value: unknown, schema: z.ZodType): Issue[] {
  if (issue.code === "unrecognized_keys") {
    const holder = valueAt(value, path) as object;
    const keys = knownKeys(schema, path, holder);
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: "unknown key",
      value: valueAt(holder, [key]),
      hint: keyHint(key, keys),
    }));
  }
  const got = valueAt(value, path);
  const known = choicesOf(issue);
  const named = issue.code === "invalid_key" ? issue.issues[0]! : issue;
  const hasOwnWords = named.code === "custom" || named.code === "invalid_format";
  const text = hasOwnWords ? named.message : `${known ? `must be one of ${known.join(", ")}` : expectation(issue)}, got ${show(got)}`;
  const hint = known && typeof got === "string" ? (foreignWord(got) ?? didYouMean(got, known)) : undefined;
  return [{ path, text, value: got, hint }];
}

/** Everything that a failed parse of `value` found. */
export function schemaIssues(error: z.ZodError, value: unknown, schema: z.ZodType): Issue[] {
  const issues = error.issues.flatMap((issue) => flatten(issue)).flatMap((flat) => told(flat, value, schema));
  const unknown = issues.filter(({ text }) => text === "unknown key");
  return issues.filter((issue) => !isToldByUnknownKey(issue, unknown) && !isEmptyForItsNames(issue));
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
