import { z } from "zod";

z.config({ jitless: true }); // before any schema is built: no string is ever evaluated, so a strict CSP holds

/** The vocabulary in which the schemas of definitions are written: this and what follows. */
export { z };

/** Plain data with every part of it readonly, as definitions hold it. */
export type ReadonlyTree<T> = T extends object ? { readonly [K in keyof T]: ReadonlyTree<T[K]> } : T;

/** The description of a field, for people and for editors. */
export interface FieldText {
  /** Unit of the number; "1" for a number without one. */
  readonly unit?: string;
  readonly example: unknown;
  /** Its names in other libraries, where a common name of them means something else: `decay` of RMSProp is no weight decay. */
  readonly otherNames?: readonly string[];
}

/** A schema with the description of its field, which `steepest schema` shows. */
export function field<T extends z.ZodType>(schema: T, description: string, { unit, example, otherNames }: FieldText): T {
  return schema.meta({ description, ...(unit !== undefined && { unit }), ...(otherNames && { otherNames }), examples: [example] }) as T;
}

/** The schemas that every number of a definition is written with; their messages say what was expected, `schemaIssues` adds what was got. */
export const positive = (): z.ZodNumber => expecting("must be finite and > 0", (error) => z.number(error).positive(error));
export const nonNegative = (): z.ZodNumber => expecting("must be finite and >= 0", (error) => z.number(error).min(0, error));
export const integer = (least: number): z.ZodNumber =>
  expecting(`must be an integer >= ${least}`, (error) => z.number(error).int(error).min(least, error));

/** The factor by which a step keeps a memory. */
export const memoryDecay = (): z.ZodNumber => expecting("must be in [0, 1)", (error) => z.number(error).min(0, error).lt(1, error));

/** The SHA-256 of a file. */
export const sha256 = (): z.ZodString =>
  expecting("must be a SHA-256 in hex, 64 digits", (error) => z.string(error).regex(/^[0-9a-f]{64}$/, error));

/** A schema with one message for everything that it refuses. */
export function expecting<T>(expectation: string, schema: (error: { readonly error: string }) => T): T {
  return schema({ error: expectation });
}

/** A rule about several fields of an object at once. */
export interface Rule {
  /** In JSON Schema, for editors; as much of it as can be said there. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** The problems, by the path within the object. The function gets unchecked values, so that it is asked even where other fields are wrong. */
  readonly problems: (
    value: Readonly<Record<string, unknown>>,
  ) => readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

export function ruled<T extends z.ZodType>(schema: T, { json, problems }: Rule): T {
  const checked = schema.superRefine(
    (value, context) => {
      for (const { path, message } of problems(value as Readonly<Record<string, unknown>>))
        context.addIssue({ code: "custom", path: [...path], message });
    },
    { when: ({ value }) => typeof value === "object" && value !== null },
  );
  return (json ? checked.meta(json) : checked) as T;
}

/** JSON Schema for "if the object is like this, it must be like that, and otherwise like the third". */
export function implication(condition: object, consequence: object, otherwise?: object): Readonly<Record<string, unknown>> {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: condition, then: consequence, ...(otherwise && { else: otherwise }) };
}

/** A list that holds no value twice; `what` is one with its article. */
export const distinct = <T extends z.ZodType>(list: T, what: string): T =>
  ruled(list, {
    json: { uniqueItems: true },
    problems: (entries) => {
      const values = Object.values(entries);
      return new Set(values).size === values.length ? [] : [{ path: [], message: `must not hold ${what} twice` }];
    },
  });
