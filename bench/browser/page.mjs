// The built laboratory page in Chromium, under its strict policy: node bench/browser/page.mjs --json [--rounds=9] [--soak=10m]
// Prints one JSON document: time to first interaction, what is loaded, latency of inputs while a race runs; with --soak instead how memory grows.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { chromiumOptions, chromiumPath } from "../../tools/chromium.ts";
import { serve } from "../../tools/staticServer.ts";
import { numberFromArguments } from "../host.mjs";
import { median } from "../kernel/measure.mjs";
import { heapsOf } from "./heaps.mjs";
import { rendererClock } from "./rendererClock.mjs";

/** Accessible names of the page's parts, and the status beside the buttons. */
const names = { start: "Start", pause: "Pause", rewind: "Rewind", transport: "run the race", over: "over" };

/** Files that the page fetches only where they are wanted. */
const notCounted = /\.bin$/;

const folder = fileURLToPath(new URL("../../packages/web/dist", import.meta.url));
const rounds = numberFromArguments("rounds", 9);
const round = (value) => Number(value.toPrecision(3));
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A page without content, for the cost of this machine at this moment: its Start can be pressed at once, and keys change nothing but the focus. */
const empty = { type: "text/html", body: "<!doctype html><title>empty</title><button>Start</button><button>Pause</button>" };

/** "10m" or "90s", in milliseconds; 0 without it. */
function soakFromArguments() {
  const text = process.argv.find((arg) => arg.startsWith("--soak="))?.slice("--soak=".length);
  if (text === undefined) return 0;
  const [, count, unit] = /^(\d+)(m|s)$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`expected --soak=10m or --soak=90s, got --soak=${text}`);
  return Number(count) * (unit === "m" ? 60_000 : 1000);
}

const button = (page, name) => page.getByRole("button", { name, exact: true });
const statusOf = (page) => page.getByRole("navigation", { name: names.transport }).getByRole("status");

/** In the page, before its own scripts: notes when the main button can be pressed. */
function watchForStart(start) {
  const look = () => {
    const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === start);
    if (found && !found.disabled) globalThis.interactiveAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

async function openPage(browser, origin, path = "strict/index.html") {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage(); // a context of its own has an empty cache
  page.setDefaultTimeout(120_000); // a busy machine may take its time
  await page.addInitScript(watchForStart, names.start);
  await page.goto(`${origin}/${path}`);
  await page.waitForFunction(() => "interactiveAt" in globalThis);
  return page;
}

async function timeToInteraction(browser, { origin, served }) {
  const clock = await rendererClock(browser);
  const [times, cpuTimes, emptyTimes] = [[], [], []];
  let loaded = [];
  for (let i = 0; i < rounds; i++) {
    const already = served.length;
    const cpuSeconds = await clock();
    const page = await openPage(browser, origin);
    cpuTimes.push(1000 * (await cpuSeconds()));
    times.push(await page.evaluate(() => interactiveAt));
    await wait(300); // for what it fetches once it stands
    loaded = [...new Set(served.slice(already))];
    await page.context().close();
    const emptyPage = await openPage(browser, origin, "answers/empty.html");
    emptyTimes.push(await emptyPage.evaluate(() => interactiveAt));
    await emptyPage.context().close();
  }
  const gzipped = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) / 1000;
  const counted = loaded.filter((file) => !notCounted.test(file));
  return [
    {
      case: "milliseconds from navigation to Start",
      median: round(median(times)),
      worst: round(Math.max(...times)),
      aim: 1000,
      emptyPage: round(median(emptyTimes)),
      cpu: round(median(cpuTimes)),
    },
    { case: "kilobytes loaded, gzipped, without images", sum: round(gzipped(counted)), aim: 400, files: counted },
  ];
}

