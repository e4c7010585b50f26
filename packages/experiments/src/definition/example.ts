import { type Path, valueAt } from "./path.js";
import { fixedKeys, type JsonSchema, type SchemasAt } from "./schemaAt.js";

/** An example of a schema: its own, or one made of those of its required fields; undefined if there is none. */
export function exampleOf({ examples, const: constant, properties, required = [] }: JsonSchema): unknown {
  if (examples && examples.length > 0) return examples[0];
  if (constant !== undefined || properties === undefined) return constant;
  const entries = required.map((key) => [key, exampleOf(properties[key] ?? {})] as const);
  return entries.every(([, example]) => example !== undefined) ? Object.fromEntries(entries) : undefined;
}

/** The form of an object that a key is missing in which knows most of the keys that are there. */
function likeliest(forms: readonly JsonSchema[], holder: object): JsonSchema | undefined {
  const known = ({ properties = {} }: JsonSchema) => Object.keys(holder).filter((key) => Object.hasOwn(properties, key)).length;
  return [...forms].sort((a, b) => known(b) - known(a))[0];
}

/** An example of what stands at a path of a definition, which fits what else stands there. */
export function exampleAt(schemas: SchemasAt, path: Path, definition: unknown): unknown {
  const holder = valueAt(definition, path.slice(0, -1));
  const key = String(path.at(-1));
  if (typeof holder === "object" && holder !== null && typeof path.at(-1) === "string") {
    const named = schemas(path.slice(0, -1)).filter((form) => fixedKeys(form).some(([fixed]) => fixed === key));
    const form = likeliest(named, holder);
    if (form) return form.properties?.[key]?.const;
  }
  const found = schemas(path);
  return exampleOf(found.find(({ examples }) => examples) ?? found.find((one) => exampleOf(one) !== undefined) ?? {});
}

/** A value as somebody writes it into a definition, on one line: { "kind": "exponential", "reduction": "sum" } */
export function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  const entries = Object.entries(value);
  return entries.length === 0 ? "{}" : `{ ${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${written(entry)}`).join(", ")} }`;
}

/** The value at the end of a path with its key: "stop": { "steps": 5000 } */
export function writtenAt(path: Path, value: unknown): string {
  const key = path.at(-1);
  return typeof key === "string" ? `${JSON.stringify(key)}: ${written(value)}` : written(value);
}
