import { sourceOf } from "@steepest/core/internal";
import type { Imports } from "./imports.js";
import { literal, object } from "./literal.js";

/** A part of `TrainOptions`, or data that holds parts, as a TypeScript expression over @steepest/core: the calls that made it. */
export function partSource(value: unknown, core: Imports): string {
  if (typeof value !== "object" || value === null) return literal(value);
  if (ArrayBuffer.isView(value)) return literal(Array.from(value as Float64Array));
  if (Array.isArray(value)) return `[${value.map((entry) => partSource(entry, core)).join(", ")}]`;
  const source = sourceOf(value);
  if (!source) return object(membersOf(value).map(([key, member]) => [key, partSource(member, core)] as const));
  if ("registry" in source) return `${core.use(source.registry)}.${source.id}`;
  if ("dualOf" in source) return `${partSource(source.dualOf, core)}.dual`;
  const args = source.args.filter((arg) => arg !== undefined).map((arg) => partSource(arg, core));
  return `${core.use(source.factory)}(${args.join(", ")})`;
}

function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
