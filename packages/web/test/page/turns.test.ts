import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { countText } from "../../src/view/numberText.js";
import { OpenedPages } from "./openedPage.js";
import { button, card, eventually, pictureOf, raceToTheEnd, untilActivity, untilStep } from "./transport.js";

const arms = ["l2", "linf", "l1", "spectral"].map((norm) => ({
  optimizer: { kind: "steepest", norm, normalized: true, ...(/^l[1i]/.test(norm) && { smoothing: "none" }) },
  step: { rule: "marginPaced", c: 0.25 },
})) as RaceSetup["arms"];
const names = ["gradient descent", "sign descent", "coordinate descent", "spectral descent"];

/** The last step that is recorded, as the scrubber knows it at once. */
async function lastRecorded(page: Page): Promise<string> {
  const text = (await page.getByRole("slider", { name: "look back" }).getAttribute("aria-valuetext"))!;
  return `step ${countText(Number(text.slice("step ".length)))}`;
}

/** The last step of each line of each chart about the late phase. */
const endsOfLines = (page: Page): Promise<string[]> =>
  page
    .locator(".late .plot")
    .evaluateAll((plots) => plots.flatMap((plot) => [...plot.ariaLabel!.matchAll(/ at (step [^;]+)/g)].map(([, step]) => step!)));

describe.skipIf(chromiumPath === undefined)("what is drawn in turns", () => {
  const pages = new OpenedPages();

  test("is all there when a race has been paused, however slow the page is", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, arms, steps: 10_000_000 } });
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    for (const least of [30, 3000]) {
      await button(page, "Start").click();
      await untilStep(page, least);
      await button(page, "Pause").click();
      await untilActivity(page, "paused");
      const last = await lastRecorded(page);
      const ends = Array(4 * 8).fill(last); // of four optimisers in four margins and four other numbers
      await eventually(() => endsOfLines(page)).toEqual(ends);
    }
  });

  test("is all there when a race is over, pictures included", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, arms, steps: 300 } });
    await raceToTheEnd(page);
    await eventually(() => endsOfLines(page)).toEqual(Array(4 * 8).fill("step 300"));
    const pictures = await Promise.all(names.map((name) => pictureOf(page, name)));
    const scrubber = page.getByRole("slider", { name: "look back" });
    await scrubber.fill("1");
    for (const [i, name] of names.entries()) await eventually(() => pictureOf(page, name)).not.toBe(pictures[i]);
    await button(page, "back to now").click();
    for (const [i, name] of names.entries()) await eventually(() => pictureOf(page, name)).toBe(pictures[i]);
  });

  test("is drawn anew for a race with more optimisers, and with fewer", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, arms: arms.slice(0, 2), steps: 300 } });
    await raceToTheEnd(page);
    await page.getByRole("button", { name: /^\+ / }).first().click();
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    await eventually(() => endsOfLines(page)).toEqual(Array(3 * 8).fill("step 300"));
    await eventually(() => page.locator(".lens figure").count()).toBe(3);
    expect(await card(page, "gradient descent").count()).toBe(1);
  });
});
