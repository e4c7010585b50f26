import type { z } from "./zod.js";

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
