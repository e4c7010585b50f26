import { readFileSync } from "node:fs";
import { drive, Training, type TrainWarning } from "@steepest/core";
import { binaryUrl } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import type { Answer } from "../../../../tools/staticServer.js";
import { type EnginePages, enginePages } from "../enginePage.js";
import type { Files, Fixture, Form, Refused } from "../fixture/app.js";
import { bitsOf } from "../fixture/bits.js";
import { cases } from "../fixture/cases.js";
import { saidOnNode } from "../saidOnNode.js";

declare const fixture: Fixture; // in the page

const binary = readFileSync(binaryUrl());
/** The custom section that says of which build the binary is. */
const stampedBytes = 2 + 1 + "steepest.build".length + 16;
/** A bit flipped in the data of the binary, which engines do not look at when they compile. */
const damaged = Buffer.from(binary);
for (let at = binary.length - stampedBytes - 1; ; at--) {
  damaged[at]! ^= 1;
  if (WebAssembly.validate(damaged)) break;
  damaged[at]! ^= 1;
}
const answers: Readonly<Record<string, Answer>> = {
  "octets.wasm": { type: "application/octet-stream", body: binary },
  "truncated.wasm": { type: "application/wasm", body: binary.subarray(0, binary.length - 40) },
  "truncated-octets.wasm": { type: "application/octet-stream", body: binary.subarray(0, 1000) },
  "foreign.wasm": { type: "application/wasm", body: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) },
  "page.wasm": { type: "text/html", body: "<!doctype html><title>index</title>" },
  "page.js": { type: "text/html", body: "<!doctype html><title>index</title>" },
  "broken.js": { type: "text/javascript", body: "const half = (" },
  "older.js": { type: "text/javascript", body: 'postMessage({ kind: "hello", build: "0.0.0+older" })' },
  "charset.wasm": { type: "application/wasm; charset=utf-8", body: binary },
  "unstamped.wasm": { type: "application/wasm", body: binary.subarray(0, binary.length - stampedBytes) },
  "restamped.wasm": { type: "application/wasm", body: Buffer.concat([binary.subarray(0, -1), Buffer.from("x")]) },
  "damaged.wasm": { type: "application/wasm", body: damaged },
  "damaged-octets.wasm": { type: "application/octet-stream", body: damaged },
  "silent.js": { type: "text/javascript", body: "" },
  "chatting.js": { type: "text/javascript", body: "postMessage(null); postMessage({ kind: 'answered', call: 1, value: {} })" },
  "closing.js": { type: "text/javascript", body: "close()" },
  "stalled.js": { type: "text/javascript", body: "", stalls: true },
  "stalled.wasm": { type: "application/wasm", body: binary.subarray(0, 100), stalls: true },
};

/** In the page: notes the first question of every worker, which is about its kernels. */
function noteQuestions(): void {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, message: unknown) {
    Object.assign(globalThis, { asked: true });
    post.call(this, message);
  };
}

