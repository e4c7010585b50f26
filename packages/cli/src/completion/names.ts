import { norms } from "@steepest/core";
import { catalog, probes } from "@steepest/experiments";

/** The definitions that have a name: those of the catalog. */
export const definitionIds = (): readonly string[] => [...catalog.keys()];

/** The norms that have a name. */
export const normIds = (): readonly string[] => Object.keys(norms);

/** The rules by which weights are saved; probes of norm expressions have no list. */
export const saveRules = (): readonly string[] => [
  "final",
  "every",
  ...[...probes.values()].map(({ name, better }) => `best:${better === undefined ? "max:" : ""}${name}`),
];
