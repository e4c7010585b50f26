import { refuse, requireList, requireText } from "./require.js";
/** How a part of `TrainOptions` was made: a factory of this package, by its name, and what it was called with. */
export interface Recipe {
  readonly factory: string;
  readonly args: readonly unknown[];
}

const mark: unique symbol = Symbol.for("steepest.recipe") as never;

/**
 * Lets `part` remember how it was made, so that a host can make it again where functions cannot be sent. A copy such as `{ ...part, id }` or
 * `Object.create(part, ...)` forgets.
 *
 * @param args  copied as far as they are data
 * @returns     `part`
 */
export function recorded<T extends object>(factory: string, args: readonly unknown[], part: T): T {
  requireText("factory", factory);
  requireList("args", args, "arguments");
  if (!isObject(part)) refuse("part", "an object", part);
  return Object.defineProperty(part, mark, { value: { factory, args: args.map(copyOfData) } satisfies Recipe, configurable: true });
}

/** undefined for what no factory of this package made; also for what inherits from such a part, since it may do something else. */
export function recipeOf(part: object): Recipe | undefined {
  return isObject(part) && Object.hasOwn(part, mark) ? (part as { readonly [mark]?: Recipe })[mark] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" ? value !== null : typeof value === "function";
}

/** Whether it holds functions: a norm, an optimiser, or what the like of them is made from. */
function isPart(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ get, value }) => get !== undefined || typeof value === "function");
}

function copyOfData(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOfData);
  if (value instanceof Float64Array) return value.slice();
  if (Object.getPrototypeOf(value) !== Object.prototype || isPart(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOfData(member)]));
}