/** In the page: milliseconds from an input to the frame that shows it; a click on the main button counts until its name has changed. */
function watchInputs([start, pause]) {
  globalThis.latencies = { keydown: [], pointer: [], pauses: [] };
  globalThis.longestTask = 0;
  const afterFrame = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(0);
    });
  const note = (kind, { timeStamp }) => afterFrame(() => globalThis.latencies[kind].push(performance.now() - timeStamp));
  addEventListener("keydown", (event) => note("keydown", event), { capture: true });
  addEventListener(
    "click",
    (event) => {
      const { target } = event;
      const before = target.textContent.trim();
      if (before !== start && before !== pause) return;
      const changed = new MutationObserver(() => {
        if (target.textContent.trim() === before) return;
        changed.disconnect();
        note("pointer", event);
        if (before === pause) note("pauses", event);
      });
      changed.observe(target, { characterData: true, childList: true, subtree: true });
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longestTask = Math.max(globalThis.longestTask, duration);
  }).observe({ type: "longtask" });
}

/** A race from its beginning, and going on. */
async function race(page) {
  await button(page, names.rewind).click();
  await button(page, names.start).click();
  await button(page, names.pause).waitFor();
}

const keys = 40;

async function pressTab(page) {
  await page.keyboard.press("Tab");
  await wait(60);
}

/** Tab from control to control, and Pause and Start in turn, while a race runs; beside it Tab on a page that does nothing. */
async function inputLatency(browser, { origin }) {
  const emptyPage = await openPage(browser, origin, "answers/empty.html");
  const page = await openPage(browser, origin);
  for (const watched of [emptyPage, page]) await watched.evaluate(watchInputs, [names.start, names.pause]);
  await emptyPage.bringToFront();
  for (let i = 0; i < keys; i++) await pressTab(emptyPage);
  const { keydown: idle } = await emptyPage.evaluate(() => latencies);
  await emptyPage.context().close();
  for (let i = 0; i < keys; i++) {
    if (i % 8 === 0) await race(page);
    await pressTab(page);
  }
  for (let i = 0; i < 10; i++) {
    await race(page);
    await wait(60);
    await button(page, names.pause).click();
    await button(page, names.start).waitFor();
  }
  const { keydown, pointer, longestTask } = await page.evaluate(() => ({ ...latencies, longestTask }));
  await page.context().close();
  const all = [...keydown, ...pointer];
  if (keydown.length < keys || pointer.length < 10)
    throw new Error(`expected ${keys} keys and 10 clicks, saw ${keydown.length} and ${pointer.length}`);
  return {
    case: "milliseconds from an input to the frame that shows it, while a race runs",
    key: round(median(keydown)),
    keyWorst: round(Math.max(...keydown)),
    keyOnEmptyPage: round(median(idle)),
    pauseOrStart: round(median(pointer)),
    pauseOrStartWorst: round(Math.max(...pointer)),
    shareBelow50: round(all.filter((latency) => latency < 50).length / all.length),
    longestTask: round(longestTask),
    aim: 50,
  };
}

/** The least value that such a share of all does not exceed. */
const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1];

const slowdown = 4;
/** A race of four optimisers, long enough that no pause comes after its end. */
const longRace = ["l2", "linf", "l1", "spectral"]
  .map(
    (norm) =>
      `arm=(optimizer:(kind:steepest,norm:${norm},normalized:true${/^l[1i]/.test(norm) ? ",smoothing:none" : ""}),step:(rule:marginPaced,c:0.25))`,
  )
  .join("&");
const longSetup = `data=(kind:moons,trainSize:60,noise:0.1,constant:1)&width=32&depth=1&activation=relu&init=(law:uniformFanIn,scale:0.5)&loss=exponential&reduction=sum&seed=7&steps=10000000&${longRace}`;

const pausesAtLeast = 30;

