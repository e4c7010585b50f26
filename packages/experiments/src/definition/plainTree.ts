import { DefinitionError } from "@steepest/core";

/** Deepest nesting of a definition: far more than any field needs, far less than exhausts a stack. */
export const deepestNesting = 64;

/**
 * A copy of plain data in which every object stands in one place only, so that setting a field of one arm changes no other. Nothing else about the data
 * is looked at: keys keep their order, and what is neither an array nor a plain object is kept as it is.
 *
 * @param value  plain data; not modified
 * @returns a copy
 * @throws DefinitionError  if the data is nested deeper than `deepestNesting`, as data that holds itself is
 */
export function plainTree(value: unknown): unknown {
  return copied(value, 0);
}

function copied(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepestNesting) refuseDepth();
  if (Array.isArray(value)) return value.map((entry) => copied(entry, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    // Not an assignment: the key "__proto__" must come out as a key like any other.
    Object.defineProperty(copy, key, { value: copied(entry, depth + 1), configurable: true, enumerable: true, writable: true });
  }
  return copy;
}

function refuseDepth(): never {
  throw new DefinitionError(`definition: is nested deeper than ${deepestNesting} levels`, {
    path: "",
    hint: "no field of a definition is nested like this: is it the right file?",
  });
}

/** Freezes data with everything in it, and gives it back. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const entry of Object.values(value)) frozen(entry);
  return Object.freeze(value);
}
