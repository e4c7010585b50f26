import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumOptions, chromiumPath } from "../../../../tools/chromium.js";
import { type StaticServer, serve } from "../../../../tools/staticServer.js";
import { dist } from "./openedPage.js";

describe.skipIf(chromiumPath === undefined)("where the page cannot start", () => {
  let browser: Browser;
  let server: StaticServer;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
    server = await serve(dist);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  const notice = (page: Page) => page.getByText("The laboratory has not started");

  test("as it was opened as a file, it says at once what to do", async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(dist, "index.html")).href);
    expect(await notice(page).isVisible()).toBe(true);
    expect(await notice(page).textContent()).toMatch(/opened as a file \(file:\/\/\): run steepest serve/);
    await page.close();
  });

  test("as its script does not come, it says so after a while, and nothing of it before", async () => {
    const page = await browser.newPage();
    await page.route(/index-.*\.js$/, (route) => route.abort());
    await page.goto(`${server.origin}/strict/index.html`);
    const isSeen = () => notice(page).evaluate((element) => getComputedStyle(element).visibility === "visible");
    const wait = await notice(page).evaluate((element) => element.getAnimations()[0]!.effect!.getTiming().delay);
    expect(wait).toBe(4000);
    await notice(page).evaluate((element) => {
      for (const animation of element.getAnimations()) [animation.currentTime] = [3999, animation.pause()];
    });
    expect(await isSeen()).toBe(false);
    await notice(page).evaluate((element) => {
      for (const animation of element.getAnimations()) animation.finish();
    });
    expect(await isSeen()).toBe(true);
    expect(server.reports).toEqual([]);
    await page.close();
  });

  test("is not what a page says that has started", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/strict/index.html`);
    await page.getByRole("button", { name: "Start" }).waitFor();
    expect(await notice(page).count()).toBe(0);
    await page.close();
  });
});
