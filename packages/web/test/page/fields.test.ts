import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { optimizerStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { readLink, writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { activityOf, OpenedPages } from "./openedPage.js";
import { button, eventually, stepOf, untilActivity, untilStep } from "./transport.js";

const arm = (page: Page, index: number) => page.locator("fieldset.arm").nth(index);
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const namesOf = (page: Page): Promise<string[]> => page.locator(".card h3").allTextContents();
const inNorm = (p: number): RaceSetup["arms"][number] => ({
  ...defaultSetup.arms[0]!,
  optimizer: { kind: "steepest", norm: { lp: p }, normalized: true },
});

describe.skipIf(chromiumPath === undefined)("the fields of the built page", () => {
  const pages = new OpenedPages();

  test("refuse a number that is out of range, with the reason, and the race of before stands", async () => {
    const page = await pages.open();
    await button(page, "Single step").click();
    await untilStep(page, 1);
    const cases = [
      [field(page, "samples"), "1", "60", "must be an integer from 2 to 5000, got 1"],
      [field(page, "noise"), "-1", "0.1", "must be finite and >= 0, got -1"],
      [field(page, "width"), "5000", "32", "must be an integer from 1 to 2048, got 5000"],
      [field(page, "hidden layers"), "40", "1", "must be an integer from 0 to 16, got 40"],
      [field(page, "init scale"), "-2", "0.5", "must be finite and >= 0, got -2"],
      [field(page, "seed"), "-1", "7", "must be an integer from 0 to 9007199254740991, got -1"],
      [field(page, "steps at most"), "0", "100000", "must be an integer from 1 to 100000000, got 0"],
      [arm(page, 1).getByLabel("c", { exact: true }), "-3", "0.25", "must be finite and > 0, got -3"],
    ] as const;
    const address = page.url();
    for (const [input, bad, good, what] of cases) {
      await input.fill(bad);
      await eventually(() => input.getAttribute("aria-invalid")).toBe("true");
      const described = page.locator(`[id="${await input.getAttribute("aria-describedby")}"]`);
      expect(await described.textContent()).toBe(what);
      expect(await page.locator("input[aria-invalid=true]").count()).toBe(1);
      await input.press("Tab");
      await eventually(() => described.textContent()).toBe(`${what}; ${good} stays`);
      expect(await input.inputValue()).toBe(bad);
      await input.fill(good);
      await eventually(() => input.getAttribute("aria-invalid")).toBe("false");
    }
    await field(page, "width").fill("3.5");
    await eventually(() => page.locator(".controls .help.refusal").textContent()).toBe("must be a whole number");
    await page.waitForTimeout(300); // longer than a change waits to be prepared
    expect([await stepOf(page), await activityOf(page), page.url()]).toEqual([1, "paused", address]);
  });

  test("hold options that are left out, with what stands for them; that is left out again", async () => {
    const start = (kind: "adam" | "muon"): RaceSetup["arms"][number] => ({
      ...defaultSetup.arms[0]!,
      optimizer: optimizerStarts[kind],
      step: { rule: "constant", size: 0.01 },
    });
    const page = await pages.open({ setup: { ...defaultSetup, arms: [start("adam"), start("muon")] } });
    const placement = arm(page, 0).getByLabel("place of ε", { exact: true });
    const decay = arm(page, 1).getByLabel("decay", { exact: true });
    expect([await placement.inputValue(), await decay.inputValue()]).toEqual(["outside", "0"]);
    const optimizers = () => eventually(() => readLink(new URL(page.url()).hash.slice(1)).setup.arms.map(({ optimizer }) => optimizer));
    const conventions = () => eventually(() => page.locator("fieldset.arm .help", { hasText: "the root:" }).allTextContents());
    await conventions().toEqual(["ε outside the root: √v + ε, as in torch.optim"]);
    await placement.selectOption("inside");
    await conventions().toEqual(["ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js"]);
    await decay.fill("0.1");
    await optimizers().toEqual([
      { ...optimizerStarts.adam, epsilonPlacement: "inside" },
      { ...optimizerStarts.muon, decay: 0.1 },
    ]);
    await placement.selectOption("outside");
    await decay.fill("0");
    await optimizers().toEqual([optimizerStarts.adam, optimizerStarts.muon]);
  });

  test("wait for the rest of a number that is being typed", async () => {
    const page = await pages.open();
    const seen = await page.evaluateHandle(() => {
      const alerts: string[] = [];
      new MutationObserver(() => alerts.push(...[...document.querySelectorAll("[role=alert]")].map((one) => one.textContent!))).observe(
        document.body,
        { childList: true, subtree: true },
      );
      return alerts;
    });
    const addresses = new Set<string>();
    for (const [input, text] of [
      [arm(page, 1).getByLabel("c", { exact: true }), "0.05"],
      [field(page, "noise"), "0.04"],
      [field(page, "init scale"), "1.25e-1"],
    ] as const) {
      await input.click();
      await page.keyboard.press("Control+A");
      for (const key of text) {
        await page.keyboard.type(key);
        await page.waitForTimeout(200);
        addresses.add(page.url());
      }
      expect(await input.inputValue()).toBe(text);
      expect(await input.getAttribute("aria-invalid")).toBe("false");
    }
    await untilActivity(page, "ready");
    expect(await seen.jsonValue()).toEqual([]);
    for (const part of ["c:0.05", "noise:0.04", "scale:0.125"]) expect(page.url()).toContain(part);
    expect([...addresses].filter((address) => /c:0[,)]|scale:0[,)]/.test(address))).toEqual([]);
    await field(page, "noise").fill("0.");
    expect(page.url()).toContain("noise:0.04");
    await page.keyboard.press("Enter");
    await eventually(() => page.url()).toContain("noise:0,");
    expect(await field(page, "noise").inputValue()).toBe("0");
    await field(page, "noise").fill("1e-400");
    await eventually(() => page.getByText("is nearer to 0 than the smallest double").count()).toBe(1);
  });

  test("of steepest descent in any norm stay while a norm is typed or chosen that has a name of its own", async () => {
    const page = await pages.open();
    const menu = arm(page, 0).getByLabel("optimiser", { exact: true });
    await menu.selectOption("steepest");
    const expression = arm(page, 0).getByLabel("expression");
    await expression.click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("l2(l2,linf)", { delay: 60 });
    expect(await expression.inputValue()).toBe("l2(l2,linf)");
    expect(await expression.evaluate((element) => element === document.activeElement)).toBe(true);
    await eventually(() => page.url()).toContain("norm:(l2:!(l2,linf))");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("max(spectral,0.5*linf)", { delay: 20 });
    await page.keyboard.press("Tab");
    expect(await expression.inputValue()).toBe("max(spectral,0.5*linf)");
    const norm = arm(page, 0).getByLabel("norm", { exact: true });
    await norm.selectOption("linf");
    await eventually(() => namesOf(page)).toEqual([" sign descent\u00a0(1)", " sign descent\u00a0(2)"]);
    expect([await menu.inputValue(), await norm.inputValue()]).toEqual(["steepest", "linf"]);
    await menu.selectOption("gradient descent");
    await eventually(() => norm.count()).toBe(0);
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
    await set.selectOption("dropped");
    await eventually(() => page.locator(".controls .file").textContent()).toContain("Choose a table");
    expect(await field(page, "noise").count()).toBe(0);
    await field(page, "seed").fill("9");
    await eventually(() => set.inputValue()).toBe("moons");
    expect(await field(page, "noise").count()).toBe(1);
    await set.selectOption("dropped");
    await button(page, "Run it here").click();
    await eventually(() => set.inputValue()).toBe("mnistPair");
  });

  test("give the first layer a bias, which the link holds and the race trains, of a linear model too, and every activation", async () => {
    const page = await pages.open({ setup: { ...defaultSetup, depth: 2, width: 8 } });
    const bias = page.getByLabel("biases", { exact: true });
    const setupNow = () => readLink(new URL(page.url()).hash.slice(1)).setup;
    expect(await bias.inputValue()).toBe("none");
    await bias.selectOption("first");
    await eventually(async () => setupNow().bias).toBe(true);
    await page.getByLabel("activation", { exact: true }).selectOption({ label: "absolute value" });
    await eventually(async () => setupNow().activation).toBe("abs");
    await eventually(() => page.getByText(/^104 weights/).count()).toBe(1); // 3 x 8, 8, 8 x 8 and 8
    await untilActivity(page, "ready");
    await button(page, "Single step").click();
    await untilStep(page, 1);
    const picture = process.env.STEEPEST_PICTURE;
    if (picture) await page.screenshot({ path: picture, fullPage: true });
    await field(page, "hidden layers").fill("0");
    await field(page, "hidden layers").press("Tab");
    await eventually(async () => setupNow().depth).toBe(0);
    await untilActivity(page, "ready");
    await eventually(() => page.getByText(/^4 weights/).count()).toBe(1); // 3 and the bias
    await field(page, "hidden layers").fill("2");
    await field(page, "hidden layers").press("Tab");
    await eventually(() => bias.inputValue()).toBe("first");
    await bias.selectOption("every");
    await eventually(() => page.getByText(/^This network is not homogeneous/).count()).toBe(1);
    await bias.selectOption("none");
    await eventually(async () => "bias" in setupNow()).toBe(false);
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
