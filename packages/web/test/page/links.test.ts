import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { longestLink, readLink, writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { activityOf, OpenedPages } from "./openedPage.js";
import { receiptInNode, rowsInNode } from "./raceInNode.js";
import { button, copiedLink, eventually, fragmentOf, raceToTheEnd, stepOf, untilActivity, untilStep } from "./transport.js";

const race: RaceSetup = { ...defaultSetup, steps: 300 };
const at = 200;
const whole = writeLink(defaultSetup);
const arm = /&arm=[^&]*/.exec(whole)![0];

/** The verdict of the replay once it is through. */
async function verdict(page: Page): Promise<string> {
  const banner = page.locator("main .banner[role=status]");
  await eventually(() => banner.textContent()).not.toContain("Replaying");
  return (await banner.textContent())!;
}

/** Another character of base64url at a place. */
const altered = (text: string, place: number): string =>
  `${text.slice(0, place)}${text[place] === "A" ? "B" : "A"}${text.slice(place + 1)}`;

describe.skipIf(chromiumPath === undefined)("links of the built page", () => {
  const pages = new OpenedPages();

  test("replay by themselves, and say that every bit is the same", async () => {
    const sender = await pages.open();
    await button(sender, "Start").click();
    await untilStep(sender, 100);
    await button(sender, "Pause").click();
    await untilActivity(sender, "paused");
    const [link, sent] = [await copiedLink(sender), await stepOf(sender)];
    expect(link.startsWith(pages.address(""))).toBe(true);
    const receiver = await pages.open({ fragment: fragmentOf(link) });
    expect(await verdict(receiver)).toMatch(/^Bit for bit the same as the sender's race: \d+ recorded steps up to step/);
    expect(await stepOf(receiver)).toBe(sent);
    expect(await activityOf(receiver)).toBe("paused");
    await button(receiver, "Start").click();
    await untilStep(receiver, sent + 1);
  });

  test("to a race that takes minutes to prepare do not keep the next one waiting", async () => {
    const page = await pages.open({ setup: race });
    const open = (setup: RaceSetup): Promise<void> =>
      page.evaluate((fragment) => {
        location.hash = fragment;
      }, writeLink(setup));
    await open({ ...race, width: 2048, depth: 6 });
    await eventually(() => activityOf(page)).toBe("preparing");
    await open({ ...race, seed: 8 });
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    const link = await copiedLink(page);
    expect(readLink(fragmentOf(link)).receipt!.hash).toBe((await receiptInNode({ ...race, seed: 8 })).hash);
  });

  test("whose hash was altered are found out", async () => {
    const receipt = await receiptInNode(race, at);
    const page = await pages.open({ fragment: writeLink(race, { ...receipt, hash: altered(receipt.hash, 20) }) });
    expect(await verdict(page)).toContain("Not the same as the sender's race");
  });

  test("whose rows differ name the first recorded step that does", async () => {
    const [rows] = await rowsInNode(race);
    const receipt = await receiptInNode(race, at);
    const place = 30;
    const other = { ...receipt, hash: altered(receipt.hash, 0), trace: altered(receipt.trace, 2 * place + 1) };
    const page = await pages.open({ fragment: writeLink(race, other) });
    expect(await verdict(page)).toContain(
      `Not the same as the sender's race: the first recorded step that differs is ${rows![place]!.step}.`,
    );
  });

  test("with the receipt of another seed differ from the start", async () => {
    const page = await pages.open({ fragment: writeLink({ ...race, seed: 8 }, await receiptInNode(race, at)) });
    expect(await verdict(page)).toContain("the first recorded step that differs is 0.");
  });

  test("that make no sense are explained, and the default race can start", async () => {
    const bad: readonly (readonly [string, string])[] = [
      [whole.replace("kind:moons", encodeURIComponent("kind:'<img src=x onerror=alert(1)>'")), "data"],
      [`${whole}&colour=red`, 'there is no key "colour"'],
      [whole.replace("&seed=7", ""), "lacks seed="],
      [whole.slice(0, -40), "arm: "],
      [whole.slice(0, 60), "cut off"],
      [`${whole}${arm.repeat(3)}`, "the link has 5"],
      [whole.replace("width=32", "width=1e9"), "width: must be an integer from 1 to 2048"],
      [whole.replace("kind:moons", "kind:%E0%A4%A"), "broken % escape"],
    ];
    const page = await pages.open({ fragment: bad[0]![0] });
    const banner = page.getByRole("alert");
    for (const [fragment, what] of bad) {
      await page.goto(pages.address(fragment)); // the first is open already, the others are typed into the address
      await eventually(() => banner.textContent()).toContain(what);
      expect(await banner.textContent()).toContain("This link does not describe a race, so the default one was loaded.");
      expect(await page.locator("#page img, #page script").count()).toBe(0);
      await untilActivity(page, "ready");
      expect(await stepOf(page)).toBe(0);
      await button(page, "Single step").click();
      await untilStep(page, 1);
      await button(page, "dismiss").click();
      await eventually(() => banner.count()).toBe(0);
      await eventually(() => new URL(page.url()).hash).toBe(`#${whole}`);
    }
    await button(page, "Start").click();
    await untilStep(page, 2);
  });

  test("of long words make no page that scrolls sideways", async () => {
    const page = await pages.open({ fragment: `${"wdith".repeat(100)}=3`, context: { viewport: { width: 360, height: 800 } } });
    const text = (await page.getByRole("alert").textContent())!;
    expect(text).toContain(`there is no key "${"wdith".repeat(12)}…"`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const data = { kind: "dropped", name: `${"long".repeat(60)}.csv`, sha256: "0".repeat(64) } as const;
    await page.goto(pages.address(writeLink({ ...defaultSetup, data })));
    await eventually(() => page.locator(".banner[role=status]").textContent()).toContain("longlong");
    await page.locator("summary", { hasText: "Data" }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test("of the largest race keep their receipt and stay short", async () => {
    const adam = { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, step: { rule: "constant", size: 0.01 } } as const;
    const inputs = Array.from({ length: 40 }, (_, i) => [Number(((i % 8) / 3 - 1.17).toFixed(2)), Number((i / 16 - 1.23).toFixed(2))]);
    const labels = inputs.map(([x, y]) => (x! + y! > 0 ? 1 : -1));
    const data = { kind: "points", inputs, labels, constant: 1 } as const;
    const page = await pages.open({ setup: { ...race, data, arms: [adam, adam, adam, adam] } });
    await raceToTheEnd(page);
    const link = await copiedLink(page);
    expect(link.length).toBeLessThanOrEqual(longestLink);
    expect(readLink(fragmentOf(link)).receipt?.at).toBe(race.steps);
  });

  test("are not made of a setup that is no race, and the address keeps the last that was", async () => {
    const page = await pages.open({ setup: race });
    await page.getByLabel("data set").selectOption({ label: "drawn by clicking" });
    await untilActivity(page, "ready");
    await eventually(() => page.url()).toContain("kind:points");
    const address = page.url();
    expect((await copiedLink(page)).split("&hash=")[0]).toBe(address);
    await button(page, "clear").click();
    await untilActivity(page, "not possible as set up");
    expect(page.url()).toBe(address);
    for (const name of ["Copy link", "Copy definition"]) {
      await button(page, name).click();
      await eventually(() => page.locator(".take [role=alert]").textContent()).toMatch(
        /^No race is possible as set up\. points: must be an integer/,
      );
      expect(await page.locator(".take > [role=status]").textContent()).toBe("");
    }
    await page.reload();
    await untilActivity(page, "ready");
    expect(page.url()).toBe(address);
  });

  test("that would be too long are not made, and the reader hears why", async () => {
    const inputs = Array.from({ length: 400 }, (_, i) => [i / 400, (i % 20) / 20]);
    const data = { kind: "points", inputs, labels: inputs.map((_, i) => (i < 200 ? 1 : -1)), constant: 1 } as const;
    const page = await pages.open({ setup: { ...race, data } });
    await button(page, "Copy link").click();
    await eventually(() => page.locator(".take").textContent()).toContain("too large for a link");
  });
});
