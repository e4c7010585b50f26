import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { writeLink } from "../../src/setup/link.js";
import { defaultSetup, type RaceSetup } from "../../src/setup/raceSetup.js";
import { activityOf, OpenedPages } from "./openedPage.js";
import { button, eventually, untilActivity } from "./transport.js";

const arm = (page: Page, index: number) => page.locator("fieldset.arm").nth(index);
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const namesOf = (page: Page): Promise<string[]> => page.locator(".card h3").allTextContents();
const inNorm = (p: number): RaceSetup["arms"][number] => ({
  ...defaultSetup.arms[0]!,
  optimizer: { kind: "steepest", norm: { lp: p }, normalized: true },
});

describe.skipIf(chromiumPath === undefined)("the fields of the built page", () => {
  const pages = new OpenedPages();

  test("are marked where a number is out of range, with the reason, and the banner names them as the page does", async () => {
    const page = await pages.open();
    const cases = [
      [field(page, "samples"), "1", "60", "samples: must be an integer from 2 to 5000, got 1"],
      [field(page, "noise"), "-1", "0.1", "noise: must be finite and >= 0, got -1"],
      [field(page, "width"), "5000", "32", "width: must be an integer from 1 to 2048, got 5000"],
      [field(page, "hidden layers"), "40", "1", "hidden layers: must be an integer from 0 to 16, got 40"],
      [field(page, "init scale"), "-2", "0.5", "init scale: must be finite and >= 0, got -2"],
      [field(page, "seed"), "-1", "7", "seed: must be an integer from 0 to 9007199254740991, got -1"],
      [field(page, "steps at most"), "0", "1000", "steps at most: must be an integer from 1 to 100000000, got 0"],
      [arm(page, 1).getByLabel("c", { exact: true }), "-3", "0.25", "sign descent: c: must be finite and > 0, got -3"],
    ] as const;
    for (const [input, bad, good, what] of cases) {
      await input.fill(bad);
      await eventually(() => page.getByRole("alert").textContent()).toBe(`This race is not possible as set up. ${what}`);
      expect(await input.getAttribute("aria-invalid")).toBe("true");
      const described = page.locator(`[id="${await input.getAttribute("aria-describedby")}"]`);
      expect(what.endsWith((await described.textContent())!)).toBe(true);
      expect(await page.locator("input[aria-invalid=true]").count()).toBe(1);
      await input.fill(good);
      await untilActivity(page, "ready");
      expect(await input.getAttribute("aria-invalid")).toBe("false");
    }
    await field(page, "width").fill("3.5");
    await eventually(() => page.locator(".controls .help.refusal").textContent()).toBe("must be a whole number");
  });

  test("refuse numbers of an optimiser that cannot be built, and the race of before stands", async () => {
    const page = await pages.open();
    await arm(page, 0).getByLabel("optimiser", { exact: true }).selectOption("adam");
    await untilActivity(page, "ready");
    await arm(page, 0).getByLabel("β₁", { exact: true }).fill("2");
    await eventually(() => arm(page, 0).locator(".help.refusal").textContent()).toBe("must be in [0, 1), got 2");
    expect(await activityOf(page)).toBe("ready");
    await arm(page, 0).getByLabel("β₁", { exact: true }).fill("0.5");
    await eventually(() => page.url()).toContain("beta1:0.5");
  });

  test("of a norm show what is raced, whatever was typed before", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, arms: [inNorm(3), inNorm(5), inNorm(7)] } });
    const expression = arm(page, 0).getByLabel("expression");
    await expression.fill("lp(4");
    await button(page, "remove steepest descent in lp(3)").click();
    await eventually(() => namesOf(page)).toEqual([" steepest descent in lp(5)", " steepest descent in lp(7)"]);
    expect(await expression.inputValue()).toBe("lp(5)");
    await page.goto(pages.address(writeLink({ ...defaultSetup, arms: [inNorm(9), inNorm(7)] })));
    await eventually(() => expression.inputValue()).toBe("lp(9)");
    await expression.fill("sum( l1, l2 )");
    await eventually(() => page.url()).toContain("sum:!(l1,l2)");
    expect(await expression.inputValue()).toBe("sum( l1, l2 )");
  });

  test("of a norm say what is wrong and what there is", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, arms: [inNorm(3), inNorm(5)] } });
    const help = arm(page, 0).locator(".help.refusal");
    await arm(page, 0).getByLabel("expression").fill("rowsum");
    await eventually(() => help.textContent()).toMatch(/there is no norm "rowsum" \(.*rowSum/);
    await arm(page, 0).getByLabel("expression").fill("lp(inf)");
    await eventually(() => help.textContent()).toBe(
      "lp: must be a number with 1 < p < infinity, got inf (the limits are the norms l1 and linf)",
    );
    expect(await activityOf(page)).toBe("ready");
  });

  test("ask for a table that is chosen, and show the race's own data again once something else is raced", async () => {
    const page = await pages.open();
    const set = page.getByLabel("data set");
    await set.selectOption("file");
    await eventually(() => page.locator(".controls .table").textContent()).toContain("Choose a table");
    expect(await field(page, "noise").count()).toBe(0);
    await field(page, "seed").fill("9");
    await eventually(() => set.inputValue()).toBe("moons");
    expect(await field(page, "noise").count()).toBe(1);
    await set.selectOption("file");
    await button(page, "Run it here").click();
    await eventually(() => set.inputValue()).toBe("mnistPair");
  });

  test("of the hidden layers rest where there are none, an activation's number can be set, and an end can be given and taken", async () => {
    const page = await pages.open();
    await page.getByLabel("activation").selectOption({ label: "leaky ReLU" });
    await field(page, "slope below 0").fill("0.3");
    await eventually(() => page.url()).toContain("activation=(leakyRelu:0.3)");
    await field(page, "hidden layers").fill("0");
    for (const resting of [field(page, "width"), page.getByLabel("activation"), field(page, "slope below 0")]) {
      await eventually(() => resting.isDisabled()).toBe(true);
    }
    await arm(page, 1).getByLabel("ends at a risk").check();
    await arm(page, 1).getByLabel("ends below log risk").fill("-30");
    await eventually(() => page.url()).toContain("freezeBelow:-30");
    await arm(page, 1).getByLabel("ends at a risk").uncheck();
    await eventually(() => page.url()).not.toContain("freezeBelow");
  });
});