describe.skipIf(chromiumPath === undefined)("an engine in Chromium", () => {
  let pages: EnginePages;
  let page: Page;
  let origin: string;
  beforeAll(async () => {
    pages = await enginePages(answers);
    origin = pages.server.origin;
    page = await pages.open();
  }, 60_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  describe("its binary", () => {
    test("may be served without its type, and be given as bytes, response or module", async () => {
      const expected = { host: "wasm", ...saidOnNode(cases.sign) };
      expect(await page.evaluate(() => fixture.train("sign", { wasm: "/answers/octets.wasm", worker: "worker.js" }))).toEqual(expected);
      expect(await page.evaluate(() => fixture.train("sign", { wasm: "/answers/charset.wasm" }))).toEqual(expected);
      for (const form of ["bytes", "view", "viewOfPart", "response", "module"] as const) {
        expect(await page.evaluate((form) => fixture.trainFrom(form, "steepest.wasm"), form)).toEqual(expected);
      }
    });

    test.each([
      ["missing", "/answers/none.wasm", "answered with status 404"],
      ["truncated", "/answers/truncated.wasm", "cannot be compiled"],
      ["truncated and without its type", "/answers/truncated-octets.wasm", "(1000 bytes) cannot be used"],
      ["another module", "/answers/foreign.wasm", "cannot be used"],
      ["of another build", "/answers/restamped.wasm", "is of build "],
      ["of an unknown build", "/answers/unstamped.wasm", "is of build unknown, expected "],
      ["damaged", "/answers/damaged.wasm", "is damaged: its SHA-256 begins with"],
      ["damaged and without its type", "/answers/damaged-octets.wasm", "is damaged: its SHA-256 begins with"],
      ["a page", "/answers/page.wasm", 'holds text/html that begins with "<!doctype html><titl", not WebAssembly'],
      ["on another host", "http://127.0.0.1:1/steepest.wasm", "cannot be fetched"],
    ])("that is %s is refused with its URL and the cause", async (_, wasm, what) => {
      const refused = await page.evaluate((wasm) => fixture.refusesFiles({ wasm }), wasm);
      const path = new URL(wasm, origin).href;
      expect(refused).toMatchObject({ isError: true, isKernelLoadError: true, code: "KERNEL_LOAD", path });
      expect(refused.message).toContain(`${path} `);
      expect(refused.message).toContain(what);
      expect(refused.hint).toContain("steepest.wasm");
      const isOtherBuild = what.startsWith("is of build");
      expect(refused.hint?.includes("build @steepest/browser again after its kernels")).toBe(isOtherBuild);
      expect(refused.hint?.includes("must keep steepest.build")).toBe(isOtherBuild);
    });

    test.each<[Form, string, string]>([
      ["response", "/answers/none.wasm", "answered with status 404"],
      ["response", "/answers/page.wasm", 'holds text/html that begins with "<!doctype html><titl", not WebAssembly'],
      ["response", "/answers/truncated.wasm", "cannot be used"],
      ["readResponse", "steepest.wasm", "has been read already"],
      ["brokenResponse", "steepest.wasm", "broke off: "],
      ["bytes", "/answers/foreign.wasm", "cannot be used"],
      ["transferred", "steepest.wasm", "are none, expected those of steepest.wasm"],
      ["module", "/answers/foreign.wasm", "the given module cannot be used"],
      ["module", "/answers/unstamped.wasm", "the given module is of build unknown"],
    ])("as a %s of %s is refused, named and with the cause", async (form, href, what) => {
      const refused = await page.evaluate(([form, href]) => fixture.refusesForm(form, href), [form, href] as const);
      const url = new URL(href, page.url()).href;
      const paths: Partial<Record<Form, string>> = {
        response: url,
        readResponse: url,
        brokenResponse: "the given response",
        bytes: "the given bytes",
        module: "the given module",
        transferred: "createEngine.wasm",
      };
      expect(refused).toMatchObject({ isError: true, isKernelLoadError: true, code: "KERNEL_LOAD", path: paths[form] });
      expect(refused.message).toContain(what);
      expect(refused.hint).toContain(form === "transferred" ? "copy" : "steepest.wasm");
    });
  });

  test.each([
    ["missing", "/answers/none.js", "answered with status 404"],
    ["a page", "/answers/page.js", "holds text/html, not JavaScript"],
    ["truncated", "/answers/broken.js", "it is truncated"],
    ["of another version", "/answers/older.js", "is of build 0.0.0+older, expected 0.0.0+"],
    ["on another host", "http://127.0.0.1:1/worker.js", "did not start"],
  ])("a worker's script that is %s is refused with its URL and the cause", async (_, worker, what) => {
    const refused = await page.evaluate((worker) => fixture.refusesFiles({ worker }), worker);
    const path = new URL(worker, origin).href;
    expect(refused).toMatchObject({ isError: true, isKernelLoadError: true, code: "KERNEL_LOAD", path });
    expect(refused.message).toContain(path);
    expect(refused.message).toContain(what);
    expect(refused.hint).toContain("worker.js");
  });

  test("a file that a development server of Vite before 8 leaves out of its cache is refused with what to set", async () => {
    const set = 'under a development server of Vite before 8, set optimizeDeps: { exclude: ["@steepest/browser"] }';
    for (const file of ["worker.js", "steepest.wasm"]) {
      const files = { [file === "worker.js" ? "worker" : "wasm"]: `/node_modules/.vite/deps/${file}` };
      expect((await page.evaluate((files) => fixture.refusesFiles(files), files)).hint).toBe(set);
    }
    const installed = { worker: "/node_modules/@steepest/browser/dist/worker.js" };
    expect((await page.evaluate((files) => fixture.refusesFiles(files), installed)).hint).toContain(set);
  });

  describe("does not wait for ever", () => {
    /** The error of `createEngine` after 31 s of the page's clock, from its start or from the question for the kernels. */
    async function heard(files: Files, isOwn = false): Promise<Refused | undefined> {
      const page = await pages.open(async (page) => {
        await page.clock.install();
        await page.addInitScript(noteQuestions);
      });
      onTestFinished(() => page.close());
      await page.evaluate(
        ({ files, isOwn }) => {
          const refused = isOwn ? fixture.refusesOwnWorker(files.worker!) : fixture.refusesFiles(files);
          void refused.then((refused) => Object.assign(globalThis, { refused }));
        },
        { files, isOwn },
      );
      if (files.wasm !== undefined) await page.waitForFunction(() => "asked" in globalThis);
      await page.clock.runFor(31_000);
      return page.evaluate(() => (globalThis as { refused?: Refused }).refused);
    }

    test.each(["silent", "chatting", "closing", "stalled"])("for a worker whose script is %s", async (name) => {
      const path = `${origin}/answers/${name}.js`;
      const refused = await heard({ worker: path });
      expect(refused).toMatchObject({ isKernelLoadError: true, path, hint: expect.stringContaining("worker.js") });
      expect(refused!.message).toContain(`${path} said nothing for 30 s, expected serveTraining`);
    });

    test("for a worker of the user's that serves nothing", async () => {
      const refused = await heard({ worker: "/answers/silent.js" }, true);
      expect(refused).toMatchObject({ isKernelLoadError: true, path: "createEngine.worker" });
      expect(refused!.message).toContain("the worker of createEngine({ worker }) said nothing for 30 s, expected serveTraining");
    });

    test("for a binary that never ends", async () => {
      const path = `${origin}/answers/stalled.wasm`;
      const refused = await heard({ wasm: path });
      expect(refused).toMatchObject({ isKernelLoadError: true, path, hint: expect.stringContaining("steepest.wasm") });
      expect(refused!.message).toContain(`${path} did not give the worker its kernels within 30 s`);
    });
  });

  test("misuse is refused where it shows", async () => {
    const refused = await page.evaluate(() => fixture.refusesMisuse());
    expect(refused.map(({ code, path, hint }) => [code, path, hint?.slice(0, 20)])).toEqual([
      ["DEFINITION", "createEngine.wsam", "did you mean wasm?"],
      ["DEFINITION", "createEngine.wasm", "make a URL of a stri"],
      ["DEFINITION", "seed", undefined],
      ["DEFINITION", "engine.train.optimizer", "build it in a worker"],
      ["DIMENSION", "inputDim", undefined],
      ["DEFINITION", "norm", "add it to track; tra"],
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
    const events = [...drive(new Training(cases.chatter, { kernels: referenceKernels }), { perDecade: 4 }, { kernels: referenceKernels })];
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
