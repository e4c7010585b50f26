// Pictures of the built page for the documentation: node tools/screenshots.mjs, after `pnpm run build`. They are the same races every time.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));
mkdirSync(docs, { recursive: true });

const moons = "data=(kind:moons,trainSize:60,noise:0.1,constant:1)&width=32&depth=1&activation=relu&init=(law:uniformFanIn,scale:0.5)";
const paced = "step:(rule:marginPaced,c:0.25)";
const steepest = (norm, more = "") => `arm=(optimizer:(kind:steepest,norm:${norm},normalized:true${more}),${paced})`;
const plain = ",smoothing:none";
const race = (loss, steps, arms) => `${moons}&loss=${loss}&reduction=sum&seed=7&steps=${steps}&${arms.join("&")}`;
const adam = "arm=(optimizer:(kind:adam,beta1:0.9,beta2:0.99,epsilon:1e-8),step:(rule:constant,size:0.001))";
const wild = "arm=(optimizer:(kind:steepest,norm:l2,normalized:false),step:(rule:constant,size:1000000))";

/**
 * Pictures to make. `back`: number of recorded steps before the end to look at. `shown`: the part of the page; without it the window. Windows are higher than
 * it.
 */
const pictures = [
  {
    file: "page-race.png",
    fragment: race("exponential", 10_000, [steepest("l2"), steepest("linf", plain), steepest("l1", plain), steepest("spectral")]),
    viewport: { width: 1400, height: 780 },
    back: 20,
  },
  {
    file: "page-late-phase.png",
    fragment: race("exponential", 200_000, [steepest("l2"), steepest("linf", plain)]),
    viewport: { width: 1240, height: 1700 },
    colorScheme: "dark",
    overRisk: true,
    shown: ".late",
  },
  {
    file: "page-lens.png",
    fragment: race("logistic", 20_000, [adam, steepest("linf", plain)]),
    viewport: { width: 1100, height: 900 },
    shown: ".lens",
  },
  {
    file: "page-divergence.png",
    fragment: race("exponential", 2000, [wild, steepest("linf", plain)]),
    viewport: { width: 1200, height: 1100 },
    shown: ".race",
  },
  {
    file: "page-phone.png",
    fragment: race("exponential", 3000, [steepest("l2"), steepest("linf", plain)]),
    viewport: { width: 360, height: 780 },
  },
];

async function take(browser, address, { file, fragment, viewport, colorScheme = "light", back = 0, overRisk, shown }) {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
  page.setDefaultTimeout(600_000);
  await page.goto(`${address}#${fragment}`);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForFunction(() => document.querySelector(".status [role=status]").textContent === "over");
  for (let i = 0; i < back; i++) await page.getByRole("slider").press("ArrowLeft");
  if (overRisk) await page.getByLabel("−log risk").check();
  await page.mouse.move(0, 0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const path = `${docs}${file}`;
  if (shown) {
    await page.evaluate(() => (document.querySelector(".transport").style.position = "static")); // it would cover the part
    await page.locator(shown).scrollIntoViewIfNeeded();
    const isDrawn = (part) => [...document.querySelectorAll(`${part} .plot`)].every((plot) => plot.querySelector("canvas")); // charts are drawn in view
    await page.waitForFunction(isDrawn, shown);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.locator(shown).screenshot({ path });
  } else await page.screenshot({ path });
  await page.close();
  console.log(path);
}

const chosen = process.argv.slice(2);
const server = await preview({ root, preview: { port: 0, host: "127.0.0.1" }, logLevel: "error" });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const [address] = server.resolvedUrls.local;
  for (const picture of pictures) {
    if (chosen.length === 0 || chosen.some((name) => picture.file.includes(name))) await take(browser, address, picture);
  }
} finally {
  await browser.close();
  await server.close();
}
