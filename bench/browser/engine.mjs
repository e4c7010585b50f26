// @steepest/browser in Chromium against @steepest/node and against the twin in Chromium: node bench/browser/engine.mjs --json [--rounds=9]
// Prints one JSON document: steps per CPU second side by side, the time from navigation to the first step, the latency of an abort.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine } from "@steepest/node";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { chromiumOptions, chromiumPath } from "../../tools/chromium.ts";
import { serve } from "../../tools/staticServer.ts";
import { numberFromArguments } from "../host.mjs";
import { median, pairedRatio } from "../kernel/measure.mjs";
import { rendererClock } from "./rendererClock.mjs";
import { lapsOf, trainings } from "./trainings.mjs";

const rounds = numberFromArguments("rounds", 9);
const lapMilliseconds = 300; // of wall time; a tick of Chromium's CPU time is 10 ms
const [small, figure, large] = Object.keys(trainings);

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const round = (value) => Number(value.toPrecision(3));

/** The page as esbuild makes it, with the two files beside it that the documentation says to copy. */
async function buildPage() {
  const folder = mkdtempSync(join(tmpdir(), "steepest-bench-"));
  await build({ entryPoints: [at("inPage.mjs")], outfile: join(folder, "page.js"), bundle: true, minify: true, format: "esm" });
  for (const file of ["worker.js", "steepest.wasm"]) copyFileSync(at(`../../packages/browser/dist/${file}`), join(folder, file));
  writeFileSync(join(folder, "index.html"), '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>');
  return folder;
}

async function openPage(browser, address) {
  const page = await (await browser.newContext()).newPage(); // a context of its own has an empty cache
  await page.goto(address);
  await page.waitForFunction(() => "bench" in globalThis);
  return page;
}

/** Number of steps that fill a lap, once compilers have done their work. */
async function stepsPerLap(lap) {
  for (let steps = 4; ; steps *= 2) {
    await lap(steps);
    const milliseconds = await lap(steps);
    if (milliseconds >= lapMilliseconds) return steps;
  }
}

/** Steps per CPU second of every side, one lap of each in every round, in random order. */
async function sideBySide(sides) {
  const entries = [];
  for (const [name, side] of Object.entries(sides)) entries.push({ name, ...side, steps: await stepsPerLap(side.lap), rates: [] });
  for (let i = 0; i < rounds; i++) {
    const shuffled = entries.map((entry) => [Math.random(), entry]).sort(([a], [b]) => a - b);
    for (const [, { lap, clock, steps, rates }] of shuffled) {
      const cpuSeconds = await clock();
      await lap(steps);
      rates.push(steps / (await cpuSeconds()));
    }
  }
  return Object.fromEntries(entries.map(({ name, rates }) => [name, rates]));
}

const ownClock = async () => {
  const before = process.cpuUsage();
  return async () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
};

async function rates(browser, origin, name) {
  const wasmPage = await openPage(browser, `${origin}/strict/index.html`);
  const twinPage = await openPage(browser, `${origin}/withoutWasm/index.html`);
  const hosts = [await wasmPage.evaluate(() => bench.host()), await twinPage.evaluate(() => bench.host())];
  if (hosts.join() !== "wasm,reference") throw new Error(`expected an engine with WebAssembly and one without, got ${hosts}`);
  const clock = await rendererClock(browser); // only one page is at work at a time
  const inPage = (page) => ({ clock, lap: (steps) => page.evaluate(([name, steps]) => bench.lap(name, steps), [name, steps]) });
  const sides = await sideBySide({
    chromium: inPage(wasmPage),
    node: { clock: ownClock, lap: lapsOf(await createEngine(), name) },
    twin: inPage(twinPage),
  });
  for (const page of [wasmPage, twinPage]) await page.context().close();
  return {
    case: `steps per CPU second, ${name}`,
    chromium: round(median(sides.chromium)),
    node: round(median(sides.node)),
    twinInChromium: round(median(sides.twin)),
    timesNode: ratio(sides.chromium, sides.node),
    timesTwin: ratio(sides.chromium, sides.twin),
  };
}

/** Ratio per round: "median (least .. most)". */
function ratio(numerator, denominator) {
  const ratios = numerator.map((value, i) => value / denominator[i]);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((value) => value.toFixed(2));
  return `${pairedRatio(numerator, denominator).toFixed(2)} (${least} .. ${most})`;
}

async function firstStep(browser, origin, name) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const page = await openPage(browser, `${origin}/strict/index.html#${encodeURIComponent(name)}`);
    times.push(await page.evaluate(() => bench.firstStep));
    await page.context().close();
  }
  const middle = (key) => round(median(times.map((time) => time[key])));
  return {
    case: `milliseconds from navigation to the first step, ${name}`,
    scriptRuns: middle("script"),
    engineReady: middle("engine"),
    firstStep: middle("step"),
  };
}

async function abortLatency(browser, origin, name) {
  const page = await openPage(browser, `${origin}/strict/index.html`);
  const times = await page.evaluate((name) => bench.aborts(name, 20), name);
  await page.context().close();
  const [heard, stopped] = [times.map(({ heard }) => heard), times.map(({ stopped }) => stopped)];
  return {
    case: `milliseconds after an abort, 20 aborts, ${name}`,
    readerHeard: round(median(heard)),
    readerHeardWorst: round(Math.max(...heard)),
    workerStopped: round(median(stopped)),
    workerStoppedWorst: round(Math.max(...stopped)),
  };
}

const results = [];
if (chromiumPath === undefined) console.error("skipped: the browser, which is not installed here");
else {
  const folder = await buildPage();
  const server = await serve(folder, {});
  const browser = await chromium.launch(chromiumOptions);
  try {
    for (const name of [small, figure]) results.push(await rates(browser, server.origin, name));
    results.push(await firstStep(browser, server.origin, small));
    for (const name of [figure, large]) results.push(await abortLatency(browser, server.origin, name));
    results.push({ case: "versions", chromium: browser.version(), node: process.version });
  } finally {
    await browser.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(JSON.stringify({ benchmark: "browser", node: process.version, results }));
