import type { Network, Training } from "@steepest/core";
import { readWeights, safetensorsBytes } from "@steepest/formats";
import {
  drawData,
  execute,
  measureWeights,
  networkOfRun,
  parseDefinition,
  placedWeights,
  type Row,
  resolveDefinition,
  runsOf,
  type WeightReadings,
} from "../../src/index.js";
import { binary } from "./hosts.js";
import { memoryFiles } from "./memoryFiles.js";

const pixels = (i: number): number[] => Array.from({ length: 36 }, (_, k) => Math.round(((7 * i + 1) * (k + 3) * (k + i)) % 97) / 97);
const table = Array.from({ length: 14 }, (_, i) => `${[...pixels(i), i % 2 === 0 ? "even" : "odd"].join(",")}\n`);

/** Images of 6 x 6 pixels as a table of text, and the data set of a definition that reads it. */
export const images: Uint8Array = new TextEncoder().encode(table.join(""));
export const imageTable: object = { kind: "file", path: "images.csv", label: 36, image: { height: 6, width: 6 }, test: { share: 0.3 } };

type Drawn = Awaited<ReturnType<typeof drawData>>;

/** The end of a run, and its weights as they are measured from a file. */
export interface MeasuredRun {
  readonly row: Row;
  readonly data: Drawn;
  readonly network: Network;
  /** f64[totalCount]. */
  readonly weights: Float64Array;
  readonly readings: WeightReadings;
}

/** A block per array, named as PyTorch names those of a Sequential. */
export function weightFile({ layout }: Network, weights: Float64Array): Uint8Array {
  let next = 0;
  const tensors = Object.fromEntries(
    layout.blocks.map(({ name, outputs, inputs }, k) => {
      const values = weights.slice(next, next + outputs * inputs);
      next += values.length;
      return [`${2 * k}.${name.startsWith("bias") ? "bias" : "weight"}`, { shape: [outputs, inputs], values }];
    }),
  );
  return safetensorsBytes({ metadata: {}, tensors });
}

/** Runs the first run of a definition to its end, writes the weights there to a file, and measures what is read from it. */
export async function measuredRun(definition: object, files: Readonly<Record<string, Uint8Array>> = {}): Promise<MeasuredRun> {
  const host = { kernels: binary, files: memoryFiles(files) };
  const { run } = runsOf(parseDefinition(await resolveDefinition(definition, host.files)))[0]!;
  const data = await drawData(run.dataset, run.seed, host);
  let row: Row | undefined;
  let training: Training | undefined;
  const atEnd = (ended: Training): void => {
    training = ended;
  };
  for await (const event of execute(run, host, data, { atEnd })) if (event.kind === "row") row = event.row;
  const network = networkOfRun(run, data.train);
  const { tensors } = await readWeights("w", weightFile(network, training!.parameters()));
  const { weights } = placedWeights("w", network, tensors);
  return { row: row!, data, network, weights, readings: measureWeights({ run, data, weights }, host) };
}
