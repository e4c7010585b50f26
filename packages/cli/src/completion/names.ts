import { norms } from "@steepest/core";
import { catalog } from "@steepest/experiments";

/** The definitions that have a name: those of the catalog. */
export const definitionIds = (): readonly string[] => [...catalog.keys()];

/** The norms that have a name. */
export const normIds = (): readonly string[] => Object.keys(norms);
