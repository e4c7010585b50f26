import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/raceSetup.js";
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
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("is no text of the race before", async () => {
    const page = await pages.open({ setup: defaultSetup });
    await copiedLink(page);
    await eventually(() => page.getByLabel("link", { exact: true }).count()).toBe(1);
    await page.getByLabel("seed", { exact: true }).fill("8");
    await eventually(() => page.getByLabel("link", { exact: true }).count()).toBe(0);
  });
});
