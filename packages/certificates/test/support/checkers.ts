import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** The files that a checker reads. */
export interface CheckedFiles {
  readonly certificate: string;
  readonly weights: string;
  readonly definition?: string;
}

/** A checker of another making. */
export interface Checker {
  readonly name: string;
  readonly isThere: boolean;
  /** The program and its arguments but for the files. */
  readonly command: readonly string[];
  /** "accepted" or "rejected" with the reason, for every set of files. */
  verdicts(files: readonly CheckedFiles[]): Promise<string[]>;
}

const folder = mkdtempSync(join(tmpdir(), "certificate-"));
let written = 0;

/** Paths of files with these contents. */
export function pathsOf({ certificate, weights, definition }: CheckedFiles): string[] {
  return [certificate, weights, ...(definition === undefined ? [] : [definition])].map((text) => {
    const path = join(folder, `${written++}.json`);
    writeFileSync(path, text);
    return path;
  });
}

/** The path of a script of the package. */
export const script = (name: string): string => fileURLToPath(new URL(`../../checkers/${name}`, import.meta.url));

async function inWorker(argv: readonly string[]): Promise<string> {
  const worker = new Worker(script("check-certificate.mjs"), { argv: [...argv], stdout: true });
  let said = "";
  worker.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));
  return `${code === 0 ? "accepted" : "rejected"} ${said}`;
}

/** Runs the script on one list of arguments after another, as a process of its own would. */
const runner = `
import contextlib, io, json, os, runpy, sys
path, *_ = sys.argv[1:]
sys.path[0] = os.path.dirname(path)
for arguments in json.load(sys.stdin):
    sys.argv, said = [path, *arguments], io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path(path)
        print("accepted")
    except SystemExit as end:
        print(str(end.code).replace("\\n", " "))
    except Exception as error:
        print("rejected", repr(error).replace("\\n", " "))
`;

export const checkers: readonly Checker[] = [
  {
    name: "JavaScript",
    isThere: true,
    command: [process.execPath, script("check-certificate.mjs")],
    verdicts: async (files) => {
      const answers: string[] = [];
      for (const one of files) answers.push(await inWorker(pathsOf(one)));
      return answers;
    },
  },
  {
    name: "Python with numpy",
    isThere: spawnSync("python3", ["-c", "import numpy"]).status === 0,
    command: ["python3", script("check_certificate.py")],
    verdicts: async (files) => {
      const input = JSON.stringify(files.map(pathsOf));
      const { stdout, stderr, status } = spawnSync("python3", ["-c", runner, script("check_certificate.py")], { input, encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return stdout.trimEnd().split("\n");
    },
  },
];
