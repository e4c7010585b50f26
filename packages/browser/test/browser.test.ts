import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumOptions, chromiumPath } from "../../../tools/chromium.js";
import { type StaticServer, serve } from "../../../tools/staticServer.js";
import { bundlers, classicBundlers, makeProject, startViteDev, writeFramePage, writeSourcePage, writeUnbundledPage } from "./apps.js";
import type { Fixture } from "./fixture/app.js";
import { cases, ownOptions } from "./fixture/cases.js";
import { certifiedOnNode, saidOnNode } from "./saidOnNode.js";

declare const fixture: Fixture; // in the page

let root: string;
let server: StaticServer;
let browser: Browser;

/** The bounds of κ in the text of a certificate, in which numbers are the hexadecimal digits of their doubles. */
function kappaIn(said: string): number[] {
  const [, list] = /"kappa":(\[[^\]]*\])/.exec(said.replaceAll('\\"', '"'))!;
  return (JSON.parse(list!) as string[]).map((digits) => Buffer.from(digits, "hex").readDoubleBE());
}

async function open(address: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(new URL(address, server.origin).href);
  await page.waitForFunction(() => "fixture" in globalThis);
  return page;
}

async function openHere(address: string): Promise<Page> {
  const page = await open(address);
  onTestFinished(() => page.close());
  return page;
}

