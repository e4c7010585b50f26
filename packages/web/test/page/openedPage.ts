import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { chromiumOptions } from "../../../../tools/chromium.js";
import { type StaticServer, serve } from "../../../../tools/staticServer.js";
import { writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";

export const dist: string = fileURLToPath(new URL("../../dist", import.meta.url));

export interface Opening {
  readonly setup?: RaceSetup;
  /** The part of the address behind `#`; made from `setup` if absent. */
  readonly fragment?: string;
  /** Address of another server than the tests' own. */
  readonly address?: string;
  readonly policy?: "page" | "withoutWasm";
  readonly context?: BrowserContextOptions;
  /** Files that the server does not have. */
  readonly missing?: string;
}

/** The built page in one browser for all tests of a file, each in a context of its own. After each test nothing may have gone wrong unheard. */
export class OpenedPages {
  #server: StaticServer | undefined;
  #browser: Browser | undefined;
  #contexts: BrowserContext[] = [];
  #troubles: string[] = [];
  #reportsTaken = 0;

  constructor() {
    beforeAll(async () => {
      if (!existsSync(join(dist, "index.html"))) throw new Error(`there is no page in ${dist}: run \`pnpm run build\` first`);
      this.#server = await serve(dist);
      this.#browser = await chromium.launch(chromiumOptions);
    });
    afterEach(async () => {
      for (const context of this.#contexts.splice(0)) await context.close();
      expect(this.takeTroubles()).toEqual([]);
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#server?.[Symbol.asyncDispose]();
    });
  }

  /** Opens the page, in a context where it may use the clipboard, and waits until it has prepared its race. */
  async open({ setup, fragment, address, policy = "page", context: options = {}, missing }: Opening = {}): Promise<Page> {
    const context = await this.#browser!.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
    this.#contexts.push(context);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    if (missing) await page.route(missing, (route) => route.fulfill({ status: 404, body: "" }));
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.#troubles.push(`error of the page: ${error.stack}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#troubles.push(`console.${message.type()}: ${message.text()}`);
    });
    page.on("requestfailed", (request) => this.#troubles.push(`failed: ${request.url()}`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.#troubles.push(`${response.status()}: ${response.url()}`);
    });
    const behind = fragment ?? (setup ? writeLink(setup) : "");
    await page.goto(address ?? this.address(behind, policy));
    await expect.poll(() => activityOf(page), { timeout: 20_000 }).not.toBe("preparing");
    return page;
  }

  address(fragment: string, policy = "page"): string {
    return `${this.#server!.origin}/${policy}/index.html${fragment === "" ? "" : `#${fragment}`}`;
  }

  /** Messages of the consoles, errors and violated policies since the last call. */
  takeTroubles(): string[] {
    const { reports } = this.#server!;
    const violations = reports.slice(this.#reportsTaken).map((report) => `violated policy: ${report}`);
    this.#reportsTaken = reports.length;
    return [...this.#troubles.splice(0), ...violations];
  }
}

/** "ready", "running", "paused", "over" */
export async function activityOf(page: Page): Promise<string> {
  return (await page.locator(".status [role=status]").textContent()) ?? "";
}
