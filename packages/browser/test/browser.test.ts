import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { drive, norms, Training, type TrainOptions, type TrainWarning, train } from "@steepest/core";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumOptions, chromiumPath } from "../../../tools/chromium.js";
import { type Answer, type StaticServer, serve } from "../../../tools/staticServer.js";
import { bundlers, makeProject, startViteDev, writeFramePage, writeSourcePage, writeUnbundledPage } from "./apps.js";
import type { Fixture, Said } from "./fixture/app.js";
import { bitsOf } from "./fixture/bits.js";
import { cases, ownOptions } from "./fixture/cases.js";

declare const fixture: Fixture; // in the page

const binary = readFileSync(binaryUrl);
const answers: Readonly<Record<string, Answer>> = {
  "octets.wasm": { type: "application/octet-stream", body: binary },
  "truncated.wasm": { type: "application/wasm", body: binary.subarray(0, binary.length - 40) },
  "truncated-octets.wasm": { type: "application/octet-stream", body: binary.subarray(0, 1000) },
  "foreign.wasm": { type: "application/wasm", body: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) },
  "page.wasm": { type: "text/html", body: "<!doctype html><title>index</title>" },
  "page.js": { type: "text/html", body: "<!doctype html><title>index</title>" },
  "broken.js": { type: "text/javascript", body: "const half = (" },
  "older.js": {
    type: "text/javascript",
    body: 'onmessage = ({ data: { call } }) => postMessage({ kind: "answered", call, value: { host: "wasm", protocol: 0 } });',
  },
};

let kernels: KernelFactory;
let root: string;
let server: StaticServer;
let browser: Browser;

