import type { Path } from "./path.js";
import { fixedKeys, type JsonSchema, schemasAt } from "./schemaAt.js";
import type { z } from "./zod.js";

/** One form of the object at a place: its kind or rule, and its keys. */
interface Form {
  /** The value of its discriminator: "constant" of a step rule; undefined if it has none. */
  readonly name: unknown;
  readonly keys: readonly string[];
  readonly isMeant: boolean;
}

export interface KnownKeys {
  /** The keys of the forms that the object is meant as. */
  readonly own: readonly string[];
  /** Keys of the other forms, each with the names of those that have it: c -> marginPaced. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** The form that an object names: its kind or its rule. */
function formOf(schema: JsonSchema, value: object): Form {
  const fixed = fixedKeys(schema);
  return {
    name: fixed[0]?.[1],
    keys: Object.keys(schema.properties ?? {}),
    isMeant: fixed.every(([key, constant]) => constant === (value as Record<string, unknown>)[key]),
  };
}

/** Every key that the schema knows at a path for the object that stands there, and those of the forms that it is not. */
export function knownKeys(schema: z.ZodType, path: Path, value: object): KnownKeys {
  const forms = schemasAt(schema, path).map((branch) => formOf(branch, value));
  const own = [...new Set(forms.filter(({ isMeant }) => isMeant).flatMap(({ keys }) => keys))];
  const others = new Map<string, string[]>();
  for (const { name, keys, isMeant } of forms) {
    if (isMeant || typeof name !== "string") continue;
    for (const key of keys) if (!own.includes(key)) others.set(key, [...(others.get(key) ?? []), name]);
  }
  return { own, others };
}
