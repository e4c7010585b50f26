import { DefinitionError, losses, type Norm, norms } from "@steepest/core";
import { factories } from "./factories.js";
import { partKey, type SentPart } from "./sendable.js";

/** The value that `sendable` was given, with every part made anew. @throws what the factories throw */
export function received(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(received);
  if (Object.hasOwn(value, partKey)) return madeFrom((value as Record<typeof partKey, SentPart>)[partKey]);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, received(member)]));
}

function madeFrom(part: SentPart): object {
  if ("norm" in part) return memberOf(norms, part.norm);
  if ("loss" in part) return memberOf(losses, part.loss);
  if ("dualOf" in part) return (received(part.dualOf) as Norm).dual;
  return memberOf(factories, part.factory)(...(part.args.map(received) as never[]));
}

function memberOf<T>(registry: Readonly<Record<string, T>>, id: string): T {
  if (Object.hasOwn(registry, id)) return registry[id]!;
  throw new DefinitionError(`engine.train: the worker does not know "${id}"`, {
    path: "engine.train",
    value: id,
    hint: "worker.js is of another version than the page; copy the one that was installed with @steepest/browser",
  });
}
