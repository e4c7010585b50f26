import { refuse } from "./require.js";

/** The marks of a kind of part, such as norms. */
export interface PartKind<T> {
  /** The name of such a part in a message: "a norm such as norms.linf". */
  readonly what: string;
  /** The source of such parts, as advice. */
  readonly hint: string;
  /** Functions that every such part has. */
  readonly functions: readonly (keyof T)[];
  /** Looks at whatever else must be right. */
  check?(path: string, part: T): void;
}

/** @throws DefinitionError unless `value` is a part of this kind: not its name, nor the factory that makes it */
export function requirePart<T extends object>(path: string, value: T, { what, hint, functions, check }: PartKind<T>): T {
  if (typeof value === "function") refuse(path, what, value, "call the function, and pass what it returns");
  if (typeof value !== "object" || value === null || functions.some((name) => typeof value[name] !== "function")) {
    refuse(path, what, value, hint);
  }
  check?.(path, value);
  return value;
}
