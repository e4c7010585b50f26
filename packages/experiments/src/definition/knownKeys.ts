import type { Path } from "./path.js";
import { z } from "./zod.js";

/** The part of a JSON Schema that it takes to find keys. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

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

function branches(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const here = schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {});
  return [here, ...[...(here.anyOf ?? []), ...(here.oneOf ?? [])].flatMap((branch) => branches(branch, root))];
}

function child(schema: JsonSchema, key: PropertyKey, root: JsonSchema): JsonSchema[] {
  return branches(schema, root).flatMap(({ properties, additionalProperties, items, prefixItems }) => {
    if (typeof key === "number") return [prefixItems?.[key] ?? items].filter((found) => found !== undefined);
    const found = properties?.[String(key)] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    return found ? [found] : [];
  });
}

/** The form that an object names: its kind or its rule. */
function formOf({ properties = {}, required = [] }: JsonSchema, value: object): Form {
  const fixed = Object.entries(properties).filter(([key, property]) => property.const !== undefined && required.includes(key));
  return {
    name: fixed[0]?.[1].const,
    keys: Object.keys(properties),
    isMeant: fixed.every(([key, property]) => property.const === (value as Record<string, unknown>)[key]),
  };
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const made = jsonSchemas.get(schema) ?? (z.toJSONSchema(schema, { io: "input" }) as JsonSchema);
  jsonSchemas.set(schema, made);
  return made;
}

/** Every key that the schema knows at a path for the object that stands there, and those of the forms that it is not. */
export function knownKeys(schema: z.ZodType, path: Path, value: object): KnownKeys {
  const root = jsonSchemaOf(schema);
  const here = path.reduce<JsonSchema[]>((schemas, key) => schemas.flatMap((inner) => child(inner, key, root)), [root]);
  const forms = here.flatMap((one) => branches(one, root)).map((branch) => formOf(branch, value));
  const own = [...new Set(forms.filter(({ isMeant }) => isMeant).flatMap(({ keys }) => keys))];
  const others = new Map<string, string[]>();
  for (const { name, keys, isMeant } of forms) {
    if (isMeant || typeof name !== "string") continue;
    for (const key of keys) if (!own.includes(key)) others.set(key, [...(others.get(key) ?? []), name]);
  }
  return { own, others };
}
