import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { activityOf } from "./openedPage.js";

/** `expect.poll` with the patience that a busy machine needs. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 });

export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

/** The part of the page about one optimiser. */
export const card = (page: Page, optimiser: string): Locator => page.getByRole("article", { name: optimiser, exact: true });

export async function untilActivity(page: Page, activity: string): Promise<void> {
  await eventually(() => activityOf(page)).toBe(activity);
}

/** The step that the page shows. */
export async function stepOf(page: Page): Promise<number> {
  const text = (await page.getByTestId("step").textContent())!;
  return Number(/step ([\d\u202f]+) of/.exec(text)![1]!.replaceAll("\u202f", ""));
}

export async function untilStep(page: Page, least: number): Promise<void> {
  await eventually(() => stepOf(page)).toBeGreaterThanOrEqual(least);
}

export async function raceToTheEnd(page: Page): Promise<void> {
  await button(page, "Start").click();
  await untilActivity(page, "over");
}

/** The numbers on the card of an optimiser, by their names. */
export async function numbersOf(page: Page, optimiser: string): Promise<Record<string, string>> {
  const lines = card(page, optimiser).locator(".numbers > div");
  const pairs = await lines.evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent.trim())));
  return Object.fromEntries(pairs);
}

/** The picture of an optimiser, pixel for pixel. */
export async function pictureOf(page: Page, optimiser: string): Promise<string> {
  const canvas = card(page, optimiser).locator("canvas").first();
  return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
}

export async function copiedLink(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await button(page, "Copy link").click();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe("");
  return page.evaluate(() => navigator.clipboard.readText());
}

export const fragmentOf = (link: string): string => new URL(link).hash.slice(1);

/** The race's recorded rows as the link holds them. */
export async function hashOf(page: Page): Promise<string> {
  return /&hash=([\w-]{43})/.exec(await copiedLink(page))![1]!;
}
