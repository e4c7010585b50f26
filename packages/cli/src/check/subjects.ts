import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DefinitionError } from "@steepest/core";
import type { NormSubject } from "@steepest/laws";
import { ownNorms } from "./ownNorms.js";
import { startProcessSubject } from "./processSubject.js";

export interface Subjects {
  readonly byName: ReadonlyMap<string, NormSubject>;
  close(): Promise<void>;
}

/**
 * What the laws are asked of: our own norms, a module whose default export is a norm, or `exec:COMMAND`.
 *
 * @throws DefinitionError, ProcessError
 */
export async function openSubjects(choice: string | undefined): Promise<Subjects> {
  if (choice === undefined) return { byName: await ownNorms(), close: async () => {} };
  if (choice.startsWith("exec:")) {
    const { subject, close } = await startProcessSubject(choice.slice("exec:".length));
    return { byName: new Map([[choice, subject]]), close };
  }
  return { byName: new Map([[choice, await importSubject(choice)]]), close: async () => {} };
}

async function importSubject(path: string): Promise<NormSubject> {
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw new DefinitionError(`--subject: ${path} cannot be imported: ${(cause as Error).message}`, {
      path: "--subject",
      value: path,
      cause,
    });
  }
  const subject = loaded.default as Partial<NormSubject> | undefined;
  for (const member of ["norm", "dualNorm", "lmo"] as const) {
    if (typeof subject?.[member] === "function") continue;
    throw new DefinitionError(`--subject: the default export of ${path} must have a function ${member}`, {
      path: "--subject",
      value: path,
      hint: "export default { norm, dualNorm, lmo } on Float64Array",
    });
  }
  return subject as NormSubject;
}