function saidOnNode(options: TrainOptions): Omit<Said, "host"> {
  const points = [...train(options, { perDecade: 8, at: [77] }, { kernels })];
  const training = new Training(options, { kernels });
  while (!training.outcome) training.advance();
  training.inspect();
  return {
    points: bitsOf(points),
    outcome: bitsOf(training.outcome),
    certificate: bitsOf(training.certificate(norms.linf)),
    parameters: bitsOf(training.parameters()),
  };
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

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  beforeAll(async () => {
    kernels = await loadKernels(binary);
    root = await makeProject();
    server = await serve(root, answers);
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
      expect(await frame.evaluate(() => fixture.violations())).toEqual([]);
      expect(server.reports.filter((report) => report.includes(`/strict/${bundler}/`))).toEqual([]);
    });

    test("says them without WebAssembly, and that it does without", async () => {
      const page = await openHere(`/withoutWasm/${bundler}/index.html`);
      expect(await page.evaluate(() => fixture.train("mixed"))).toEqual({ host: "reference", ...saidOnNode(cases.mixed) });
    });
  });

  test("the policy without WebAssembly was in force, so its violations would have been reported", () => {
    expect(server.reports.filter((report) => report.includes("/withoutWasm/")).length).toBeGreaterThan(0);
  });

  test("a page without any bundler says the same bits", async () => {
    writeUnbundledPage(root, "unbundled.html");
    const page = await openHere("/plain/unbundled.html");
    expect(await page.evaluate(() => fixture.train("mixed"))).toEqual({ host: "wasm", ...saidOnNode(cases.mixed) });
  });

  test("the development server of Vite needs no configuration", async () => {
    writeSourcePage(root);
    const dev = await startViteDev(root);
    onTestFinished(() => dev.close());
    const page = await openHere(dev.resolvedUrls!.local[0]!);
    expect(await page.evaluate(() => fixture.train("sign"))).toEqual({ host: "wasm", ...saidOnNode(cases.sign) });
  });

  describe("an engine", () => {
    let page: Page;
    beforeAll(async () => {
      await bundlers.esbuild!(root, join(root, "engine"));
      page = await open("/plain/engine/index.html");
    }, 60_000);

    describe("its binary", () => {
      test("may be served without its type, and be given as bytes, response or module", async () => {
        const expected = { host: "wasm", ...saidOnNode(cases.sign) };
        expect(await page.evaluate(() => fixture.train("sign", { wasm: "/answers/octets.wasm", worker: "worker.js" }))).toEqual(expected);
        for (const kind of ["bytes", "response", "module"] as const) {
          expect(await page.evaluate((kind) => fixture.trainFrom(kind, "steepest.wasm"), kind)).toEqual(expected);
        }
      });

      test.each([
        ["missing", "/answers/none.wasm", "answered with status 404"],
        ["truncated", "/answers/truncated.wasm", "cannot be compiled"],
        ["truncated and without its type", "/answers/truncated-octets.wasm", "(1000 bytes) cannot be used"],
        ["another module", "/answers/foreign.wasm", "cannot be used"],
        ["a page", "/answers/page.wasm", 'holds text/html that begins with "<!doctype html><titl", not WebAssembly'],
        ["on another host", "http://127.0.0.1:1/steepest.wasm", "cannot be fetched"],
      ])("that is %s is refused with its URL and the cause", async (_, wasm, what) => {
        const refused = await page.evaluate((wasm) => fixture.refusesFiles({ wasm }), wasm);
        const path = new URL(wasm, server.origin).href;
        expect(refused).toMatchObject({ isError: true, isKernelLoadError: true, code: "KERNEL_LOAD", path });
        expect(refused.message).toContain(`${path} `);
        expect(refused.message).toContain(what);
        expect(refused.hint).toContain("steepest.wasm");
      });

      test("as a response that is missing is refused with its URL", async () => {
        const refused = await page.evaluate(() => fixture.refusesResponse("/answers/none.wasm"));
        expect(refused).toMatchObject({ isKernelLoadError: true, path: `${server.origin}/answers/none.wasm` });
      });
    });

    test.each([
      ["missing", "/answers/none.js", "answered with status 404"],
      ["a page", "/answers/page.js", "holds text/html, not JavaScript"],
      ["truncated", "/answers/broken.js", "it is truncated"],
      ["of another version", "/answers/older.js", "speaks version 0 of the protocol"],
      ["on another host", "http://127.0.0.1:1/worker.js", "did not start"],
    ])("a worker's script that is %s is refused with its URL and the cause", async (_, worker, what) => {
      const refused = await page.evaluate((worker) => fixture.refusesFiles({ worker }), worker);
      const path = new URL(worker, server.origin).href;
      expect(refused).toMatchObject({ isError: true, isKernelLoadError: true, code: "KERNEL_LOAD", path });
      expect(refused.message).toContain(path);
      expect(refused.message).toContain(what);
      expect(refused.hint).toContain("worker.js");
    });

    test("misuse is refused where it shows", async () => {
      const refused = await page.evaluate(() => fixture.refusesMisuse());
      expect(refused.map(({ code, path, hint }) => [code, path, hint?.slice(0, 20)])).toEqual([
        ["DEFINITION", "createEngine.wsam", "did you mean wasm?"],
        ["DEFINITION", "createEngine.wasm", "make a URL of a stri"],
        ["DEFINITION", "seed", undefined],
        ["DEFINITION", "engine.train.optimizer", "build it in a worker"],
        ["DIMENSION", "widths[0]", undefined],
        ["DEFINITION", "run.certificate", undefined],
        ["DEFINITION", "run.points", undefined],
        ["DEFINITION", "record.perDecade", undefined],
        ["DEFINITION", "engine", "create another with "],
        ["DEFINITION", "engine", "create another with "],
      ]);
      expect(refused[3]!.message).toContain("own was not made by a factory of @steepest/core");
    });

    test("with a worker of the user's passes on what it throws, and tells when it breaks down", async () => {
      const thrown = await page.evaluate(() => fixture.refusesOwnRequest(0));
      expect(thrown).toMatchObject({ isError: false, message: "weight must not be 0" });
      const crashed = await page.evaluate(() => fixture.refusesOwnRequest(-1));
      expect(crashed).toMatchObject({ isError: true, code: "WORKER_CRASH", message: expect.stringContaining("outside of every run") });
      expect(await page.evaluate(() => fixture.refusesFunction())).toMatchObject({ code: "DEFINITION", path: "engine" });
    });

    test("what is wrong with a run is heard as on Node, and the points go on", async () => {
      const events = [...drive(new Training(cases.chatter, { kernels }), { perDecade: 4 }, { kernels })];
      const expected = events.filter(({ kind }) => kind === "warning");
      expect(expected.map((warning) => (warning as TrainWarning).what)).toContain("chatter");
      expect(await page.evaluate(() => fixture.warnings())).toEqual({ heard: bitsOf(expected), lastStep: 100 });
    });

    test("reading goes on where it stopped, beside another run, and results are copies", async () => {
      expect(await page.evaluate(() => fixture.halves())).toEqual({
        parameters: saidOnNode(cases.sign).parameters,
        other: saidOnNode(cases.mixed).parameters,
      });
    });

    test("an abort ends the reading with its reason, stops the worker and leaves the page its turns meanwhile", async () => {
      const { turns, latency, ...rest } = await page.evaluate(() => fixture.abort());
      expect(rest).toEqual({ isReason: true, stands: true, goesOn: true });
      expect(turns).toBeGreaterThan(5);
      expect(latency).toBeLessThan(5000); // the aim is 50 ms; a busy machine may take its time
    });
  });
});
