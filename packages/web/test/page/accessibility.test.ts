import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { OpenedPages } from "./openedPage.js";
import { eventually, raceToTheEnd } from "./transport.js";

const short: RaceSetup = { ...defaultSetup, steps: 100 };

/** Violations that axe finds, one line per rule and place. */
async function problemsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}

const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

describe.skipIf(chromiumPath === undefined)("the built page in the eyes of axe", () => {
  const pages = new OpenedPages();

  test.each([
    ["light", 1400],
    ["dark", 1400],
    ["light", 360],
    ["dark", 360],
  ] as const)("is clean in %s at %i px: at the start, after a race and with an explanation open", async (colorScheme, width) => {
    const page = await pages.open({ setup: short, context: { colorScheme, viewport: { width, height: 900 } } });
    await page.evaluate(axe.source);
    expect(await widthOf(page)).toBe(width);
    expect(await problemsOf(page)).toEqual([]);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await raceToTheEnd(page);
    expect(await widthOf(page)).toBe(width);
    expect(await problemsOf(page)).toEqual([]);
    await page.getByRole("article").first().getByRole("button", { name: "alignment", exact: true }).click();
    await eventually(() => page.getByRole("dialog").isVisible()).toBe(true);
    expect(await problemsOf(page)).toEqual([]);
  });

  test("reports what is wrong", async () => {
    const page = await pages.open({ setup: short });
    await page.evaluate(axe.source);
    await page.evaluate(() => document.querySelector("main")!.append(document.createElement("button")));
    expect((await problemsOf(page)).join()).toContain("button-name");
  });
});
