import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { dataStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { OpenedPages } from "./openedPage.js";
import { button, eventually, raceToTheEnd } from "./transport.js";

const chart = (page: Page) => page.locator("figure.chart").filter({ hasText: "margin in ℓ2" }).first();
const drawn = (page: Page): Promise<string> =>
  chart(page)
    .locator("canvas")
    .evaluate((element) => (element as HTMLCanvasElement).toDataURL());

async function areWhole(page: Page): Promise<void> {
  const figures = page.locator(".late figure.chart");
  for (let i = 0; i < (await figures.count()); i++) {
    await figures.nth(i).scrollIntoViewIfNeeded();
    const canvas = figures.nth(i).locator("canvas");
    await eventually(() => canvas.count()).toBe(1);
    await eventually(async () => (await pixelsOf(canvas)).evaluate(inkAtTheSides)).toEqual([]);
  }
}

describe.skipIf(chromiumPath === undefined)("the late phase on the built page", () => {
  const pages = new OpenedPages();

  test("is zoomed by numbers and by dragging, reads out what is pointed at, and shows all again", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 2000 } });
    await raceToTheEnd(page);
    await chart(page).scrollIntoViewIfNeeded();
    const all = await drawn(page);
    const [from, to] = [page.getByLabel("from step"), page.getByLabel("to step")];
    expect(await button(page, "show all").isDisabled()).toBe(true);

    await from.pressSequentially("500", { delay: 50 });
    expect(await to.inputValue()).toBe("");
    await from.press("Tab");
    await eventually(() => to.inputValue()).toBe("2000"); // where the data end
    expect(await from.inputValue()).toBe("500");
    await to.fill("400");
    await eventually(() => to.getAttribute("aria-invalid")).toBe("true");
    await to.fill("1500");
    await to.press("Enter");
    await eventually(() => to.getAttribute("aria-invalid")).toBe("false");
    expect([await from.inputValue(), await to.inputValue()]).toEqual(["500", "1500"]);
    await eventually(() => drawn(page)).not.toBe(all);
    const byNumbers = await drawn(page);
    await button(page, "show all").click();
    await eventually(() => drawn(page)).toBe(all);
    expect(await from.inputValue()).toBe("");

    const plot = (await chart(page).locator(".u-over").boundingBox())!;
    const [left, right, middle] = [plot.x + 0.5 * plot.width, plot.x + 0.8 * plot.width, plot.y + plot.height / 2];
    await page.mouse.move(left, middle);
    await eventually(() => chart(page).locator(".readout").textContent()).toMatch(/^ [\d.e-]+ [\d.e-]+$/);
    await eventually(() => chart(page).locator(".x-label").textContent()).toMatch(/^step [\d\u202f]+$/);
    await page.mouse.down();
    await page.mouse.move(right, middle, { steps: 4 });
    await page.mouse.up();
    await eventually(() => from.inputValue()).toMatch(/^\d+(\.\d+)?$/);
    expect(Number(await to.inputValue())).toBeGreaterThan(Number(await from.inputValue()));
    expect(await drawn(page)).not.toBe(byNumbers);

    await page.getByRole("radio", { name: "−log risk" }).check();
    await eventually(() => page.getByLabel("from risk 1e-").inputValue()).toBe(""); // another axis begins with all of it
  });

  test("is never cut: its readout stays in the card, and its longest ticks on the canvas", async () => {
    const arm = { ...defaultSetup.arms[0]!, step: { rule: "constant", size: 60 } } as const; // to a risk of 1e-337050
    const page = await pages.open({ setup: { ...defaultSetup, data: dataStarts.separable!, steps: 60, arms: [arm, arm, arm, arm] } });
    await raceToTheEnd(page);
    await page.getByLabel("from step").fill("10");
    await page.keyboard.press("Enter"); // risks of 1e-100000 and 1e-200000 beside the axis
    await areWhole(page);
    await page.getByRole("radio", { name: "−log risk" }).check();
    await page.getByLabel("to risk 1e-").fill("100000");
    await page.keyboard.press("Enter");
    await page.getByLabel("from risk 1e-").fill("1000");
    await page.keyboard.press("Enter"); // ticks at both ends
    await areWhole(page);
    const plot = chart(page).locator(".u-over");
    await plot.scrollIntoViewIfNeeded();
    await plot.hover();
    await eventually(() => chart(page).locator(".x-label").textContent()).toMatch(/^risk \d/);
    const [card, readout] = await Promise.all([chart(page).boundingBox(), chart(page).locator(".readout").boundingBox()]);
    expect(readout!.y + readout!.height).toBeLessThan(card!.y + card!.height);
    expect(readout!.x + readout!.width).toBeLessThan(card!.x + card!.width);
  });

  test("shows all of another race", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 300 } });
    await raceToTheEnd(page);
    await page.getByLabel("from step").fill("100");
    await page.keyboard.press("Enter");
    await eventually(() => page.getByLabel("to step").inputValue()).toBe("300");
    await button(page, "Rewind").click();
    expect(await page.getByLabel("from step").inputValue()).toBe("100"); // the same race
    await page.getByLabel("seed", { exact: true }).fill("8");
    await eventually(() => page.getByLabel("from step").inputValue()).toBe("");
  });

  test("marks every optimiser at its own risk where it is looked back at", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 2000 } });
    await raceToTheEnd(page);
    await page.getByRole("radio", { name: "−log risk" }).check();
    await chart(page).scrollIntoViewIfNeeded();
    const colours = async (): Promise<number[]> => {
      const names = await page.evaluate(() => [0, 1].map((i) => getComputedStyle(document.documentElement).getPropertyValue(`--arm-${i}`)));
      return (await pixelsOf(chart(page).locator("canvas"))).evaluate(columnsOf, names);
    };
    expect(await colours()).toEqual([0, 0]);
    await page.locator("#scrub").focus();
    for (let k = 0; k < 9; k++) await page.keyboard.press("ArrowLeft");
    await eventually(colours).toEqual([1, 1]);
  });
});

const pixelsOf = (canvas: Locator) =>
  canvas.evaluateHandle((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    context.drawImage(element as HTMLCanvasElement, 0, 0);
    return context.getImageData(0, 0, width, height);
  });

/** Indices of the first and the last two columns that are not empty. */
function inkAtTheSides({ data, width, height }: ImageData): number[] {
  const isInk = (x: number): boolean => Array.from({ length: height }, (_, y) => data[4 * (y * width + x) + 3]!).some((alpha) => alpha > 0);
  return [0, 1, width - 2, width - 1].filter(isInk);
}

/** The number of vertical lines of each colour that stand over nearly the whole plot. */
function columnsOf({ data, width, height }: ImageData, colours: readonly string[]): number[] {
  return colours.map((colour) => {
    const value = Number.parseInt(colour.trim().slice(1), 16);
    const isNear = (at: number): boolean =>
      [16, 8, 0].every((shift, k) => Math.abs(data[at + k]! - ((value >> shift) & 255)) < 60) && data[at + 3]! > 120;
    const columns = Array.from({ length: width }, (_, x) => {
      let count = 0;
      for (let y = 0; y < height; y++) if (isNear(4 * (y * width + x))) count++;
      return count > 0.5 * height;
    });
    return columns.filter((is, x) => is && !columns[x - 1]).length;
  });
}
