import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { definitionOf } from "../../src/setup/definition.js";
import { writeLink } from "../../src/setup/link.js";
import { OpenedPages } from "./openedPage.js";
import { button, eventually, raceToTheEnd } from "./transport.js";

const steepest = fileURLToPath(new URL("../../../cli/dist/main.js", import.meta.url));
const steps = 60;

/** Two runs of `steepest run`, in a folder of their own. */
function recordedRuns(root: string): string {
  const definition = join(root, "race.json");
  writeFileSync(definition, JSON.stringify(definitionOf({ ...defaultSetup, steps })));
  const runs = join(root, "runs");
  execFileSync(process.execPath, [steepest, "run", definition, "--runs", runs], { stdio: "pipe" });
  return runs;
}

/** The address that `steepest serve` prints. */
async function served(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout!) {
    text += chunk;
    const found = /http:\/\/[\d.:]+\//.exec(text);
    if (found) return found[0];
  }
  throw new Error(`steepest serve ended: ${text}`);
}

const section = (page: Page) => page.getByRole("region", { name: "Recorded runs" });
const chooseFolder = (page: Page, folder: string) => section(page).locator("input[type=file]").setInputFiles(folder);

describe.skipIf(chromiumPath === undefined)("recorded runs", () => {
  const pages = new OpenedPages();
  let root: string;
  let runs: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "steepest-page-runs-"));
    runs = recordedRuns(root);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("are opened from a folder, checked, drawn and compared", async () => {
    const page = await pages.open();
    await chooseFolder(page, runs);
    const rows = section(page).getByRole("row");
    await eventually(() => rows.count()).toBe(3);
    await eventually(() => section(page).textContent()).toMatch(/race: arm1 \(gradient descent\), seed 7finished at step 60\d+/);
    expect(await section(page).textContent()).toMatch(/arm2 \(sign descent\), seed 7: another definition: other optimiser\./);
    const before = await section(page).getByRole("img").getAttribute("aria-label");
    await section(page).getByLabel("quantity").selectOption({ label: "margin in ℓ∞" });
    await eventually(() => section(page).getByRole("img").getAttribute("aria-label")).not.toBe(before);
    await button(page, "close race: arm1 (gradient descent), seed 7").click();
    await eventually(() => rows.count()).toBe(2);
  });

  test("of layers and of several classes are opened and drawn, though the laboratory races neither", async () => {
    const { arms } = definitionOf({ ...defaultSetup, steps });
    const definition = {
      ...definitionOf({ ...defaultSetup, steps }),
      id: "layered",
      dataset: { kind: "gaussianClasses", inputDim: 6, classes: 3, meanNorm: 4, deviation: 0.5, trainSize: 30, testSize: 0 },
      network: {
        kind: "layers",
        layers: [
          { kind: "dense", units: 6, bias: true },
          { leakyRelu: 0.1 },
          { kind: "branches", sum: [[{ kind: "dense", units: 4 }, "relu"], [{ kind: "dense", units: 4 }]] },
        ],
        init: { law: "normalFanIn", scale: 1 },
      },
      arms: { only: { ...arms.arm1, step: { rule: "constant", size: 0.05 } } },
    };
    const file = join(root, "layered.json");
    writeFileSync(file, JSON.stringify(definition));
    const folder = join(root, "layered");
    execFileSync(process.execPath, [steepest, "run", file, "--runs", folder], { stdio: "pipe" });
    const page = await pages.open();
    await chooseFolder(page, folder);
    await eventually(() => section(page).getByRole("row").count()).toBe(2);
    await eventually(() => section(page).textContent()).toMatch(/layered: .*seed 7finished at step 60\d+/);
    await section(page).getByLabel("quantity").selectOption({ label: "margin in ℓ2" });
    await eventually(() => section(page).getByRole("img").count()).toBe(1);
  });

  test("that hold the same rows are told to be the same, and hold what the page computes", async () => {
    const copy = join(root, "copies");
    cpSync(join(runs, "race"), join(copy, "again"), { recursive: true });
    cpSync(join(runs, "race"), join(copy, "race"), { recursive: true });
    const page = await pages.open({ setup: { ...defaultSetup, steps } });
    await chooseFolder(page, copy);
    await eventually(() => section(page).textContent()).toMatch(/race: arm1 \(gradient descent\), seed 7: bit for bit the same rows/);
    await raceToTheEnd(page);
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download JSON").click()]);
    const json = JSON.parse(readFileSync(await download.path(), "utf8")) as { runs: { rows: object[] }[] };
    const folders = readdirSync(join(runs, "race"), { withFileTypes: true }).filter(({ name }) => name.startsWith("arm"));
    for (const [i, { name }] of folders.sort((a, b) => (a.name < b.name ? -1 : 1)).entries()) {
      const rows = readFileSync(join(runs, "race", name, "rows.jsonl"), "utf8")
        .trim()
        .split("\n");
      expect(json.runs[i]!.rows).toEqual(rows.map((line) => JSON.parse(line) as object));
    }
  });

  test("are chosen from where they are more than can be shown", async () => {
    const many = join(root, "many");
    for (const study of ["a", "b", "c", "d"]) cpSync(join(runs, "race"), join(many, study), { recursive: true });
    const page = await pages.open();
    await chooseFolder(page, many);
    const boxes = section(page).getByRole("checkbox");
    await eventually(() => boxes.count()).toBe(8);
    await eventually(() => boxes.evaluateAll((all) => all.filter((box) => (box as HTMLInputElement).checked).length)).toBe(6);
    expect(await boxes.nth(7).isDisabled()).toBe(true);
    await eventually(() =>
      section(page)
        .getByRole("checkbox", { name: /^sign descent \S*d\/arm2-s7-/ })
        .count(),
    ).toBe(1);
    await boxes.nth(0).uncheck();
    await boxes.nth(7).click(); // checked once it is read
    await eventually(() => section(page).getByRole("table").textContent()).toContain("d: arm2 (sign descent), seed 7");
    expect(await section(page).getByRole("table").textContent()).not.toContain("a: arm1");
  });

  test("that were changed, or are none, are refused by name", async () => {
    const broken = join(root, "broken");
    cpSync(runs, broken, { recursive: true });
    const [name] = readdirSync(join(broken, "race")).filter((one) => one.startsWith("arm1"));
    const rows = join(broken, "race", name!, "rows.jsonl");
    writeFileSync(rows, readFileSync(rows, "utf8").replace(/"alignment":(-?)0/, '"alignment":$11'));
    const page = await pages.open();
    await chooseFolder(page, broken);
    await eventually(() => section(page).getByRole("alert").textContent()).toMatch(/rows\.jsonl: has SHA-256 [0-9a-f]{64}, expected/);
    expect(await section(page).textContent()).toContain("(sign descent), seed 7");
    const none = join(root, "none");
    cpSync(join(root, "race.json"), join(none, "race.json"));
    await chooseFolder(page, none);
    await eventually(() => section(page).getByRole("alert").textContent()).toContain("no run folder among 1 files");
  });

  test("of steepest serve are listed by its page", async () => {
    const server = spawn(process.execPath, [steepest, "serve", runs, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const page = await pages.open({ address: `${await served(server)}#${writeLink({ ...defaultSetup, steps })}` });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await button(page, "Runs of this server").click();
      await eventually(() => section(page).getByRole("row").count()).toBe(3);
      await raceToTheEnd(page);
      expect(asked.filter((url) => url.endsWith("definition.json"))).toHaveLength(2); // once per run
    } finally {
      server.kill();
    }
  });

  test("of a server of another kind are none, and the reader hears what to do", async () => {
    const page = await pages.open();
    await button(page, "Runs of this server").click();
    await eventually(() => section(page).getByRole("alert").textContent()).toContain("does not come from steepest serve");
    expect(pages.takeTroubles().every((trouble) => trouble.includes("404"))).toBe(true);
  });
});
