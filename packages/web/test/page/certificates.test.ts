import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { certificateInNode } from "../certificate/certificateInNode.js";
import { host } from "../hosts.js";
import { OpenedPages } from "./openedPage.js";
import { button, eventually, raceToTheEnd, untilStep } from "./transport.js";

const setup: RaceSetup = { ...defaultSetup, steps: 600 };
const checker = fileURLToPath(new URL("../../../certificates/checkers/check-certificate.mjs", import.meta.url));

async function certify(page: Page, arm: number, norm: string): Promise<void> {
  await page.getByLabel("certified optimiser").selectOption(String(arm));
  await page.getByLabel("norm of the certificate").selectOption(norm);
  await button(page, "Certify").click();
}

const certificates = (page: Page) => page.locator(".certificates article");

async function downloaded(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), certificates(page).first().getByRole("button", { name }).click()]);
  const path = join(tmpdir(), `${process.pid}-${download.suggestedFilename()}`);
  writeFileSync(path, readFileSync(await download.path()));
  return path;
}

describe.skipIf(chromiumPath === undefined)("certificates on the built page", () => {
  const pages = new OpenedPages();

  test("are bit for bit those of Node, pass the checker, and load the solver of linear programmes only for a norm that has them", async () => {
    const page = await pages.open({ setup });
    const requested: string[] = [];
    page.context().on("request", (request) => requested.push(new URL(request.url()).pathname.replace(/^.*\//, "")));
    await raceToTheEnd(page);
    expect(requested).toEqual([]); // the race needs nothing of what certificates need
    for (const [count, arm, norm] of [
      [1, 0, "l2"],
      [2, 0, "spectral"],
      [3, 1, "linf"],
    ] as const) {
      await certify(page, arm, norm);
      await eventually(() => certificates(page).count()).toBe(count);
      expect(requested.some((name) => name.startsWith("highs"))).toBe(norm === "linf");
      const [certificate, weights] = [await downloaded(page, "Download certificate"), await downloaded(page, "Download its weights")];
      const inNode = await certificateInNode(setup, arm, norm, host);
      expect(readFileSync(certificate, "utf8")).toBe(inNode.kind === "certified" && inNode.text);
      const { status, stdout } = spawnSync(process.execPath, [checker, certificate, weights], { encoding: "utf8" });
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^accepted/) });
    }
    const first = certificates(page).first();
    expect(await first.getByRole("heading").textContent()).toContain("sign descent in ℓ∞, step 600");
    expect(await first.locator("dl").first().textContent()).toMatch(/κ at least0\.\d{9}κ at most0\.\d{9}/);
    expect(await first.getByRole("img").getAttribute("aria-label")).toMatch(/samples with a multiplier .*: \d+, \d+/);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(".certificates"));
    expect(violations.map(({ id }) => id)).toEqual([]);
    await first.getByRole("button", { name: /^Remove/ }).click();
    await eventually(() => certificates(page).count()).toBe(2);
    await page.getByLabel("seed", { exact: true }).fill("8");
    await eventually(() => certificates(page).count()).toBe(0); // they were of another race
  });

  test("that are polished fit a narrow page, buttons and all", async () => {
    const page = await pages.open({ setup, context: { viewport: { width: 360, height: 900 } } });
    await raceToTheEnd(page);
    await page.getByLabel("polish", { exact: true }).selectOption("20");
    await certify(page, 0, "l2");
    await eventually(() => certificates(page).getByRole("button", { name: "Download polished weights" }).count()).toBe(1);
    const overflow = () => certificates(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(await overflow()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test("leave the race and the page responsive, and can be cancelled", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, width: 256, steps: 100_000 } });
    await page.route("**/highs*.wasm", () => {}); // a solver that never comes: the certificate is not done before it is cancelled
    await button(page, "Start").click();
    await untilStep(page, 300);
    await certify(page, 0, "linf");
    await button(page, "Cancel").waitFor();
    const before = Number((await page.getByTestId("step").textContent())!.replaceAll("\u202f", "").match(/step (\d+)/)![1]);
    await untilStep(page, before + 50);
    await button(page, "Cancel").click();
    await button(page, "Certify").waitFor();
    expect([await certificates(page).count(), await page.locator(".certificates [role=alert]").count()]).toEqual([0, 0]);
    await eventually(() => page.workers().length).toBe(1); // that of the race
    await button(page, "Pause").click();
    pages.takeTroubles(); // the request that was given up
  });

  test("say in place why there is none, and come from another method where the solver of linear programmes is not there", async () => {
    const page = await pages.open({ setup: { ...setup, steps: 200 }, missing: "**/highs*.wasm" });
    await certify(page, 0, "l2");
    const reason = () => page.locator(".certificates [role=alert]").textContent();
    await eventually(reason).toMatch(/gradient descent in ℓ2 at step 0: the margin of sample \d+ is at most/);
    await raceToTheEnd(page);
    await certify(page, 1, "linf");
    await eventually(() => certificates(page).count()).toBe(1);
    expect(await page.locator(".certificates [role=alert]").count()).toBe(0);
    expect(await kappaOf(page)).toEqual(await kappaInNode({ ...setup, steps: 200 }, 1, "linf"));
    pages.takeTroubles(); // the file that is not there
  });

  test("say that the worker did not start", async () => {
    const page = await pages.open({ setup: { ...setup, steps: 200 }, missing: "**/certificateWorker*.js" });
    await certify(page, 0, "l2");
    await eventually(() => page.locator(".certificates [role=alert]").textContent()).toMatch(/in ℓ2.*answered with status 404/);
    pages.takeTroubles(); // the file that is not there
  });

  test("come from the twin where WebAssembly is forbidden", async () => {
    const page = await pages.open({ setup: { ...setup, steps: 200 }, policy: "withoutWasm" });
    await raceToTheEnd(page);
    await certify(page, 0, "l2");
    await eventually(() => certificates(page).count()).toBe(1);
    const inNode = await certificateInNode({ ...setup, steps: 200 }, 0, "l2", host);
    expect(readFileSync(await downloaded(page, "Download certificate"), "utf8")).toBe(inNode.kind === "certified" && inNode.text);
    await certify(page, 1, "linf");
    await eventually(() => certificates(page).count()).toBe(2);
    expect(await kappaOf(page)).toEqual(await kappaInNode({ ...setup, steps: 200 }, 1, "linf"));
    pages.takeTroubles(); // of the solver, about the policy
  });
});

/** κ of the first certificate on the page, in five digits. */
async function kappaOf(page: Page): Promise<string[]> {
  const text = (await certificates(page).first().locator("dl").first().textContent())!;
  return [...text.matchAll(/κ at (?:least|most)(0\.\d{9})/g)].map(([, digits]) => Number(digits).toPrecision(5));
}

async function kappaInNode(of: RaceSetup, arm: number, norm: string): Promise<string[]> {
  const answer = await certificateInNode(of, arm, norm, host);
  if (answer.kind !== "certified") throw new Error("no margin");
  return answer.document.entries[0]!.kappa.map((end) => end!.toPrecision(5));
}
