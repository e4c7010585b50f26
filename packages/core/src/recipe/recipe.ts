/** The recipe of a part of `TrainOptions`: the name of the factory of this package that made it, and the arguments of that call. */
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
  return Object.defineProperty(part, mark, { value: { factory, args: args.map(copyOfData) } satisfies Recipe, configurable: true });
}

/**
 * The recipe of a part; undefined for one that no factory of this package made, and for one that inherits from such a part, since it may behave differently.
 *
 * @param part  a norm, an optimiser, a loss, or another part of `TrainOptions`
 * @returns the factory's name and its arguments, copied
 */
export function recipeOf(part: object): Recipe | undefined {
  return isObject(part) && Object.hasOwn(part, mark) ? (part as { readonly [mark]?: Recipe })[mark] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" ? value !== null : typeof value === "function";
}

/** True for an object with functions: a norm, an optimiser, or another part that a factory takes as an argument. */
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
