import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { OpenedPages } from "./openedPage.js";
import { button, eventually, stepOf, untilActivity, untilStep } from "./transport.js";

const short: RaceSetup = { ...defaultSetup, steps: 100 };
const focusable = "button, input, select, textarea, summary, a[href], [tabindex='0']";

/** The focused element; `isSeen` is true if the reader sees its focus. */
async function focused(page: Page): Promise<{ readonly place: number; readonly what: string; readonly isSeen: boolean }> {
  return page.evaluate((focusable) => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const inView = width > 0 && height > 0 && left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
    return {
      place: [...document.querySelectorAll(focusable)].indexOf(element),
      what: `${element.outerHTML.slice(0, 100)} ${outlineStyle} ${outlineWidth} at ${[left, top, right, bottom]}`,
      isSeen: inView && element.contains(there) && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1,
    };
  }, focusable);
}

describe.skipIf(chromiumPath === undefined)("the keyboard on the built page", () => {
  const pages = new OpenedPages();

  test("reaches everything that can be operated, and the focus is always seen", async () => {
    const page = await pages.open({ setup: short });
    const wanted = await page.evaluate(
      (focusable) =>
        [...document.querySelectorAll<HTMLInputElement>(focusable)].flatMap((element, place) => {
          const oneOfMany = element.type === "radio" && !element.checked;
          return element.disabled || oneOfMany || !element.checkVisibility() ? [] : [place];
        }),
      focusable,
    );
    expect(wanted.length).toBeGreaterThan(40);
    const reached = new Set<number>();
    for (const _ of wanted) {
      await page.keyboard.press("Tab");
      const { place, what, isSeen } = await focused(page);
      expect(isSeen, `the focus on ${what} is not seen`).toBe(true);
      reached.add(place);
    }
    expect(wanted.filter((place) => !reached.has(place))).toEqual([]);
  });

  test("runs a race, looks back, asks what a number is and changes a choice", async () => {
    const page = await pages.open({ setup: { ...short, steps: 1_000_000 } });
    const { keyboard } = page;
    await keyboard.press("Tab");
    expect((await focused(page)).what).toContain("Skip to the race");
    await keyboard.press("Tab");
    expect((await focused(page)).what).toContain("Start");
    await keyboard.press("Enter");
    await untilActivity(page, "running");
    await untilStep(page, 20);
    await keyboard.press("Enter");
    await untilActivity(page, "paused");
    const at = await stepOf(page);
    for (let i = 0; i < 3; i++) await keyboard.press("Tab");
    expect((await focused(page)).what).toContain('id="scrub"');
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    await eventually(() => stepOf(page)).toBeLessThan(at);

    const risk = page.getByRole("article").first().getByRole("button", { name: "risk", exact: true });
    await risk.focus();
    await keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "risk" });
    await eventually(() => dialog.isVisible()).toBe(true);
    await keyboard.press("Escape");
    await eventually(() => dialog.isVisible()).toBe(false);
    expect(await risk.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.getByLabel("activation").focus();
    await keyboard.press("ArrowDown");
    await eventually(() => page.url()).toContain("activation=(leakyRelu:0.1)");
    await untilActivity(page, "ready");
  });

  test("shows the focus below the bar that stays on top, backwards too", async () => {
    const page = await pages.open({ setup: short });
    await page.getByRole("button", { name: "Download JSON" }).scrollIntoViewIfNeeded();
    await page.getByRole("group", { name: "share" }).getByRole("button").first().focus();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Shift+Tab");
      const { what, isSeen } = await focused(page);
      expect(isSeen, `the focus on ${what} is not seen`).toBe(true);
    }
  });

  test("skips to the race", async () => {
    const page = await pages.open({ setup: short });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
  });

  test("every name that can be asked about opens its formula and its text", async () => {
    const page = await pages.open({ setup: short });
    await button(page, "Start").click();
    await untilActivity(page, "over");
    const told = await page.evaluate(async () => {
      const dialog = document.querySelector("dialog")!;
      const text = (selector: string): string => dialog.querySelector(selector)?.textContent.trim() ?? "";
      const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
      const answers: { readonly name: string; readonly title: string; readonly formula: string; readonly text: string }[] = [];
      const asked = new Set<string>();
      for (const what of document.querySelectorAll<HTMLButtonElement>("button.what")) {
        if (asked.has(what.title)) continue;
        asked.add(what.title);
        what.click();
        for (let waited = 0; !dialog.open && waited < 100; waited++) await frame();
        if (dialog.open) answers.push({ name: what.title, title: text("h2"), formula: text(".formula"), text: text(".formula + p") });
        else answers.push({ name: what.title, title: "", formula: "", text: "" });
        dialog.close();
        await frame();
        await frame();
      }
      return answers;
    });
    expect(told.length).toBeGreaterThan(12);
    for (const { name, title, formula, text } of told) {
      expect(`What is this? ${title}`).toBe(name);
      expect(formula, name).not.toBe("");
      expect(text.length, name).toBeGreaterThan(40);
    }
  });
});
