import { z } from "./schema.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Names of definitions that no schema has asked for: what stands there is written where it belongs, unless it holds itself. */
const isUnnamed = (name: string): boolean => name.startsWith("__schema");

const place = "#/$defs/";

/** The definition that a schema refers to. */
function nameIn(value: Json): string | undefined {
  const reference = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { $ref?: Json }).$ref : undefined;
  return typeof reference === "string" && reference.startsWith(place) ? reference.slice(place.length) : undefined;
}

/** The number of references to each definition. */
function references(value: Json, counts = new Map<string, number>()): ReadonlyMap<string, number> {
  if (typeof value !== "object" || value === null) return counts;
  const name = nameIn(value);
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const entry of Object.values(value)) references(entry, counts);
  return counts;
}

/**
 * A schema as JSON Schema (2020-12), in which what has a name, the `id` of its metadata, is written once and referred to elsewhere.
 *
 * @param schema  of a definition, or a part of one
 * @returns plain data, new at every call
 */
export function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: "input" }) as unknown as Readonly<Record<string, Json>> & {
    readonly $defs?: Readonly<Record<string, Json>>;
  };
  const counts = references({ ...root, $defs });
  const isWrittenOut = (name: string): boolean => isUnnamed(name) && (counts.get(name) === 1 || nameIn($defs[name]!) !== undefined);
  const written = (value: Json): Json => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(written);
    const name = nameIn(value);
    const entries = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, written(entry)]));
    if (name === undefined || !isWrittenOut(name)) return entries;
    const { $ref: _, ...own } = entries;
    return { ...(written($defs[name]!) as object), ...own };
  };
  const kept = Object.entries($defs).filter(([name]) => !isWrittenOut(name));
  return { ...(written(root) as object), $defs: Object.fromEntries(kept.map(([name, definition]) => [name, written(definition)])) };
}
