import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalog, parseDefinition } from "@steepest/experiments";
import { expect, test } from "vitest";
import { exampleDefinition } from "../../src/definition/exampleDefinition.js";
import { ended, main, steepest } from "../support/steepest.js";
import { temporaryFolder, tiny } from "../support/study.js";

test.each([...catalog.keys()])("show %s prints a definition file that is the experiment", async (id) => {
  const { code, stdout, stderr } = await steepest(["show", id]);
  expect(code).toBe(0);
  const convention = /^[\w., -]+: (ε .+, as .+|\d+ classes: .+)$/; // of optimisers and losses, if any
  expect(stderr.split("\n").filter((line) => !convention.test(line))).toEqual([""]);
  expect(parseDefinition(JSON.parse(stdout))).toEqual(parseDefinition(catalog.get(id)!.definition));
});

test("show says on stderr where the optimisers add their epsilon, and stdout stays JSON", async () => {
  const adam = { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const file = join(temporaryFolder(), "mine.json");
  const optimizers = {
    plain: adam,
    said: { ...adam, epsilonPlacement: "outside" },
    inner: { ...adam, epsilonPlacement: "inside" },
    sign: { kind: "signum", momentum: 0.9 },
  };
  const step = { rule: "constant", size: 0.1 };
  const arms = Object.fromEntries(Object.entries(optimizers).map(([arm, optimizer]) => [arm, { optimizer, step }]));
  writeFileSync(file, JSON.stringify({ ...tiny, arms, claims: [], figure: [] }));
  const { code, stdout, stderr } = await steepest(["show", file]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      "plain, said: ε outside the root: √v + ε, as in torch.optim\ninner: ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js\n",
  });
  expect(JSON.parse(stdout).arms.plain).toEqual({ optimizer: adam, step });
});

test("what show prints runs, with what was set", async () => {
  const cwd = temporaryFolder();
  const shown = await steepest(["show", "teacher-student-small", "--set", "stop.steps=3", "--set", "seeds=[5]", "--set", "figure=[]"]);
  writeFileSync(join(cwd, "mine.json"), shown.stdout);
  const { code, stdout } = await steepest(["run", "mine.json", "--json"], { cwd });
  expect(code).toBe(0);
  const { definition, runs } = JSON.parse(stdout) as { definition: unknown; runs: { seed: number; last: { step: number } }[] };
  expect(definition).toEqual(JSON.parse(shown.stdout));
  for (const { seed, last } of runs) expect({ seed, step: last.step }).toEqual({ seed: 5, step: 3 });
});

test("show of what there is not is refused", async () => {
  const { code, stdout, stderr } = await steepest(["show", "teacher-studnet"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain('did you mean "teacher-student"?');
});

test("the example of run --help is the README's, and runs as it stands", async () => {
  const { stdout: help } = await steepest(["run", "--help"]);
  expect(help).toContain(exampleDefinition);
  const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`json\n${exampleDefinition}\n\`\`\``);
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "my-definition.json"), exampleDefinition);
  const run = await steepest(["run", "my-definition.json", "--set", "figure=[]"], { cwd });
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toMatch(/^my-circles: which margin does each arm raise\?\n\n/);
  expect(run.stdout).toMatch(/^gradient +margin\.l2 +yes, at log risk -1000 /m);
  expect(run.stdout).toMatch(/^sign +margin\.linf +yes, at log risk -1000 /m);
  expect(run.stderr).not.toContain("warning");
});

test("show - prints the complete definition that stands on the standard input", async () => {
  const child = spawn(process.execPath, [main, "show", "-"], { stdio: ["pipe", "pipe", "pipe"] });
  const { source: _, ...written } = tiny;
  child.stdin.end(JSON.stringify(written));
  const { code, stdout, stderr } = await ended(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({ ...tiny, source: "" });
});
