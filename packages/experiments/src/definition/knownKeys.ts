import { z } from "./zod.js";

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
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

/** Every key that the schema knows at a path, whichever branch of a union it belongs to. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const root = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  const here = path.reduce<JsonSchema[]>((schemas, key) => schemas.flatMap((inner) => child(inner, key)), [root]);
  return [...new Set(here.flatMap(branches).flatMap(({ properties }) => Object.keys(properties ?? {})))];
}
