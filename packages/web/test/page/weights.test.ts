import { type DatasetHost, drawData, measureWeights, networkOfRun, placedWeights, type WeightReadings } from "@steepest/experiments";
import { readWeights, safetensorsBytes } from "@steepest/formats";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "../../../../tools/chromium.js";
import { npyFile } from "../../../formats/test/support/npyFile.js";
import { zipOf } from "../../../formats/test/support/zipOf.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { shortNumber } from "../../src/view/numberText.js";
import { host as nodeHost } from "../hosts.js";
import { activityOf, OpenedPages } from "./openedPage.js";
import { button, eventually } from "./transport.js";

const host: DatasetHost = nodeHost;
const setup: RaceSetup = { ...defaultSetup, steps: 400 };
const [run] = runsOfSetup(setup) as [ReturnType<typeof runsOfSetup>[number]];
const data = await drawData(run.dataset, run.seed, host);
const network = networkOfRun(run, data.train);

/** Weights that the page does not start from, one array per block. */
const arrays = network.layout.blocks.map(({ outputs, inputs }, k) => ({
  name: `${2 * k}.weight`,
  shape: [outputs, inputs],
  values: Float64Array.from({ length: outputs * inputs }, (_, i) => ((i * 7 + k) % 11) / 8 - 0.6),
}));
const safetensors = Buffer.from(
  safetensorsBytes({ metadata: {}, tensors: Object.fromEntries(arrays.map(({ name, ...tensor }) => [name, tensor])) }),
);
const npz = Buffer.from(
  zipOf(
    Object.fromEntries(
      arrays.map(({ name, shape, values }) => [
        `${name}.npy`,
        npyFile({ descr: "'<f8'", shape: `(${shape.join(", ")})`, body: new Uint8Array(values.buffer) }),
      ]),
    ),
  ),
);

async function measuredInNode(): Promise<WeightReadings> {
  const { tensors } = await readWeights("w", new Uint8Array(safetensors));
  return measureWeights({ run, data: { train: data.train, test: undefined }, weights: placedWeights("w", network, tensors).weights }, host);
}

async function dropped(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(text!), (char) => char.charCodeAt(0))], name!));
      return transfer;
    },
    [name, bytes.toString("base64")],
  );
  await page.dispatchEvent("main", "drop", { dataTransfer });
}

describe.skipIf(chromiumPath === undefined)("weights on the built page", () => {
  const pages = new OpenedPages();

  test("are measured as Node measures them, and leave the race alone", async () => {
    const page = await pages.open({ setup });
    const { inNorms } = await measuredInNode();
    const section = page.getByRole("region", { name: /^Weights of / });
    for (const [name, bytes] of [
      ["model.safetensors", safetensors],
      ["model.npz", npz],
    ] as const) {
      await dropped(page, name, bytes);
      await eventually(() => section.getByRole("heading").textContent()).toBe(`Weights of ${name}`);
      const rows = await section
        .locator("tbody tr")
        .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
      expect(rows.map((cells) => cells.slice(1))).toEqual(
        Object.values(inNorms).map((all) => ["margin", "softMargin", "norm", "alignment"].map((kind) => shortNumber(all[kind], 6))),
      );
      expect(await page.getByRole("alert").count()).toBe(0);
      expect(await activityOf(page)).toBe("ready");
      await button(page, "dismiss").click();
      await eventually(() => section.count()).toBe(0);
    }
  });

  test("of another network are refused with what is expected", async () => {
    const page = await pages.open({ setup: { ...setup, width: 7 } });
    await dropped(page, "model.safetensors", safetensors);
    await eventually(() => page.getByRole("alert").textContent()).toMatch(
      /These weights cannot be measured\. model\.safetensors: .*"0\.weight" has the shape .*, the block layer1 is 7 x/,
    );
    await dropped(page, "model.npz", npz);
    await eventually(() => page.getByRole("alert").textContent()).toMatch(
      /may be the samples\. Nor is it weights: .*"0\.weight" has the shape/,
    );
  });
});
