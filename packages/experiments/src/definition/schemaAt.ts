import { jsonSchemaOf } from "./jsonSchema.js";
import { type Path, valueAt } from "./path.js";
import type { z } from "./schema.js";

/** The part of a JSON Schema that it takes to find keys and examples. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly examples?: readonly unknown[];
  /** Names of a field in other libraries, as `FieldText` has them. */
  readonly otherNames?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** A schema with the definition that it refers to, whose description and examples its own ones replace. */
function resolved({ $ref, ...own }: JsonSchema, root: JsonSchema): JsonSchema {
  return $ref === undefined ? own : { ...resolved(root.$defs?.[$ref.replace("#/$defs/", "")] ?? {}, root), ...own };
}

function branches(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const here = resolved(schema, root);
  return [here, ...[...(here.anyOf ?? []), ...(here.oneOf ?? [])].flatMap((branch) => branches(branch, root))];
}

function child({ properties, additionalProperties, items, prefixItems }: JsonSchema, key: PropertyKey): JsonSchema[] {
  if (typeof key === "number") return [prefixItems?.[key] ?? items].filter((found) => found !== undefined);
  const found = properties?.[String(key)] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
  return found ? [found] : [];
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

function knownSchema(schema: z.ZodType): JsonSchema {
  const made = jsonSchemas.get(schema) ?? (jsonSchemaOf(schema) as JsonSchema);
  jsonSchemas.set(schema, made);
  return made;
}

/** The keys whose value tells forms of an object apart, with that value: a kind, or a rule. */
export function fixedKeys({ properties = {}, required = [] }: JsonSchema): (readonly [key: string, constant: unknown])[] {
  return Object.entries(properties).flatMap(([key, { const: constant }]) =>
    constant !== undefined && required.includes(key) ? [[key, constant] as const] : [],
  );
}

/** True if an object says by its kind or its rule that it is of this form. */
function isNamed(schema: JsonSchema, value: object): boolean {
  const fixed = fixedKeys(schema);
  return fixed.length > 0 && fixed.every(([key, constant]) => (value as Record<string, unknown>)[key] === constant);
}

/** The forms that a value names; all where it names none. */
function meant(forms: readonly JsonSchema[], value: unknown): readonly JsonSchema[] {
  const named = typeof value === "object" && value !== null ? forms.filter((form) => isNamed(form, value)) : [];
  return named.length > 0 ? named : forms;
}

/**
 * The schemas at a path, with the branches of unions.
 *
 * @param value  the whole definition; where it is given, only forms that it names are gone through
 */
export function schemasAt(schema: z.ZodType, path: Path, value?: unknown): JsonSchema[] {
  const root = knownSchema(schema);
  const forms = (schemas: readonly JsonSchema[]) => schemas.flatMap((one) => branches(one, root));
  const here = path.reduce<readonly JsonSchema[]>(
    (schemas, key, i) =>
      meant(forms(schemas), value === undefined ? value : valueAt(value, path.slice(0, i))).flatMap((form) => child(form, key)),
    [root],
  );
  return forms(here);
}

/** A function that gives the schemas at a path of one definition. */
export type SchemasAt = (path: Path) => readonly JsonSchema[];

/** No tuple of a definition is longer: what stands behind has the schema of every further entry. */
const longestTuple = 8;

/** `schemasAt` for one definition, which remembers its answers: entries of a long list share theirs. */
export function schemasWithin(schema: z.ZodType, definition: unknown): SchemasAt {
  const known = new Map<string, readonly JsonSchema[]>();
  return (path) => {
    const firstEntry = path.findLastIndex((key) => typeof key !== "number") + 1;
    const text = JSON.stringify(path.map((key, i) => (i < firstEntry ? key : Math.min(Number(key), longestTuple))));
    const found = known.get(text) ?? schemasAt(schema, path, definition);
    known.set(text, found);
    return found;
  };
}