/** Latency of Pause and Start in turn with the page's thread at a fourth of its speed; the worker computes and reports at full speed. */
async function throttledPause(browser, { origin }) {
  const page = await openPage(browser, origin, `strict/index.html#${longSetup}`);
  await page.evaluate(watchInputs, [names.start, names.pause]);
  const { x, y, width, height } = await button(page, names.start).boundingBox();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  for (let i = 0; i < pausesAtLeast; i++) {
    for (const milliseconds of [600 + ((617 * i) % 1900), 1200]) {
      await page.mouse.click(x + width / 2, y + height / 2); // Start, then Pause
      await wait(milliseconds); // asking the page by name whether it is there yet would be work of its thread, which is what is measured
    }
  }
  const { pauses } = await page.evaluate(() => latencies);
  await page.context().close();
  if (pauses.length < pausesAtLeast) throw new Error(`expected ${pausesAtLeast} pauses, saw ${pauses.length}`);
  return {
    case: `milliseconds from Pause to the frame that shows it, the page's thread ${slowdown} times slower`,
    median: round(median(pauses)),
    nineOfTen: round(quantile(pauses, 0.9)),
    worst: round(Math.max(...pauses)),
    first: round(pauses[0]),
    pauses: pauses.length,
    aim: 100,
  };
}

/** Slope by least squares, per minute. */
function slope(samples) {
  const mean = (pick) => samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [minute, megabytes] = [mean(({ minute }) => minute), mean(({ megabytes }) => megabytes)];
  return (
    samples.reduce((sum, sample) => sum + (sample.minute - minute) * (sample.megabytes - megabytes), 0) /
    samples.reduce((sum, sample) => sum + (sample.minute - minute) ** 2, 0)
  );
}

/** Races one after the other, a sample of every heap after a forced collection every ten seconds. */
async function soak(browser, { origin }, milliseconds) {
  const page = await openPage(browser, origin);
  const heaps = await heapsOf(page);
  const samples = {};
  let races = 1;
  await race(page);
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    for (let second = 0; second < 10; second++) {
      await wait(1000);
      if ((await statusOf(page).textContent()) !== names.over) continue;
      await race(page);
      races += 1;
    }
    const minute = (performance.now() - start) / 60_000;
    for (const [name, bytes] of Object.entries(await heaps())) {
      samples[name] ??= [];
      samples[name].push({ minute, megabytes: bytes / 1e6 });
    }
  }
  await page.context().close();
  return Object.entries(samples).map(([name, all]) => {
    const settled = all.filter(({ minute }) => minute >= 1);
    return {
      case: `megabytes in use, ${name}`,
      first: round(all[0].megabytes),
      last: round(all.at(-1).megabytes),
      most: round(Math.max(...all.map(({ megabytes }) => megabytes))),
      ...(settled.length > 2 && { perMinuteAfterTheFirst: round(slope(settled)) }),
      samples: all.length,
      races,
    };
  });
}

/** "script-src eval at worker.js:1:200". */
function violation(report) {
  if (report === undefined) return "none";
  const { "csp-report": said } = JSON.parse(report);
  const file = said["source-file"]?.split("/").at(-1);
  return `${said["effective-directive"]} ${said["blocked-uri"]} at ${file}:${said["line-number"]}:${said["column-number"]}`;
}

const results = [];
const soakMilliseconds = soakFromArguments();
if (chromiumPath === undefined) console.error("skipped: the page, because no browser is installed here");
else if (!existsSync(join(folder, "index.html"))) {
  console.error("skipped: the page, which is not built; pnpm --filter @steepest/web run build makes packages/web/dist");
} else {
  const server = await serve(folder, { "empty.html": empty });
  const browser = await chromium.launch(chromiumOptions);
  try {
    if (soakMilliseconds > 0) results.push(...(await soak(browser, server, soakMilliseconds)));
    else
      results.push(
        ...(await timeToInteraction(browser, server)),
        await inputLatency(browser, server),
        await throttledPause(browser, server),
      );
    results.push({ case: "violations of the policy", count: server.reports.length, first: violation(server.reports[0]) });
  } finally {
    await browser.close();
    await server[Symbol.asyncDispose]();
  }
}
console.log(JSON.stringify({ benchmark: "page", node: process.version, results }));
