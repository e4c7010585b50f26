import { DefinitionError, type Norm } from "@steepest/core";
import { factories, memberOf } from "@steepest/core/internal";
import { partKey, type SentPart } from "./sendable.js";

/** The value that `sendable` was given, with every part made anew. @throws what the factories throw */
export function received(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(received);
  if (Object.hasOwn(value, partKey)) return madeFrom((value as Record<typeof partKey, SentPart>)[partKey]);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, received(member)]));
}

function madeFrom(part: SentPart): object {
  if ("registry" in part) return memberOf(part.registry, part.id) ?? unknown(part.id);
  if ("dualOf" in part) return (received(part.dualOf) as Norm).dual;
  const { factory, args } = part;
  return Object.hasOwn(factories, factory) ? factories[factory]!(...(args.map(received) as never[])) : unknown(factory);
}

function unknown(id: string): never {
  throw DefinitionError.at("engine.train", `the worker does not know "${id}"`, {
    value: id,
    hint: "worker.js is of another version than the page; copy the one that was installed with @steepest/browser",
  });
}
