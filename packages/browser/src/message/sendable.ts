import { DefinitionError } from "@steepest/core";
import { type PartSource, sourceOf } from "@steepest/core/internal";

/** A part of `TrainOptions` as data. */
export type SentPart = Exclude<PartSource, { readonly dualOf: unknown }> | { readonly dualOf: unknown };

/** The only key of an object that stands for a part. */
export const partKey = "steepest.part";

/**
 * The form of `value` that can be posted to a worker: data as it is, parts that the core's factories made as the calls that made them.
 *
 * @param path  of `value`, for messages
 * @throws DefinitionError  where it holds anything else, such as a norm written as functions
 */
export function sendable(value: unknown, path: string): unknown {
  if (typeof value === "function" || typeof value === "symbol") return refuse(value, path, `is a ${typeof value}`);
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return withoutRest(value);
  if (Array.isArray(value)) return value.map((entry, i) => sendable(entry, `${path}[${i}]`));
  const part = partOf(value, path);
  if (part) return { [partKey]: part };
  const descriptors = Object.values(Object.getOwnPropertyDescriptors(value));
  if (Object.getPrototypeOf(value) !== Object.prototype || descriptors.some(({ get, value }) => get || typeof value === "function")) {
    return refuse(value, path, "was not made by a factory of @steepest/core");
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sendable(member, `${path}.${key}`)]));
}

/** The bytes of a view in a buffer of their own: posting a view copies all of its buffer. */
function withoutRest(view: ArrayBufferView): ArrayBufferView {
  return view.byteLength < view.buffer.byteLength && !(view instanceof DataView) ? (view as Float64Array).slice() : view;
}

function partOf(value: object, path: string): SentPart | undefined {
  const source = sourceOf(value);
  if (!source || "registry" in source) return source;
  if ("dualOf" in source) return { dualOf: sendable(source.dualOf, path) };
  const { factory, args } = source;
  return { factory, args: args.map((arg, i) => sendable(arg, `${path}: ${factory}[${i}]`)) };
}

function refuse(value: unknown, path: string, what: string): never {
  const id = (value as { id?: unknown } | null)?.id;
  throw DefinitionError.at(path, `${typeof id === "string" ? `${id} ` : ""}${what}, so it cannot be sent to the worker`, {
    hint: "build it in a worker of your own: createEngine({ worker: () => new Worker(...) }) and serveTraining of @steepest/browser/serve",
  });
}
