import { readFileSync, statSync } from "node:fs";
import type { PointsChoice } from "@steepest/experiments";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { npyFile } from "../../../formats/test/support/npyFile.js";
import { readTable } from "../../src/data/readTable.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { readLink, writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { activityOf, OpenedPages } from "./openedPage.js";
import { receiptInNode } from "./raceInNode.js";
import { button, copiedLink, eventually, fragmentOf, hashOf, numbersOf, raceToTheEnd, untilActivity } from "./transport.js";

const short: RaceSetup = { ...defaultSetup, steps: 400 };

/** The points in the address, which always holds the setup. */
function pointsIn(page: Page): PointsChoice {
  return readLink(new URL(page.url()).hash.slice(1)).setup.data as PointsChoice;
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text!], name!));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent("main", "dragover", { dataTransfer });
  expect(await page.locator(".drop-hint").count()).toBe(1);
  await page.dispatchEvent("main", "drop", { dataTransfer });
  await eventually(() => page.locator(".drop-hint").count()).toBe(0);
}

const table = "x,y,class\n0.9,0.8,2\n0.7,1.1,2\n1.2,0.6,2\n-0.8,-0.7,1\n-1.1,-0.9,1\n-0.6,-1.2,1\n";

describe.skipIf(chromiumPath === undefined)("data on the built page", () => {
  const pages = new OpenedPages();

  test("are drawn by clicking and by keyboard, taken back, and raced on", async () => {
    const page = await pages.open({ setup: short });
    await page.getByLabel("data set").selectOption({ label: "drawn by clicking" });
    const board = page.getByRole("application", { name: /^drawing board/ });
    const counts = async (): Promise<string> => (await board.getAttribute("aria-label"))!.split(".")[0]!;
    await button(page, "clear").click();
    await eventually(counts).toBe("drawing board, 0 points of class +1 and 0 of class −1");
    await eventually(() => activityOf(page)).toBe("not possible as set up");
    expect(await page.getByRole("alert").textContent()).toMatch(/This race is not possible as set up\..*(points|samples|inputs)/);
    expect(await button(page, "Start").isDisabled()).toBe(true);

    const { width, height } = (await board.boundingBox())!;
    const click = (x: number, y: number): Promise<void> => board.click({ position: { x: x * width, y: y * height } });
    await click(5 / 6, 1 / 6);
    await click(2 / 3, 1 / 3);
    await click(0.5, 0.5);
    await eventually(counts).toBe("drawing board, 3 points of class +1 and 0 of class −1");
    await button(page, "undo").click();
    await eventually(counts).toBe("drawing board, 2 points of class +1 and 0 of class −1");

    await board.focus();
    await page.keyboard.press("Space");
    await eventually(() => button(page, "○ class −1").getAttribute("aria-pressed")).toBe("true");
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowDown"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Backspace");
    await eventually(counts).toBe("drawing board, 2 points of class +1 and 2 of class −1");
    await button(page, "● class +1").click();
    await click(1 / 2, 1 / 6);

    await eventually(() => pointsIn(page).labels).toEqual([1, 1, -1, -1, 1]);
    const { inputs } = pointsIn(page);
    expect(inputs.slice(2, 4)).toEqual([
      [-0.2, -0.1],
      [-0.2, -0.2],
    ]);
    const clicked = [...inputs.slice(0, 2), ...inputs.slice(4)].flat();
    [1, 1, 0.5, 0.5, 0, 1].forEach((value, i) => {
      expect(Math.abs(clicked[i]! - value)).toBeLessThan(0.03); // two pixels of the board
    });
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    expect(await numbersOf(page, "sign descent")).toMatchObject({ "training accuracy": "100 %" });
  });

  test("in a bad file are refused with the place and what is expected", async () => {
    const bad: readonly (readonly [string, string, string])[] = [
      ["a.csv", "x,y,class\n0.1,0.2,1\n0.3,oops,0\n", 'a.csv: line 3, column 2 (y): "oops" is not a finite number'],
      ["b.csv", "", "b.csv: is empty"],
      ["c.csv", "0,0\n1,1\n2,2\n", "c.csv: the last column holds 3 different labels"],
      ["d.csv", "0,0,1\n1,1,0\n2,0\n", "d.csv: line 3 has 2 columns, the first sample has 3"],
    ];
    const page = await pages.open({ setup: short });
    const alert = page.getByRole("alert");
    for (const [name, text, what] of bad) {
      await drop(page, name, text);
      await eventually(async () => (await alert.allTextContents()).join()).toContain(what);
      expect(await alert.count()).toBe(1);
      expect(await alert.isVisible()).toBe(true);
      expect(await alert.textContent()).toContain("(expected: ");
      expect(await activityOf(page)).toBe("ready"); // the race before stands
    }
    await drop(page, "good.csv", table);
    await eventually(() => alert.count()).toBe(0);
  });

  test("in a good file are raced on with Node's bits, and a link to them asks for the file", async () => {
    const page = await pages.open({ setup: short });
    await drop(page, "good.csv", table);
    await eventually(() => page.url()).toContain("kind:dropped");
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    const { samples: data } = await readTable("good.csv", new TextEncoder().encode(table));
    expect(await hashOf(page)).toBe((await receiptInNode({ ...short, data })).hash);

    const receiver = await pages.open({ fragment: fragmentOf(await copiedLink(page)) });
    expect(await activityOf(receiver)).toBe("waiting for the file");
    expect(await receiver.locator(".banner").first().textContent()).toContain("good.csv");
    await drop(receiver, "renamed.csv", table);
    await eventually(() => receiver.locator("main .banner[role=status]").textContent()).toContain("Bit for bit the same");
  });

  test("that no network can separate are named, and raced on all the same", async () => {
    const page = await pages.open({ setup: short });
    await drop(page, "twice.csv", `${table}0.9,0.8,1\n`);
    await eventually(() => page.locator(".banner[role=status]").allTextContents()).toEqual([
      "No network of this kind can separate these samples: samples 0 and 6 are equal and have opposite labels (counted from 0). The race shows what each optimiser makes of that.",
    ]);
    await untilActivity(page, "ready");
    expect(await page.getByText("The label is the last column (class): 1 is class −1, 2 is class +1.").count()).toBe(1);
    await drop(page, "good.csv", table);
    await eventually(() => page.locator(".banner[role=status]").count()).toBe(0);
  });

  test("of square images show the first layer as pictures, and in the plane they do not", async () => {
    const page = await pages.open({ setup: short });
    const layers = page.getByRole("img", { name: /^first-layer weights of / });
    const images = Array.from({ length: 6 }, (_, i) =>
      [...Array.from({ length: 64 }, (_pixel, k) => (7 * k + 3 * i * k) % 16), i % 2].join(" "),
    );
    await drop(page, "digits.txt", images.join("\n"));
    await eventually(() => layers.count()).toBe(2);
    const shapes = () =>
      page
        .locator(".picture canvas:first-of-type")
        .evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).width / (one as HTMLCanvasElement).height));
    await eventually(async () => (await shapes()).every((shape) => shape > 1)).toBe(true); // bars of sample margins
    await drop(page, "good.csv", table);
    await eventually(() => layers.count()).toBe(0);
    await eventually(shapes).toEqual([1, 1]); // a square of the plane
  });

  test("may be chosen instead of dropped", async () => {
    const page = await pages.open({ setup: short });
    await page.getByLabel("data set").selectOption("dropped");
    const buffer = readFileSync(new URL("../../../formats/test/golden/polars.parquet", import.meta.url)); // packed with Zstandard
    await page.getByLabel("file", { exact: true }).setInputFiles({ name: "polars.parquet", mimeType: "application/octet-stream", buffer });
    await eventually(() => page.url()).toContain("kind:dropped");
    await untilActivity(page, "ready");
    expect(await page.getByText("file: polars.parquet").count()).toBe(1);
    expect(await page.getByText("6 samples of 4 coordinates. The label is the last column (who): “mine” is class −1").count()).toBe(1);
  });

  test("are refused where their reader does not load", async () => {
    const page = await pages.open({ setup: short, missing: "**/assets/csvTable-*.js" });
    await drop(page, "good.csv", table);
    const alert = page.getByRole("alert");
    await eventually(() => alert.textContent()).toMatch(
      /^.*good\.csv: the reader of its format did not load: .*csvTable-.*reload the page/,
    );
    expect(await activityOf(page)).toBe("ready");
    expect(pages.takeTroubles().join()).toContain("404");
  });

  test("may be an array of NumPy, with the bits of the table", async () => {
    const rows = table
      .trim()
      .split("\n")
      .map((line) => line.split(",").map(Number))
      .filter((row) => row.every(Number.isFinite));
    const body = new Uint8Array(Float64Array.from(rows.flat()).buffer);
    const array = Buffer.from(npyFile({ descr: "'<f8'", shape: `(${rows.length}, ${rows[0]!.length})`, body }));
    const page = await pages.open({ setup: short });
    const hashes: string[] = [];
    for (const file of [
      { name: "good.csv", mimeType: "text/csv", buffer: Buffer.from(table) },
      { name: "good.npy", mimeType: "application/octet-stream", buffer: array },
    ]) {
      await page.getByLabel("data set").selectOption("dropped");
      await page.locator("input[type=file]").first().setInputFiles(file);
      await eventually(() => page.getByText(`file: ${file.name}`).count()).toBe(1);
      await untilActivity(page, "ready");
      await raceToTheEnd(page);
      hashes.push(await hashOf(page));
    }
    expect(hashes[1]).toBe(hashes[0]);
  });

  test("that no address has room for are not in it, nor is another race; as a table they give the same race", async () => {
    const inputs = Array.from({ length: 120 }, (_, i) => [
      Math.round(((i % 11) / 5 - 1) * 100) / 100,
      Math.round((i / 60 - 1) * 100) / 100,
    ]);
    const data: PointsChoice = { kind: "points", inputs, labels: inputs.map(([x, y]) => (x! + y! > 0 ? 1 : -1)), constant: 1 };
    const setup: RaceSetup = { ...short, data: { ...data, inputs: inputs.slice(0, 60), labels: data.labels.slice(0, 60) } };
    const page = await pages.open({ setup });
    expect(await page.locator(".banner").count()).toBe(0);
    await page.goto(pages.address(writeLink({ ...short, data })));
    await eventually(() => page.locator(".banner[role=status]").textContent()).toContain("too large for an address");
    await eventually(() => new URL(page.url()).hash).toBe("");
    await untilActivity(page, "ready");
    await raceToTheEnd(page);

    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download data (CSV)").first().click()]);
    const text = readFileSync(await download.path(), "utf8");
    expect(text.split("\n")[0]).toBe("x1,x2,bias,label");
    await drop(page, "data.csv", text);
    await eventually(() => page.url()).toContain("kind:dropped");
    await eventually(() => page.locator(".banner[role=status]").count()).toBe(0);
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    expect(await hashOf(page)).toBe((await receiptInNode({ ...short, data })).hash);
  });

  test("that make a larger table than the page reads are downloaded, and it is said that they cannot be dropped again", async () => {
    const page = await pages.open({ setup: short });
    expect(await page.getByText("cannot be dropped on this page again").count()).toBe(0);
    const many = {
      kind: "teacherStudent",
      inputDim: 340,
      teacherWidth: 4,
      nonzerosPerNeuron: 2,
      minTeacherScore: 0.1,
      trainSize: 5000,
      testSize: 0,
    } as const;
    await page.goto(pages.address(writeLink({ ...short, data: many, depth: 1 })));
    await untilActivity(page, "ready");
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download data (CSV)").first().click()]);
    const { size } = statSync(await download.path());
    await eventually(() => page.getByText("cannot be dropped on this page again").textContent()).toContain(
      `the file has ${Math.ceil(size / 1e5) / 10} MB, expected at most 32 MB.`,
    );
    await page.getByLabel("data set").selectOption({ label: "drawn by clicking" });
    await eventually(() => page.getByText("cannot be dropped on this page again").count()).toBe(0);
  });
});
