import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumOptions } from "../../../tools/chromium.js";
import { type Answer, type StaticServer, serve } from "../../../tools/staticServer.js";
import { bundlers, makeProject } from "./apps.js";

/** The fixture, built by esbuild and served beside `answers`, in a browser of its own. */
export interface EnginePages extends AsyncDisposable {
  readonly server: StaticServer;
  /** @param prepare  before the page loads */
  open(prepare?: (page: Page) => Promise<unknown>): Promise<Page>;
}

export async function enginePages(answers: Readonly<Record<string, Answer>> = {}): Promise<EnginePages> {
  const root = await makeProject();
  await bundlers.esbuild!(root, join(root, "engine"));
  const server = await serve(root, answers);
  const browser: Browser = await chromium.launch(chromiumOptions);
  return {
    server,
    async open(prepare) {
      const page = await browser.newPage();
      await prepare?.(page);
      await page.goto(`${server.origin}/plain/engine/index.html`);
      await page.waitForFunction(() => "fixture" in globalThis);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