test.each(["browser", "core", "kernels", "reference"])(
  "@steepest/%s is found by resolvers that do not read exports, as Parcel's",
  (name) => {
    const { main, exports } = JSON.parse(readFileSync(new URL(`../../${name}/package.json`, import.meta.url), "utf8"));
    expect(main).toBe(exports["."].default);
  },
);

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  beforeAll(async () => {
    root = await makeProject();
    server = await serve(root);
    browser = await chromium.launch(chromiumOptions);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    if (root) rmSync(root, { recursive: true, force: true });
  });

  describe.each(Object.keys(bundlers))("a page built by %s", (bundler) => {
    beforeAll(() => bundlers[bundler]!(root, join(root, bundler)), 60_000);

    test("says the same bits as Node", async () => {
      const page = await openHere(`/plain/${bundler}/index.html`);
      expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
      expect(await page.evaluate(() => fixture.train("mixed"))).toEqual({ host: "wasm", ...saidOnNode(cases.mixed) });
      expect(await page.evaluate(() => fixture.train("cnn"))).toEqual({ host: "wasm", ...saidOnNode(cases.cnn) });
    });

    test("says them in a frame and under a strict policy, which nothing violates", async () => {
      writeFramePage(root, `${bundler}.html`, `/strict/${bundler}/index.html`);
      const outer = await browser.newPage();
      onTestFinished(() => outer.close());
      await outer.goto(`${server.origin}/plain/${bundler}.html`);
      const frame = outer.frames().find((frame) => frame !== outer.mainFrame())!;
      await frame.waitForFunction(() => "fixture" in globalThis);
      expect(await frame.evaluate(() => fixture.train("mixed"))).toEqual({ host: "wasm", ...saidOnNode(cases.mixed) });
      const request = { seed: 5, weight: 3 };
      const said = await frame.evaluate((request) => fixture.trainInOwnWorker(request), request);
      expect(said).toEqual({ host: "wasm", ...saidOnNode(ownOptions(request)) });
      expect(await frame.evaluate(() => fixture.certify())).toBe(await certifiedOnNode());
      expect(await frame.evaluate(() => fixture.violations())).toEqual([]);
      expect(server.reports.filter((report) => report.includes(`/strict/${bundler}/`))).toEqual([]);
    });

    test("says them without WebAssembly, and that it does without", async () => {
      const page = await openHere(`/withoutWasm/${bundler}/index.html`);
      expect(await page.evaluate(() => fixture.train("mixed"))).toEqual({ host: "reference", ...saidOnNode(cases.mixed) });
      expect(await page.evaluate(() => fixture.train("cnn"))).toEqual({ host: "reference", ...saidOnNode(cases.cnn) });
    });
  });

  describe.each(Object.keys(classicBundlers))("a classic script built by %s", (bundler) => {
    const out = `classic-${bundler}`;
    beforeAll(() => classicBundlers[bundler]!(root, join(root, out)), 60_000);

    test("finds the files beside it, and says the same bits as Node, under a strict policy too", async () => {
      for (const policy of ["plain", "strict"]) {
        const page = await openHere(`/${policy}/${out}.html`);
        expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
      }
    });
  });

  test("a script within a page, which lies nowhere, is told to pass both addresses, and works with them", async () => {
    const page = await openHere("/plain/classic-esbuild/inline.html");
    const [neither, noWorker] = await page.evaluate(async () => [
      await fixture.refusesFiles({}),
      await fixture.refusesFiles({ wasm: "steepest.wasm" }),
    ]);
    for (const [refused, option, file] of [
      [neither, "wasm", "steepest.wasm"],
      [noWorker, "worker", "worker.js"],
    ] as const) {
      expect(refused).toMatchObject({
        isError: true,
        isKernelLoadError: true,
        path: `createEngine.${option}`,
        message: `createEngine: this bundle does not know where it lies, so neither where ${file} does`,
        hint: expect.stringContaining(`pass createEngine({ ${option}: new URL("${file}", location.href) })`),
      });
    }
    const said = await page.evaluate(() => fixture.train("sign", { wasm: "steepest.wasm", worker: "worker.js" }));
    expect(said).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
  });

  test("files of certificates that are not there, or of another build, are named", async () => {
    const page = await openHere("/plain/esbuild/index.html");
    const files = ["nowhere.js", "old.js"];
    const shipped = readFileSync(join(root, "esbuild/certificates.js"), "utf8");
    writeFileSync(join(root, "esbuild/old.js"), shipped.replace(/stamp = "[^"]+"/, 'stamp = "0.0.0+old"'));
    const refused = await page.evaluate(async () => [
      await fixture.refusesCertificate({ certificates: "nowhere.js" }),
      await fixture.refusesCertificate({ certificates: "old.js" }),
    ]);
    expect(refused[1]!.message).toContain("is of build 0.0.0+old, expected");
    for (const [k, file] of files.entries()) {
      expect(refused[k]).toMatchObject({
        code: "KERNEL_LOAD",
        path: expect.stringContaining(`/esbuild/${file}`),
        hint: expect.stringMatching(/^(serve|copy) /),
      });
    }
  });

  test("without the solver of linear programmes another finds a certificate with the same bounds, but for what both leave open", async () => {
    const page = await openHere("/plain/esbuild/index.html");
    const [there, here] = [await page.evaluate(() => fixture.certify({ solver: "nowhere.wasm" })), await certifiedOnNode()].map(kappaIn);
    expect([there![0]! <= here![1]!, here![0]! <= there![1]!, there![1]! / there![0]! < 1 + 1e-4]).toEqual([true, true, true]);
  });

  test("the policy without WebAssembly was in force, so its violations would have been reported", () => {
    expect(server.reports.filter((report) => report.includes("/withoutWasm/")).length).toBeGreaterThan(0);
  });

  test("a page without any bundler says the same bits", async () => {
    writeUnbundledPage(root, "unbundled.html");
    const page = await openHere("/plain/unbundled.html");
    expect(await page.evaluate(() => fixture.train("mixed"))).toEqual({ host: "wasm", ...saidOnNode(cases.mixed) });
  });

  test("a bundle in the cache of an older Vite finds the files where the package is installed", async () => {
    const cache = join(root, "node_modules/.vite/deps");
    onTestFinished(() => rmSync(join(root, "node_modules/.vite"), { recursive: true, force: true }));
    await bundlers.esbuild!(root, cache);
    for (const file of ["worker.js", "steepest.wasm"]) rmSync(join(cache, file));
    const page = await openHere("/plain/node_modules/.vite/deps/index.html");
    expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
  });

  test("the development server of Vite needs no configuration", async () => {
    writeSourcePage(root);
    const dev = await startViteDev(root);
    onTestFinished(() => dev.close());
    const page = await openHere(dev.resolvedUrls!.local[0]!);
    expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
  });
});
