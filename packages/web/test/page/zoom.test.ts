import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/raceSetup.js";
import { OpenedPages } from "./openedPage.js";
import { button, eventually, raceToTheEnd } from "./transport.js";

const chart = (page: Page) => page.locator("figure.chart").filter({ hasText: "margin in ℓ2" }).first();
const drawn = (page: Page): Promise<string> =>
  chart(page)
    .locator("canvas")
    .evaluate((element) => (element as HTMLCanvasElement).toDataURL());

describe.skipIf(chromiumPath === undefined)("the late phase on the built page", () => {
  const pages = new OpenedPages();

  test("is zoomed by numbers and by dragging, reads out what is pointed at, and shows all again", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, steps: 2000 } });
    await raceToTheEnd(page);
    await chart(page).scrollIntoViewIfNeeded();
    const all = await drawn(page);
    const [from, to] = [page.getByLabel("from step"), page.getByLabel("to step")];
    expect(await button(page, "show all").isDisabled()).toBe(true);

    await from.fill("500");
    await to.fill("400");
    await eventually(() => to.getAttribute("aria-invalid")).toBe("true");
    await to.fill("1500");
    await eventually(() => to.getAttribute("aria-invalid")).toBe("false");
    await eventually(() => drawn(page)).not.toBe(all);
    const byNumbers = await drawn(page);
    await button(page, "show all").click();
    await eventually(() => drawn(page)).toBe(all);
    expect(await from.inputValue()).toBe("");

    const plot = (await chart(page).locator(".u-over").boundingBox())!;
    const [left, right, middle] = [plot.x + 0.5 * plot.width, plot.x + 0.8 * plot.width, plot.y + plot.height / 2];
    await page.mouse.move(left, middle);
    await eventually(() => chart(page).locator(".readout").textContent()).toMatch(/^\d+: .*gradient descent [\d.e-]+/);
    await page.mouse.down();
    await page.mouse.move(right, middle, { steps: 4 });
    await page.mouse.up();
    await eventually(() => from.inputValue()).toMatch(/^\d+(\.\d+)?$/);
    expect(Number(await to.inputValue())).toBeGreaterThan(Number(await from.inputValue()));
    expect(await drawn(page)).not.toBe(byNumbers);

    await page.getByRole("radio", { name: "−log risk" }).check();
    await eventually(() => page.getByLabel("from risk 1e-").inputValue()).toBe(""); // another axis begins with all of it
  });
});
