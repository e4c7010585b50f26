import { recordFiles } from "@steepest/core/internal";

/** A file of a run folder, from a directory picker, from drag and drop, or from `steepest serve`. */
export interface RunFile {
  /** Path with `/` between names: "tiny/sign-s0-0123456789ab/rows.jsonl". */
  readonly path: string;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The files of one run folder, by name. */
export interface RunFiles {
  /** Path of the folder. */
  readonly path: string;
  readonly files: ReadonlyMap<string, RunFile>;
}

/** A browser's file as a run file. A `File` of a directory picker knows its path; a dropped one needs it as argument. */
export function runFile(file: File, path: string = file.webkitRelativePath || file.name): RunFile {
  return { path, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}

const wanted: readonly string[] = recordFiles;

/** The run folders among files of any folder, in order of path: those that hold a definition.json or rows.jsonl. Other files are left out. */
export function runFilesAmong(files: Iterable<RunFile>): RunFiles[] {
  const folders = new Map<string, Map<string, RunFile>>();
  for (const file of files) {
    const slash = file.path.lastIndexOf("/");
    const [folder, name] = [file.path.slice(0, Math.max(0, slash)), file.path.slice(slash + 1)];
    if (!wanted.includes(name)) continue;
    const found = folders.get(folder) ?? new Map<string, RunFile>();
    folders.set(folder, found.set(name, file));
  }
  return [...folders]
    .filter(([, found]) => found.has("definition.json") || found.has("rows.jsonl"))
    .map(([path, found]) => ({ path, files: found }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
