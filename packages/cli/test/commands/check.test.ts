import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine } from "@steepest/node";
import { afterAll, describe, expect, test } from "vitest";
import { families, familyByLaw, familyIds } from "../../src/check/families.js";

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const adapters = fileURLToPath(new URL("../../../laws/adapters/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "steepest-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...args: string[]) => spawnSync(process.execPath, [program, "check", ...args], { encoding: "utf8", timeout: 50_000 });

function module(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The text without parts that differ between machines. */
const titled = (text: string): string => text.replaceAll(`${folder}/`, "").replaceAll(process.execPath, "node");

const linf = `norm: (x) => x.reduce((top, v) => Math.max(top, Math.abs(v)), 0), dualNorm: (g) => g.reduce((sum, v) => sum + Math.abs(v), 0)`;

/** A process that answers every request with the result of \`answer\`. */
const answering = (name: string, answer: string): string =>
  `exec:"${process.execPath}" "${module(
    name,
    `import { createInterface } from "node:readline";
     createInterface({ input: process.stdin }).on("line", (line) => { const { id, call, args } = JSON.parse(line); ${answer} });`,
  )}"`;

const networkWithBias = `export default {
  degree: 1, blocks: [{ offset: 0, length: 2, degree: 1 }],
  scores: ([a, b]) => Float64Array.of(a + 2 * b + 1), gradient: (_, [c]) => Float64Array.of(c, 2 * c) };`;
const stepWithDecay = `export default { ${linf}, normalized: true,
  step: (theta, g, logRisk, eta) => theta.map((v, i) => 0.9 * v - eta * Math.sign(g[i])) };`;
const twoDescents = `export default {
  left: () => (theta, g, logRisk, eta) => theta.map((v, i) => v - eta * Math.sign(g[i])),
  right: () => (theta, g, logRisk, eta) => theta.map((v, i) => v - eta * g[i]) };`;
const oneNorm = `export default { at: () => ({ ${linf}, lmo: (g) => g.map((v) => -Math.sign(v)) }) };`;

describe("steepest check", () => {
  test("our own core passes every law of every family, in a table of at most 100 columns", () => {
    const { status, stdout } = check();
    const [head, ...rows] = stdout.split("\n");
    expect(head).toMatch(/^family +subject +laws +cases +worst slack +verdict$/);
    expect(stdout).not.toContain("VIOLATED");
    expect(new Set(rows.slice(0, rows.indexOf("")).map((row) => row.split(" ")[0]))).toEqual(new Set(familyIds));
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(status).toBe(0);
  });

  test("--family asks the laws of that family and no other", () => {
    const { status, stdout } = check("--family", "lp", "--json");
    const results = JSON.parse(stdout) as { family: string; law: string }[];
    expect(new Set(results.map(({ family }) => family))).toEqual(new Set(["lp"]));
    expect(results.map(({ law }) => law)).toEqual(families.find(({ id }) => id === "lp")!.lawIds);
    expect(status).toBe(0);
  });

  test.each(families.map((family) => [family.id, family] as const))("no law of the family %s goes unasked", async (_id, family) => {
    const results = family.own(await createEngine()).flatMap((subject) => subject.check(undefined, { seed: 1, profile: "smoke" }));
    const asked = results.filter(({ verdict, cases }) => verdict === "holds" && cases > 0);
    expect(new Set(asked.map(({ law }) => law))).toEqual(new Set(family.lawIds));
  });

  test("--law finds a law of any family, and names the subjects", () => {
    const { status, stdout } = check("--law", "euler-per-block");
    expect(stdout).toMatch(/^subject +law +cases +worst slack +verdict\n/);
    expect(stdout).toMatch(/\nrelu 4-5-3-1 +euler-per-block +25 /);
    expect(status).toBe(0);
  });

  test("--subject own:NAME asks one of our own subjects", () => {
    const { status, stdout } = check("--family", "flow", "--subject", "own:linear 5, linf");
    expect(stdout).toContain("9 of 9 laws hold");
    expect(status).toBe(0);
  });

  test("two families must not share the id of a law", () => {
    expect(() => familyByLaw([families[0]!, families[1]!, families[0]!])).toThrow("occurs twice, in norms and norms");
  });

  test.each([
    ["networks", networkWithBias, "scores-homogeneous"],
    ["steps", stepWithDecay, "step-forgets-where-it-is"],
    ["optimizers", twoDescents, "identity-same-trajectory"],
    ["lp", oneNorm, "lp-at-1-2-and-infinity"],
  ])("a module that exports family %s is put under its laws, and a wrong one is refuted", (family, text, law) => {
    const path = module(`${family}.mjs`, `export const family = "${family}"; ${text}`);
    const { status, stdout } = check("--subject", path);
    expect(stdout).toContain(`violates ${law}:`);
    expect(status).toBe(1);
    const [, json] = new RegExp(`--law ${law} .*--replay '(.*)'`).exec(stdout)!;
    expect(check("--subject", path, "--law", law, "--replay", json!).status).toBe(1);
  });

  test("a module with a wrong sign is refuted, with a counterexample and a replay that refutes it again", () => {
    const path = module("wrong.mjs", `export default { ${linf}, lmo: (g) => g.map(Math.sign) };`);
    const { status, stdout } = check("--subject", path, "--law", "lmo-attains-dual-norm");
    expect(status).toBe(1);
    expect(stdout).toContain("VIOLATED");
    const [, json] = /--replay '(.*)'/.exec(stdout)!;
    const again = check("--subject", path, "--law", "lmo-attains-dual-norm", "--replay", json!);
    expect(stdout).toMatch(/^ {2}it gave {9}left side 1, right side -1; must be left = right, up to \d/m);
    expect(again.stdout).toMatch(/is off by \S+ times the rounding bound\n {2}left side 1, right side -1; must be left = right, up to \d/);
    expect(again.status).toBe(1);
  });

  test("a module that is right passes, and --json is one document", () => {
    const path = module("right.mjs", `export default { ${linf}, lmo: (g) => g.map((v) => (Number.isNaN(v) ? v : -Math.sign(v))) };`);
    const { status, stdout } = check("--subject", path, "--law", "lmo-attains-dual-norm", "--json");
    expect(JSON.parse(stdout)).toMatchObject([{ law: "lmo-attains-dual-norm", verdict: "holds", cases: 25 }]);
    expect(status).toBe(0);
  });

  const refusals: readonly [option: string, value: string, code: number, message: string][] = [
    [
      "--law",
      "lmo-atains-dual-norm",
      2,
      'error --law: there is no law "lmo-atains-dual-norm"\nhint: did you mean "lmo-attains-dual-norm"?\n',
    ],
    ["--seed", "-1", 2, 'error --seed: must be an integer in [0, 2147483647], got "-1"\n'],
    ["--precision", "f16", 2, "error option '--precision <name>' argument 'f16' is invalid"],
    ["--range", "1,1e100", 2, "error --range: must be [smallest, largest] with 0 <= smallest <= 0.001"],
    ["--range", "1e-100", 2, "error --range: must be two numbers with a comma between them\nhint: e.g. --range 1e-100,1e100\n"],
    ["--subject", module("empty.mjs", "export default {};"), 2, "must have a function norm"],
    [
      "--subject",
      module("unknown.mjs", 'export const family = "network"; export default {};'),
      2,
      'is of the family "network", expected one of norms, lp, networks, steps, optimizers, updates, flow, limits\nhint: did you mean "networks"?\n',
    ],
    [
      "--subject",
      module("limit.mjs", 'export const family = "limits"; export default { states: [] };'),
      2,
      "must have a number degree, got undefined",
    ],
    ["--subject", "own:l3", 2, 'error --subject: we have no subject "l3"\nhint: did you mean "l1"?\n'],
    ["--family", "network", 2, "error option '--family <name>' argument 'network' is invalid"],
    [
      "--subject",
      answering("flow.mjs", `console.log(JSON.stringify({ id, value: { family: "flow" } }));`),
      5,
      'is of the family "flow", a process may be of norms, networks, steps\n',
    ],
    [
      "--subject",
      answering("layouts.mjs", `console.log(JSON.stringify({ id, value: { members: ["norm", "dualNorm", "lmo"], layouts: [[2, 3]] } }));`),
      5,
      "said layouts [[2,3]] in its hello",
    ],
    [
      "--subject",
      answering(
        "blocks.mjs",
        `console.log(JSON.stringify({ id, value: { family: "networks", members: ["scores", "gradient"], degree: 1, blocks: [{ offset: 0, length: -1, degree: 1 }] } }));`,
      ),
      5,
      'said blocks [{"offset":0,"length":-1,"degree":1}] in its hello',
    ],
    [
      "--subject",
      answering("degreeless.mjs", `console.log(JSON.stringify({ id, value: { family: "networks", members: ["scores", "gradient"] } }));`),
      5,
      "said degree undefined in its hello, expected a number",
    ],
    ["--subject", "exec:echo hi", 5, 'error subject exec:echo hi: answered "hi", expected a line of JSON with an id\n'],
    ["--subject", "exec:exit 3", 5, "error subject exec:exit 3: ended with exit code 3\n"],
    [
      "--subject",
      answering("less.mjs", `console.log(JSON.stringify({ id, value: { members: ["norm"] } }));`),
      5,
      "does not offer dualNorm",
    ],
    [
      "--subject",
      answering(
        "short.mjs",
        `console.log(JSON.stringify({ id, value: call === "hello" ? { members: ["norm", "dualNorm", "lmo"] } : call === "lmo" ? [] : 1 }));`,
      ),
      5,
      "answered lmo with [], expected",
    ],
  ];
  test.each(refusals.map(([option, value, code, message]) => [`${option} ${titled(value)}`, option, value, code, message] as const))(
    "%s is refused",
    (_title, option, value, code, message) => {
      const { status, stderr } = check(option, value);
      expect(stderr).toContain(message);
      expect(status).toBe(code);
    },
  );

  test("--range leaves out the sizes whose squares are no numbers, and --precision what float32 rounds; a replay says both", () => {
    const squares = "norm, dualNorm: norm, lmo: (g) => { const n = norm(g); return g.map((v) => (n === 0 ? 0 : -v / n)); }";
    const norm = (round: string): string => `const norm = (x) => Math.sqrt(x.reduce((sum, v) => ${round}(sum + v * v), 0));`;
    const double = module("squares.mjs", `${norm("")} export default { ${squares} };`);
    expect(check("--subject", double)).toMatchObject({ status: 1, stdout: expect.stringContaining("3 of 13 laws hold") });
    expect(check("--subject", double, "--range", "1e-100,1e100")).toMatchObject({ status: 0, stdout: expect.stringContaining("13 of 13") });
    const single = module("single.mjs", `${norm("Math.fround")} export default { ${squares} };`);
    const both = ["--subject", single, "--precision", "f32", "--range", "1e-15,1e15"];
    expect(check("--subject", single, "--range", "1e-15,1e15").status).toBe(1);
    expect(check(...both)).toMatchObject({ status: 0, stdout: expect.stringContaining("13 of 13") });
    const uphill = module("uphill.mjs", `${norm("Math.fround")} export default { ${squares.replace("-v / n", "v / n")} };`);
    const { stdout } = check("--subject", uphill, "--precision", "f32", "--range", "1e-15,1e15");
    expect(stdout).toContain(`--subject '${uphill}' --precision f32 --range 1e-15,1000000000000000 --replay`);
  });

  const asked = (norm: string): string => `export default { dualNorm: () => 1, lmo: (g) => g, norm: () => { ${norm} } };`;
  test.each([
    ["calls process.exit(0) when it is asked", asked("process.exit(0);"), "ended the check with exit code 0 instead of answering"],
    ["calls process.exit(0) while it is loaded", "process.exit(0); export default {};", "ended the check with exit code 0"],
    ["calls process.reallyExit(0)", asked("process.reallyExit(0);"), "ended the check with exit code 0"],
    ["never ends to load", "await new Promise(() => {}); export default {};", "ended the check with exit code 13"],
    [
      "throws when nobody asks",
      "setTimeout(() => { throw new Error('late'); }); await new Promise((go) => setTimeout(go, 50)); export default {};",
      "failed outside of what it was asked: late",
    ],
  ])("a module that %s is a failure", (_title, text, how) => {
    const path = module("ends.mjs", text);
    const { status, stdout, stderr } = check("--subject", path);
    expect(stderr).toContain(`error subject ${path}: ${how}`);
    expect({ status, stdout }).toEqual({ status: 5, stdout: "" });
  });

  test("a module that kills the process, and a command that ends after its hello, are failures", () => {
    expect(check("--subject", module("kill.mjs", asked('process.kill(process.pid, "SIGKILL");')))).toMatchObject({ signal: "SIGKILL" });
    expect(check("--subject", module("term.mjs", asked('process.kill(process.pid, "SIGTERM"); for (;;);'))).status).toBe(75);
    const brief = answering(
      "brief.mjs",
      `console.log(JSON.stringify({ id, value: { members: ["norm", "dualNorm", "lmo"] } })); process.exit(0);`,
    );
    const { status, stdout, stderr } = check("--subject", brief);
    expect(stderr).toContain("ended with exit code 0");
    expect({ status, stdout }).toEqual({ status: 5, stdout: "" });
  });

  test("--replay refuses what is no JSON, and a subject that throws on the case refutes the law", () => {
    const broken = check("--law", "euler-per-block", "--replay", "{");
    expect(broken.stderr).toMatch(/^error --replay: not valid JSON/);
    expect(broken.status).toBe(2);
    const path = module("throws.mjs", `export default { ${linf}, lmo: () => { throw new Error("no direction"); } };`);
    const { status, stdout } = check("--subject", path, "--law", "lmo-attains-dual-norm", "--replay", '{"f64":[1]}');
    expect(stdout).toContain("lmo-attains-dual-norm threw Error: no direction\n");
    expect(status).toBe(1);
  });

  test("--law and --subject of different families are refused", () => {
    const path = module("norm.mjs", `export default { ${linf}, lmo: (g) => g };`);
    const { status, stderr } = check("--subject", path, "--law", "euler-per-block");
    expect(stderr).toBe("error --subject: is of the family norms, but asked are the laws of networks\n");
    expect(status).toBe(2);
    expect(check("--law", "euler-per-block", "--family", "steps").stderr).toBe(
      "error --law: euler-per-block is a law of networks, got --family steps\n",
    );
  });

  test("a process that is a network or a step is put under those laws", () => {
    const network = answering(
      "network.mjs",
      `const [theta, c] = args;
       const value = call === "hello"
         ? { family: "networks", members: ["scores", "gradient"], degree: 2, blocks: [{ offset: 0, length: 1, degree: 1 }, { offset: 1, length: 1, degree: 1 }] }
         : call === "scores" ? [theta[0] * theta[1]] : [c[0] * theta[1], c[0] * theta[0]];
       console.log(JSON.stringify({ id, value }));`,
    );
    expect(check("--subject", network).stdout).toContain("6 of 6 laws hold");
    const step = answering(
      "step.mjs",
      `const value = call === "hello" ? { family: "steps", members: ["step", "norm", "dualNorm"], normalized: true }
         : call === "step" ? args[0].map((v, i) => v + args[3] * Math.sign(args[1][i]))
         : call === "norm" ? Math.max(...args[0].map(Math.abs)) : args[0].reduce((sum, v) => sum + Math.abs(v), 0);
       console.log(JSON.stringify({ id, value }));`,
    );
    const uphill = check("--subject", step);
    expect(uphill.stdout).toContain("violates step-descends-steepest:");
    expect(uphill.status).toBe(1);
  });

  const python = "/usr/bin/python3";
  const has = (library: string): boolean => spawnSync(python, ["-c", `import ${library}`]).status === 0;
  const [hasNumpy, hasTorch] = [has("numpy"), has("torch")];
  const skipped = (present: boolean, library: string): string => (present ? "" : ` (skipped: ${python} has no ${library})`);

  test.skipIf(!hasNumpy).each(["l1", "l2", "linf", "spectral", "nuclear", "rowMax", "rowSum", "colMax", "colSum"])(
    `the numpy adapter's %s passes the laws${skipped(hasNumpy, "numpy")}`,
    (norm) => {
      const { status, stdout } = check("--subject", `exec:${python} ${adapters}numpy_norms.py ${norm}`);
      expect(stdout).toMatch(/(\d+) of \1 laws hold/);
      for (const law of ["projection-optimal", "prox-optimal", "norm-definite"]) expect(stdout).toContain(law);
      expect(status).toBe(0);
    },
  );

  test.skipIf(!hasNumpy).each(["l1", "l2", "spectral"])(
    `the numpy adapter's %s in float32 passes the laws with --precision f32${skipped(hasNumpy, "numpy")}`,
    (norm) => {
      const { status, stdout } = check("--precision", "f32", "--subject", `exec:${python} ${adapters}numpy_norms.py ${norm} float32`);
      expect(stdout).toMatch(/(\d+) of \1 laws hold/);
      expect(status).toBe(0);
    },
  );

  test.skipIf(!hasTorch).each(["4 1", "4 5 1", "4 5 3 1"])(
    `the torch adapter's ReLU network %s passes the laws of networks${skipped(hasTorch, "torch")}`,
    (widths) => {
      const { status, stdout } = check("--subject", `exec:${python} ${adapters}torch_network.py ${widths}`);
      expect(stdout).toContain("6 of 6 laws hold");
      expect(status).toBe(0);
    },
  );

  test.skipIf(!hasTorch)(`a bias in the torch adapter's network is refuted${skipped(hasTorch, "torch")}`, () => {
    const text = readFileSync(`${adapters}torch_network.py`, "utf8").replace("torch.relu(z @ layer.T)", "torch.relu(z @ layer.T + 0.125)");
    module("steepest_subject.py", readFileSync(`${adapters}steepest_subject.py`, "utf8"));
    const { status, stdout } = check("--subject", `exec:${python} ${module("biased.py", text)} 4 5 1`);
    expect(stdout).toContain("violates scores-homogeneous:");
    expect(status).toBe(1);
  });
});
