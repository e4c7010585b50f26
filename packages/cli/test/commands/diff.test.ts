import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { tiny } from "../support/study.js";

describe("diff and show of runs", () => {
  let cwd = "";
  let runs: string[] = [];

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), "steepest-"));
    writeFileSync(join(cwd, "tiny.json"), JSON.stringify(tiny));
    expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
    runs = readdirSync(join(cwd, "runs/tiny")).map((name) => `runs/tiny/${name}`);
  });

  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const named = (arm: string): string => runs.find((path) => path.startsWith(`runs/tiny/${arm}`))!;

  test("a run equals itself, with exit code 0", async () => {
    const { code, stdout, stderr } = await steepest(["diff", named("gradient"), named("gradient")], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^definition: equal\n\nenvironment: equal\n\nboth ended: .*\n\nrows: \d+ steps in common, equal bit for bit\n$/);
  });

  test("two arms differ in their definition and from a step on, with exit code 1", async () => {
    const { code, stdout } = await steepest(["diff", named("gradient"), named("sign")], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^definition +a +b$/m);
    expect(stdout).toMatch(/^arm\.optimizer\.norm +"l2" +"linf"$/m);
    expect(stdout).toMatch(/^rows: \d+ steps in common, first different at step \d+ in \S+$/m);
    const json = await steepest(["diff", named("gradient"), named("sign"), "--json"], { cwd });
    const { definition, rows } = JSON.parse(json.stdout) as {
      definition: { path: string }[];
      rows: { changed: { probe: string; step: number }[] };
    };
    expect(definition.map(({ path }) => path)).toContain("arm.optimizer.norm");
    const [, step, probe] = /first different at step (\d+) in (\S+)/.exec(stdout)!;
    expect(rows.changed[0]).toMatchObject({ step: Number(step), probe });
  });

  test("a run is shown with its parts, its end and every probe", async () => {
    const { code, stdout, stderr } = await steepest(["show", named("gradient")], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const json = JSON.parse((await steepest(["show", named("gradient"), "--json"], { cwd })).stdout) as {
      definition: { record: { probes: string[] } };
      rows: object[];
    };
    expect(stdout).toMatch(/^run +gradient-s0-[0-9a-f]{12}\n/);
    expect(stdout).toMatch(/^ended +step \d+/m);
    for (const probe of json.definition.record.probes) expect(stdout).toMatch(new RegExp(`^${probe.replaceAll(".", "\\.")} .*[▁-█]`, "m"));
    expect(stdout).toContain(`rows ${" ".repeat(6)} ${json.rows.length}, steps 0 to `);
  });

  test("an interrupted run is shown as far as it came", async () => {
    const torn = join(cwd, "torn");
    cpSync(join(cwd, named("sign")), torn, { recursive: true });
    rmSync(join(torn, "outcome.json"));
    appendFileSync(join(torn, "rows.jsonl"), '{"logRi');
    const { code, stdout } = await steepest(["show", "torn"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ended +not complete: the last row is of step \d+$/m);
  });

  test("a folder that holds no run is refused, and so is --set of a run", async () => {
    expect(await steepest(["show", "runs"], { cwd })).toMatchObject({
      code: 3,
      stdout: "",
      stderr: "error runs: holds no run\nhint: give the folder of a run, runs/<study>/<arm>-s<seed>-<hash>\n",
    });
    const { code, stderr } = await steepest(["show", named("sign"), "--set", "stop.steps=1"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error --set: changes a definition, and a run has been made/);
  });
});
