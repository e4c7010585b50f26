import { spawn } from "node:child_process";
import { tmpdir } from "node:os";

/** Runs every program in one interpreter, because importing torch takes seconds. A program that fails gives its error in the place of its lines. */
const driver = `
import sys
try:
    import torch
except ImportError:
    sys.exit(77)
import contextlib, io, json, traceback
torch.set_num_threads(1)
results = {}
for name, source in json.load(sys.stdin).items():
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(source, name + ".py", "exec"), {"__name__": "__main__"})
        results[name] = [json.loads(line) for line in out.getvalue().splitlines()]
    except Exception:
        results[name] = traceback.format_exc()
json.dump(results, sys.stdout)
`;

export type PrintedRow = Readonly<Record<string, number | string>>;
export type Printed = Readonly<Record<string, readonly PrintedRow[] | string>>;

/** @returns undefined if this interpreter, or torch in it, is not here */
function runWith(python: string, programs: Readonly<Record<string, string>>): Promise<Printed | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ["-c", driver], { stdio: ["pipe", "pipe", "pipe"], cwd: tmpdir() });
    let [out, problems] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      problems += chunk;
    });
    child.on("error", () => resolve(undefined));
    child.stdin.on("error", () => undefined); // it ended without reading
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(out) as Printed);
      else if (code === 77 || code === 127) resolve(undefined);
      else reject(new Error(`${python} ended with ${code}: ${problems}`));
    });
    child.stdin.end(JSON.stringify(programs));
  });
}

/** The lines of every program, from as many interpreters as there are cores to spare. @returns undefined without torch */
export async function runTorch(programs: Readonly<Record<string, string>>, processes: number): Promise<Printed | undefined> {
  const shares = Array.from({ length: processes }, (_, k) => Object.entries(programs).filter((_one, i) => i % processes === k));
  for (const python of ["python3", "/usr/bin/python3"]) {
    const printed = await Promise.all(shares.map((share) => runWith(python, Object.fromEntries(share))));
    if (printed.every((one) => one !== undefined)) return Object.assign({}, ...printed);
  }
  return undefined;
}
