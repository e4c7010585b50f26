import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumPath } from "../../../tools/chromium.js";
import { type EnginePages, enginePages } from "./enginePage.js";
import type { Fixture } from "./fixture/app.js";
import { cases } from "./fixture/cases.js";
import { saidOnNode } from "./saidOnNode.js";

declare const fixture: Fixture; // in the page

const closed = "DEFINITION run: run: is closed; make another with engine.train()";

/** In the page: a `Symbol` with everything but `asyncDispose`, which cannot be deleted. */
function forgetAsyncDispose(): void {
  const known = Symbol;
  const older = (description?: string): symbol => known(description);
  const { asyncDispose: _, length, name, ...others } = Object.getOwnPropertyDescriptors(known);
  globalThis.Symbol = Object.defineProperties(older, others as PropertyDescriptorMap) as SymbolConstructor;
}

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  let pages: EnginePages;
  beforeAll(async () => {
    pages = await enginePages({ "page.wasm": { type: "text/html", body: "<!doctype html>" } });
  }, 60_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  async function openPage(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = await pages.open(prepare);
    onTestFinished(() => page.close());
    return page;
  }

  test("one engine trains as many runs as are read to their end, and the first still answers the same", async () => {
    const page = await openPage();
    const { ended, first, again } = await page.evaluate(() => fixture.manyRuns(1500));
    expect(ended).toBe(1500);
    expect(again).toBe(first);
  });

  test("one engine trains as many runs as are closed", async () => {
    const page = await openPage();
    expect(await page.evaluate(() => fixture.manyClosed(1500))).toBe(1500);
  });

  test("runs that are neither are refused with what to do, once the browser gives no memory, and closing them helps", async () => {
    const page = await openPage();
    const { refused, next } = await page.evaluate(() => fixture.tooMany(20_000));
    expect(refused).toMatch(/^ARENA_FULL undefined: kernels: the engine gives no memory of \d+ bytes: .*; close\(\) runs that/);
    expect(next).toBe(2);
  });

  test("a closed run says so to its reader and whoever asks, and no other", async () => {
    const page = await openPage();
    expect(await page.evaluate(() => fixture.closed())).toEqual([closed, closed, closed, closed, "2 points"]);
  });

  test("closing a run tells the worker to stop and to forget it", async () => {
    const page = await openPage();
    expect(await page.evaluate(() => fixture.sentByClose())).toEqual(["ask", "train", "ask", "callOff", "forget"]);
  });

  test("the worker is told to forget a run that the page has dropped", async () => {
    const page = await openPage();
    await page.evaluate(() => fixture.dropRun());
    const session = await page.context().newCDPSession(page);
    await expect
      .poll(
        async () => {
          await session.send("HeapProfiler.collectGarbage");
          return page.evaluate(() => fixture.sentSince());
        },
        { timeout: 50_000 },
      )
      .toContain("forget");
  });

  test("closing an engine ends its worker", async () => {
    const page = await openPage();
    await page.evaluate(() => fixture.leaveOpen());
    expect(page.workers()).toHaveLength(1);
    await page.evaluate(() => fixture.closeHeld());
    await expect.poll(() => page.workers().length, { timeout: 50_000 }).toBe(0);
  });

  test("an engine that could not be made leaves no worker", async () => {
    const page = await openPage();
    const started = page.waitForEvent("worker");
    expect(await page.evaluate(() => fixture.refusesFiles({ wasm: "/answers/page.wasm" }))).toMatchObject({ code: "KERNEL_LOAD" });
    await started;
    await expect.poll(() => page.workers().length, { timeout: 50_000 }).toBe(0);
  });

  test("an abort right after the engine was closed throws nothing", async () => {
    const page = await openPage();
    const thrown: Error[] = [];
    page.on("pageerror", (error) => thrown.push(error));
    expect(await page.evaluate(() => fixture.disposeAndAbort())).toContain("engine: is disposed");
    expect(thrown).toEqual([]);
  });

  test("what a worker of the user's says besides is ignored, and does not count as its start", async () => {
    const page = await openPage();
    const thrown: Error[] = [];
    page.on("pageerror", (error) => thrown.push(error));
    expect(await page.evaluate(() => fixture.chatty("before"))).toBe("Error: 100 steps");
    expect(await page.evaluate(() => fixture.chatty("crashing"))).toMatch(
      /^KERNEL_LOAD createEngine\.worker: createEngine: the worker of createEngine\(\{ worker \}\) did not start: .*before it serves/,
    );
    expect(thrown).toEqual([]);
  });

  test("an engine can be closed where there is no Symbol.asyncDispose", async () => {
    const page = await openPage((page) => page.addInitScript(forgetAsyncDispose));
    expect(await page.evaluate(() => "asyncDispose" in Symbol)).toBe(false);
    expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
  });
});
