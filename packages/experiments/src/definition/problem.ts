import { DefinitionError } from "@steepest/core";
import { knownKeys } from "./knownKeys.js";
import { nearest } from "./nearest.js";
import type { z } from "./zod.js";

type Issue = z.core.$ZodIssue;

/** `arms.gradient.step.size`, `claims[3].left` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

/** A hint for a name that is not among the choices, if it is near one of them. */
export function didYouMean(name: string, choices: readonly string[]): string | undefined {
  const close = nearest(name, choices);
  return close === undefined ? undefined : `did you mean "${close}"?`;
}

/** The same, or else what there is. */
export function suggestion(name: string, choices: readonly string[]): string {
  return didYouMean(name, choices) ?? `known: ${choices.join(", ")}`;
}

/** Of a union's branches, the one that got furthest: whose first problem lies deepest, and among those the one with the fewest problems. */
function furthest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map((issue) => issue.path.length));
  const telling = (branch: readonly Issue[]): number => branch.filter(({ code }) => code === "unrecognized_keys").length;
  return [...branches].sort((a, b) => telling(a) - telling(b) || a.length - b.length || depth(b) - depth(a))[0] ?? [];
}

/** Whether the schema gave the issue words of its own. */
function speaksForItself({ message }: Issue): boolean {
  return message.startsWith("must ");
}

function flatten(issue: Issue): { readonly issue: Issue; readonly path: readonly PropertyKey[] } {
  if (issue.code === "invalid_union" && issue.errors.length > 0 && !speaksForItself(issue)) {
    const inner = furthest(issue.errors)[0];
    if (inner) {
      const flat = flatten(inner);
      return { issue: flat.issue, path: [...issue.path, ...flat.path] };
    }
  }
  return { issue, path: issue.path };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** What was expected, in words. */
function expectation(issue: Issue): string {
  if (speaksForItself(issue)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "number"
        ? "must be a finite number"
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

/** The first problem of a failed parse of `value`, as the error that users see. */
export function firstProblem(error: z.ZodError, value: unknown, schema: z.ZodType): DefinitionError {
  const issues = error.issues.map(flatten);
  // A mistyped key shows up twice, as unknown and as missing: the former says more.
  const { issue, path } = issues.find((flat) => flat.issue.code === "unrecognized_keys") ?? issues[0]!;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const where = pathText([...path, key]);
    return new DefinitionError(`${where}: unknown key`, {
      path: where,
      value: valueAt(value, [...path, key]),
      hint: suggestion(key, knownKeys(schema, path, valueAt(value, path) as object)),
    });
  }
  const where = pathText(path);
  const got = valueAt(value, path);
  const known = choicesOf(issue);
  const named = issue.code === "invalid_key" ? issue.issues[0]! : issue;
  const ownWords = named.code === "custom" || named.code === "invalid_format";
  const text = ownWords ? named.message : `${known ? `must be one of ${known.join(", ")}` : expectation(issue)}, got ${show(got)}`;
  const hint = known && typeof got === "string" ? didYouMean(got, known) : undefined;
  return new DefinitionError(`${where || "definition"}: ${text}`, { path: where, value: got, ...(hint !== undefined && { hint }) });
}

/** What could have stood there, if the schema lists it. */
function choicesOf(issue: Issue): string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  const { options } = issue as { options?: readonly unknown[] };
  return issue.code === "invalid_union" && options ? options.map(String) : undefined;
}
