import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { riskText } from "../../src/view/numberText.js";
import { OpenedPages } from "./openedPage.js";
import { receiptInNode, rowsInNode } from "./raceInNode.js";
import { button, card, eventually, hashOf, numbersOf, pictureOf, raceToTheEnd, stepOf, untilActivity, untilStep } from "./transport.js";

const short: RaceSetup = { ...defaultSetup, steps: 400 };
const endless: RaceSetup = { ...defaultSetup, steps: 100_000_000 };
const names = ["gradient descent", "sign descent"];

describe.skipIf(chromiumPath === undefined)("the transport of the built page", () => {
  const pages = new OpenedPages();

  test("pauses, makes single steps and rewinds to where it was", async () => {
    const page = await pages.open({ setup: endless });
    const start = { numbers: await numbersOf(page, names[0]!), picture: await pictureOf(page, names[0]!) };
    await button(page, "Start").click();
    await untilStep(page, 50);
    await button(page, "Pause").click();
    await untilActivity(page, "paused");
    const at = await stepOf(page);
    expect(await pictureOf(page, names[0]!)).not.toBe(start.picture);
    for (const further of [1, 2]) {
      await button(page, "Single step").click();
      await eventually(() => stepOf(page)).not.toBe(at + further - 1);
      expect(await stepOf(page)).toBe(at + further);
      for (const name of names) {
        expect(await card(page, name).locator("dl").getAttribute("aria-label")).toBe(`numbers of ${name} at step ${at + further}`);
      }
    }
    await button(page, "Rewind").click();
    await untilActivity(page, "ready");
    expect(await stepOf(page)).toBe(0);
    expect(await numbersOf(page, names[0]!)).toEqual(start.numbers);
    await eventually(() => pictureOf(page, names[0]!)).toBe(start.picture);
  });

  test("gives the same rows however often it is interrupted and started again", async () => {
    const page = await pages.open({ setup: short });
    const { hash } = await receiptInNode(short);
    await button(page, "Single step").click();
    await untilActivity(page, "paused");
    await raceToTheEnd(page);
    expect(await hashOf(page)).toBe(hash);
    await button(page, "Rewind").click();
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    expect(await hashOf(page)).toBe(hash);
    expect(await button(page, "Start").isDisabled()).toBe(true);
  });

  test("looks back at recorded steps by keyboard and by mouse, and comes back to now", async () => {
    const page = await pages.open({ setup: short });
    await raceToTheEnd(page);
    const rows = (await rowsInNode(short))[0]!;
    const now = await numbersOf(page, names[0]!);
    const showsStep = async (step: number): Promise<void> => {
      await eventually(() => stepOf(page)).toBe(step);
      const { logRisk } = rows.find((row) => row.step === step)!;
      expect((await numbersOf(page, names[0]!)).risk).toBe(riskText(logRisk));
    };
    const scrub = page.getByRole("slider", { name: "look back" });
    await scrub.focus();
    for (const before of [2, 3, 4]) {
      await page.keyboard.press("ArrowLeft");
      await showsStep(rows.at(-before)!.step);
    }
    await page.keyboard.press("Home");
    await showsStep(0);
    expect(await scrub.getAttribute("aria-valuetext")).toBe("step 0");
    const { width, height } = (await scrub.boundingBox())!;
    await scrub.click({ position: { x: width / 2, y: height / 2 } });
    await eventually(() => stepOf(page)).toBeGreaterThan(0);
    const middle = await stepOf(page);
    expect(middle).toBeLessThan(short.steps);
    await showsStep(middle);
    await button(page, "back to now").click();
    await showsStep(short.steps);
    expect(await numbersOf(page, names[0]!)).toEqual(now);
    expect(await button(page, "back to now").isDisabled()).toBe(true);
  });

  test("follows the race again from the end of the slider, also while it runs", async () => {
    const page = await pages.open({ setup: endless });
    await button(page, "Start").click();
    await untilStep(page, 200);
    await page.locator("#scrub").focus();
    await page.keyboard.press("Home");
    await eventually(() => stepOf(page)).toBe(0);
    await page.keyboard.press("End");
    await eventually(() => button(page, "back to now").isDisabled()).toBe(true);
    await untilStep(page, (await stepOf(page)) + 1);
    await button(page, "Pause").click();
  });

  test("names the worker's file and the cause where it is missing", async () => {
    const page = await pages.open({ missing: "**/assets/worker-*.js" });
    await eventually(() => page.getByRole("alert").textContent()).toMatch(/http.*\/assets\/worker-.*\.js answered with status 404/);
    expect(pages.takeTroubles().join()).toContain("404");
  });
});
