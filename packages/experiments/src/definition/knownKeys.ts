import { z } from "./zod.js";

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function branches(schema: JsonSchema): JsonSchema[] {
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(branches)];
}

function child(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  return branches(schema).flatMap(({ properties, additionalProperties, items, prefixItems }) => {
    if (typeof key === "number") return [prefixItems?.[key] ?? items].filter((found) => found !== undefined);
    const found = properties?.[String(key)] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    return found ? [found] : [];
  });
}

/** Whether `value` can be meant for this branch of a union: what it says it is (its kind, its rule) is what the branch is for. */
function isMeant({ properties = {} }: JsonSchema, value: object): boolean {
  return Object.entries(properties).every(
    ([key, property]) => property.const === undefined || property.const === (value as Record<string, unknown>)[key],
  );
}

/** Every key that the schema knows at a path for the object that stands there, whichever branch of a union that is meant for. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], value: object): string[] {
  const root = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  const here = path.reduce<JsonSchema[]>((schemas, key) => schemas.flatMap((inner) => child(inner, key)), [root]);
  const meant = here.flatMap(branches).filter((branch) => isMeant(branch, value));
  return [...new Set(meant.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}
