import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { draw } from "../../src/render/draw.js";
import { temporaryFolder } from "../support/study.js";

describe("a drawing process", () => {
  const drawBy = (text: string, more: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {}) => {
    const path = join(temporaryFolder(), "drawing.mjs");
    writeFileSync(path, text);
    return draw({}, { signal: new AbortController().signal, ...more, program: pathToFileURL(path) });
  };
  const nothing = { svg: undefined, png: undefined };
  const sendSvg = 'process.send({ kind: "svg", text: "<svg/>" }';

  test("that aborts leaves nothing, and its end is the problem", async () => {
    const message = "console.error('\\nthread panicked at raster.rs:7'); process.abort();";
    const { problem, ...rest } = await drawBy(message);
    expect(rest).toEqual(nothing);
    expect(problem).toMatch(/^the process that draws (was ended by SIGABRT|ended with exit code \d+): thread panicked at raster.rs:7$/);
  });

  test("that aborts without a word, or runs out of memory, is told by its cause and not by the frame of a stack trace", async () => {
    const silent = await drawBy("process.abort();");
    expect(silent.problem).toMatch(/^the process that draws (was ended by SIGABRT|ended with exit code \d+)$/);
    const missing = await drawBy("import './missing.js';");
    expect(missing.problem).toMatch(/ended with exit code 1: Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module /);
    const exhausted = await drawBy(
      "import v8 from 'node:v8'; v8.setFlagsFromString('--max-old-space-size=30'); const all = []; for (;;) all.push(new Array(1e5).fill(0.5));",
    );
    expect(exhausted.problem).toMatch(/: FATAL ERROR: .*heap/);
  });

  test("that aborts after the SVG leaves the SVG", async () => {
    const drawing = await drawBy(`process.once("message", () => ${sendSvg}, () => process.abort()));`);
    expect(drawing).toEqual({ svg: "<svg/>", png: undefined, problem: expect.stringMatching(/^the process that draws /) });
  });

  test("that says what is wrong is believed", async () => {
    const says = `process.once("message", () => { process.send({ kind: "problem", message: "no such scale" }); process.disconnect(); });`;
    expect(await drawBy(says)).toEqual({ ...nothing, problem: "no such scale" });
  });

  test("that hangs is ended", async () => {
    const hangs = "setInterval(() => {}, 1000);";
    expect(await drawBy(hangs, { timeoutMs: 100 })).toEqual({ ...nothing, problem: "it took longer than 0.1 s" });
  });

  test("is ended with the command that it works for", async () => {
    const controller = new AbortController();
    const drawing = drawBy("setInterval(() => {}, 1000);", { signal: controller.signal });
    controller.abort(new Error("asked to end"));
    await expect(drawing).rejects.toThrow("asked to end");
  });

  test("that cannot be loaded is a problem, not an error", async () => {
    expect(await drawBy("import './missing.js';")).toEqual({ ...nothing, problem: expect.stringContaining("ended with exit code 1") });
  });
});
