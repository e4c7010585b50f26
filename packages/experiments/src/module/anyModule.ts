import type { ModuleNorms } from "@steepest/core";
import { moduleIdPattern } from "./schema.js";

/** Norms of modules where no definition says which they are: any name is one, of which labels and readings need no more. */
export const anyModule: ModuleNorms = {
  get: (id) => (moduleIdPattern.test(id) ? { module: id, facts: { id, sha256: "" } } : undefined),
  keys: () => [],
};
