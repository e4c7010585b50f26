import { readFileSync } from "node:fs";
import { parseDefinition } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { OpenedPages } from "./openedPage.js";
import { button, copiedLink, eventually, raceToTheEnd } from "./transport.js";

describe.skipIf(chromiumPath === undefined)("what can be taken away", () => {
  const pages = new OpenedPages();

  test("is no empty figure: before a margin is positive the page says why", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 300 } });
    await button(page, "Download SVG").click();
    await eventually(() => page.getByRole("alert").textContent()).toContain("no optimiser has one yet");
    await raceToTheEnd(page);
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download SVG").click()]);
    expect(download.suggestedFilename()).toBe("race.svg");
    const svg = readFileSync(await download.path(), "utf8");
    const colours = await page.evaluate(() =>
      ["--arm-0", "--arm-1", "--norm-1"].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()),
    );
    expect(colours[0]).toMatch(/^#[0-9a-f]{6}$/);
    expect(colours[2]).toBe(colours[0]); // l2 has the colour of the arm that descends in it
    for (const colour of colours) expect(svg).toContain(`stroke="${colour}"`);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("is a figure as picture, and every recorded number as table", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 300 } });
    await raceToTheEnd(page);
    const downloaded = async (kind: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, `Download ${kind}`).click()]);
      names.push(download.suggestedFilename());
      return readFileSync(await download.path());
    };
    const names: string[] = [];
    const png = await downloaded("PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000); // pixels across
    const [head, first] = (await downloaded("CSV")).toString().split("\r\n");
    expect(head).toMatch(/^arm,optimizer,seed,step,logRisk,/);
    expect(first).toMatch(/^arm1,gradient descent,7,0,/);
    await downloaded("JSON");
    expect(names).toEqual(["race.png", "race-rows.csv", "race-rows.json"]); // the definition is to be saved as race.json
    await button(page, "Copy definition").click();
    const definition = await page.getByLabel("definition", { exact: true }).inputValue();
    expect(Object.keys(parseDefinition(JSON.parse(definition)).arms)).toEqual(["arm1", "arm2"]);
    await button(page, "Copy PyTorch").click();
    await eventually(() => page.getByLabel("PyTorch program", { exact: true }).inputValue()).toContain("import torch");
  });

  test("is no text of the race before", async () => {
    const page = await pages.open({ setup: defaultSetup });
    await copiedLink(page);
    await eventually(() => page.getByLabel("link", { exact: true }).count()).toBe(1);
    await page.getByLabel("seed", { exact: true }).fill("8");
    await eventually(() => page.getByLabel("link", { exact: true }).count()).toBe(0);
  });
});
