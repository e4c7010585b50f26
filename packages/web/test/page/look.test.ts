import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { OpenedPages } from "./openedPage.js";

describe.skipIf(chromiumPath === undefined)("the look of the built page", () => {
  const pages = new OpenedPages();

  test("is one colour for a published curve and its place in the legend", async () => {
    const page = await pages.open();
    const legend = page.getByRole("list", { name: "algorithms of the paper" });
    const strokes = await legend
      .locator("svg")
      .evaluateAll((all) => all.map((swatch) => [...swatch.children].map((part) => getComputedStyle(part).stroke)));
    expect(strokes.length).toBe(6);
    for (const [line, circle] of strokes) expect(circle).toBe(line);
    expect(new Set(strokes.flat()).size).toBe(6);
  });

  test("breaks no number of a name at its minus sign", async () => {
    const adam = (epsilon: number) =>
      ({ optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon }, step: { rule: "constant", size: 0.01 } }) as const;
    const page = await pages.open({ setup: { ...defaultSetup, arms: [adam(1e-8), adam(1e-12)] } });
    const title = page.getByRole("heading", { name: "Adam ε 1e-8" });
    const lines = (width: string) =>
      title.locator(".unbroken").evaluate((number, width) => {
        number.closest("h3")!.style.width = width;
        return number.getClientRects().length;
      }, width);
    expect(await title.locator(".unbroken").textContent()).toBe("1e-8");
    for (const width of ["1rem", "4rem", "6rem", "7rem"]) expect(await lines(width)).toBe(1);
  });
});
