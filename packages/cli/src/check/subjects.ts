import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DefinitionError } from "@steepest/core";
import { suggestion } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { families, familyIds } from "./families.js";
import { isPlainOptimizer, moduleSubject, updateFamily } from "./family/updates.js";
import type { AskedSubject, Family } from "./family.js";
import { ProcessError, startProcessSubject } from "./processSubject.js";

export interface Subjects {
  readonly asked: readonly AskedSubject[];
  close(): Promise<void>;
}

export interface SubjectOptions {
  readonly choice: string | undefined;
  /** The options that a module's default export is called with, if it is a function. */
  readonly moduleOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Families whose laws may be asked. */
  readonly chosen: readonly Family[];
  /** Longest wait for an answer of a process. */
  readonly patienceSeconds: number;
}

const own = "own:";
const exec = "exec:";

/** True for a choice of our own core, which needs kernels. */
export function isOwn(choice: string | undefined): choice is undefined | `own:${string}` {
  return choice === undefined || choice.startsWith(own);
}

/**
 * The subjects that the laws are asked of: those of our own core, one of them as `own:NAME`, a module whose default export is a subject, or `exec:COMMAND`.
 *
 * @throws DefinitionError, ProcessError
 */
export async function openSubjects({ choice, moduleOptions, chosen, patienceSeconds }: SubjectOptions): Promise<Subjects> {
  if (isOwn(choice)) {
    return { asked: await ownSubjects(choice?.slice(own.length), chosen), close: async () => {} };
  }
  if (choice.startsWith(exec)) return processSubject(choice, chosen, patienceSeconds);
  return { asked: [await importSubject(choice, moduleOptions, chosen)], close: async () => {} };
}

async function ownSubjects(name: string | undefined, chosen: readonly Family[]): Promise<AskedSubject[]> {
  const host = await createEngine();
  const all = chosen.flatMap((family) => family.own(host));
  const asked = name === undefined ? all : all.filter((subject) => subject.name === name);
  if (asked.length > 0) return asked;
  throw DefinitionError.at("--subject", `we have no subject "${name}"`, {
    value: name,
    hint: suggestion(
      name!,
      all.map((subject) => subject.name),
    ),
  });
}

async function processSubject(choice: string, chosen: readonly Family[], patienceSeconds: number): Promise<Subjects> {
  const command = choice.slice(exec.length);
  const { foreign, close } = await startProcessSubject(command, patienceSeconds);
  try {
    const id = foreign.hello.family ?? "norms";
    const family = families.find((candidate) => candidate.id === id);
    if (!family?.fromProcess) {
      const askable = families.filter(({ fromProcess }) => fromProcess).map((candidate) => candidate.id);
      throw new ProcessError(command, `is of the family ${JSON.stringify(id)}, a process may be of ${askable.join(", ")}`, id);
    }
    refuseOther(family, chosen);
    return { asked: [family.fromProcess(choice, foreign)], close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The default export of a module, or what it makes of options where it is a function, as modules of definitions may. */
function madeWith(path: string, exported: unknown, options: Readonly<Record<string, unknown>> | undefined): unknown {
  if (typeof exported === "function") return exported(options ?? {});
  if (options === undefined) return exported;
  throw DefinitionError.at("--options", `are for a function, and the default export of ${path} is none`, { value: options });
}

async function importSubject(
  path: string,
  options: Readonly<Record<string, unknown>> | undefined,
  chosen: readonly Family[],
): Promise<AskedSubject> {
  let loaded: { readonly default?: unknown; readonly family?: unknown };
  try {
    loaded = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw DefinitionError.at("--subject", `${path} cannot be imported: ${(cause as Error).message}`, {
      value: path,
      cause,
      hint: importHint(path),
    });
  }
  const exported = madeWith(path, loaded.default, options);
  if (loaded.family === undefined && isPlainOptimizer(exported)) {
    refuseOther(updateFamily, chosen);
    return updateFamily.fromModule(path, moduleSubject(exported, await createEngine()));
  }
  const id = loaded.family ?? "norms";
  const family = families.find((candidate) => candidate.id === id);
  if (!family) {
    throw DefinitionError.at("--subject", `${path} is of the family ${JSON.stringify(id)}, expected one of ${familyIds.join(", ")}`, {
      value: id,
      hint: suggestion(String(id), familyIds),
    });
  }
  refuseOther(family, chosen);
  return family.fromModule(path, exported);
}

/** Files that JavaScript can import. */
const modules = /\.(?:[cm]?[jt]s|json)$/;

/** Commands that run a file of another language, by its ending. */
const interpreters: Readonly<Record<string, string>> = {
  ".py": "python3 ",
  ".jl": "julia ",
  ".R": "Rscript ",
  ".rb": "ruby ",
  ".sh": "sh ",
};

/** A hint about what cannot be imported: a program is asked as a process, and a command is no path. */
function importHint(path: string): string {
  const [file = path] = path.split(/\s/);
  const isCommand = file !== path;
  if (!isCommand && modules.test(path))
    return "a module is given by its path, and its default export is the subject (packages/laws/README.md)";
  const command = isCommand ? path : `${interpreters[extname(path)] ?? ""}${path}`;
  return `a program in another language is asked as a process: --subject "exec:${command}"; it answers as packages/laws/adapters do`;
}

function refuseOther(family: Family, chosen: readonly Family[]): void {
  if (chosen.includes(family)) return;
  throw DefinitionError.at(
    "--subject",
    `is of the family ${family.id}, but asked are the laws of ${chosen.map(({ id }) => id).join(", ")}`,
    { value: family.id },
  );
}
