import { createHash } from "node:crypto";
import { DataError, type Training } from "@steepest/core";
import { safetensorsBytes } from "@steepest/formats";
import { expect, test } from "vitest";
import {
  type DatasetFiles,
  definitionJsonSchema,
  drawData,
  type ExperimentDefinition,
  execute,
  networkOfRun,
  parseDefinition,
  type Row,
  type RunDefinition,
  resolveDefinition,
  runsOf,
  trainOptions,
  weightTensors,
} from "../../src/index.js";
import { probeOf, probesOfWeights } from "../../src/probe/probe.js";
import { binary } from "../support/hosts.js";
import { noFiles, tiny } from "../support/tiny.js";

/** A host whose folder holds these files. */
const filesWith = (content: Readonly<Record<string, Uint8Array>>): DatasetFiles => ({
  ...noFiles,
  bytes: async (path) => {
    const bytes = content[path];
    if (!bytes) throw DataError.at(path, "does not exist", { hint: "look for it" });
    return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  },
});

interface Made {
  readonly rows: readonly Row[];
  readonly weights: Float64Array;
  readonly file: Uint8Array;
}

/** The rows of a run, and the file of the weights at its end. */
async function made(run: RunDefinition, files: DatasetFiles): Promise<Made> {
  const host = { kernels: binary, files };
  const data = await drawData(run.dataset, run.seed, host);
  let training: Training | undefined;
  const atEnd = (ended: Training): void => {
    training = ended;
  };
  const rows: Row[] = [];
  for await (const event of execute(run, host, data, { atEnd })) if (event.kind === "row") rows.push(event.row);
  const weights = training!.parameters();
  return { rows, weights, file: safetensorsBytes({ metadata: {}, tensors: weightTensors(networkOfRun(run, data.train), weights) }) };
}

const firstRun = async (definition: object, files: DatasetFiles): Promise<RunDefinition> =>
  runsOf(parseDefinition(await resolveDefinition(definition, files)))[0]!.run;

const gradient = tiny.arms.gradient!;
const start = { file: "start.safetensors" };
const base: ExperimentDefinition = { ...tiny, seeds: [1], claims: [], figure: [], arms: { gradient }, stop: { steps: 300 } };
const biased = { kind: "layers", layers: [{ kind: "dense", units: 5, bias: true }, "relu"], homogeneity: "measured" };
const idle = { kind: "separable", trainSize: 20, noise: 0.08, constant: 0 };

test.each<[string, { readonly network: object; readonly dataset?: object }]>([
  ["a perceptron", { network: tiny.network }],
  ["frozen layers", { network: { ...tiny.network, frozenLayers: [0] } }],
  ["biases", { network: { ...biased, init: { law: "normalFanIn", scale: 0.3 } } }],
  ["inputs that are always 0", { dataset: idle, network: tiny.network }],
  ["a linear model", { network: { kind: "linear", init: { law: "normalFanIn", scale: 0.3 } } }],
])("a run of %s that starts at the end of another has its last row as its first, in every probe of the weights", async (_, parts) => {
  const isExact = !("homogeneity" in parts.network);
  const scalars = probesOfWeights.scalars.filter((name) => {
    const { needsTest, needsTargets, isOfLimit, needsHomogeneity } = probeOf(name)!;
    return !needsTest && !needsTargets && Boolean(isOfLimit) !== isExact && !(needsHomogeneity && !isExact);
  });
  const inNorms = ["l2", "linf", "spectral"].flatMap((id) =>
    probesOfWeights.inNorms
      .map((kind) => `${kind}.${id}`)
      .filter((name) => !(probeOf(name)!.isOfLimit && isExact) && !(probeOf(name)!.needsHomogeneity && !isExact)),
  );
  const probes = [...scalars, ...inNorms];
  const definition = { ...base, ...parts, record: { probes, pointsPerDecade: 2 } } as unknown as ExperimentDefinition;
  const first = await made(await firstRun(definition, noFiles), noFiles);
  const files = filesWith({ "start.safetensors": first.file });
  const second = await made(await firstRun({ ...definition, network: { ...definition.network, init: start } }, files), files);
  expect(second.rows[0]!.step).toBe(0);
  const { step: _last, ...last } = first.rows.at(-1)!;
  expect(second.rows[0]).toEqual({ step: 0, ...last });
  expect(second.weights).not.toEqual(first.weights);
});

const weights = Float64Array.from({ length: 30 }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
const tensors = { layer1: { shape: [6, 4], values: weights.slice(0, 24) }, layer2: { shape: [1, 6], values: weights.slice(24) } };
const file = safetensorsBytes({ metadata: {}, tensors });
const sha256 = createHash("sha256").update(file).digest("hex");
const withInit = (init: object, more: object = {}): object => ({ ...base, network: { ...tiny.network, init }, ...more });

test("the hash of the file is in the definition, of the network and of arms, wherever the file lies", async () => {
  const files = filesWith({ "start.safetensors": file });
  const run = await firstRun(withInit(start), files);
  expect(run.network.init).toEqual({ ...start, facts: { sha256 } });
  const pinned = withInit({ ...start, facts: { sha256 } });
  expect(await firstRun(pinned, files)).toEqual(run);
  const ofArm = await firstRun({ ...base, arms: { gradient: { ...gradient, init: start } } }, files);
  expect(ofArm).toEqual(run);
  await expect(resolveDefinition(withInit({ ...start, facts: { sha256: "ab".repeat(32) } }), files)).rejects.toThrow(
    `start.safetensors: has the SHA-256 ${sha256}, the definition is about initial weights of ${"ab".repeat(32)}`,
  );
  await expect(firstRun(pinned, filesWith({}))).rejects.toThrow(
    `start.safetensors: does not exist; the initial weights are those of the SHA-256 ${sha256}`,
  );
  const other = safetensorsBytes({ metadata: { note: "other" }, tensors });
  await expect(made(run, filesWith({ "start.safetensors": other }))).rejects.toThrow(/has the SHA-256 .*, the definition is about/);
  await expect(made(run, noFiles)).rejects.toThrow(/nothing here reads files/);
});

test("scale multiplies every weight of the file once, and does not hide behind a law", async () => {
  const files = filesWith({ "start.safetensors": file });
  const run = await firstRun(withInit({ ...start, scale: 0.3 }, { stop: { logRiskBelow: 100 } }), files);
  expect((await made(run, files)).weights).toEqual(weights.map((weight) => 0.3 * weight));
  await expect(resolveDefinition(withInit({ ...start, scale: 1e308 }), filesWith({ "start.safetensors": larger() }))).rejects.toThrow(
    "init.scale: 1e+308 times 10, the weight 3 of start.safetensors, is no double",
  );
  expect(() => parseDefinition(withInit({ ...start, law: "normalFanIn", scale: 1, facts: { sha256 } }))).toThrow(/network\.init/);
  expect(() => parseDefinition(withInit({ ...start, scale: 0, facts: { sha256 } }))).toThrow(
    "network.init.scale: must be finite and > 0, got 0",
  );
});

function larger(): Uint8Array {
  const values = tensors.layer1.values.slice();
  values[3] = 10;
  return safetensorsBytes({ metadata: {}, tensors: { ...tensors, layer1: { shape: [6, 4], values } } });
}

test.each<[string, Readonly<Record<string, { shape: number[]; values: Float64Array }>>, RegExp]>([
  ["a missing block", { layer1: tensors.layer1 }, /^start\.safetensors: holds no array "layer2", a block of the network$/],
  ["an extra block", { ...tensors, layer3: tensors.layer2 }, /^start\.safetensors: holds the array "layer3", which is no block/],
  [
    "another shape",
    { ...tensors, layer2: { shape: [1, 5], values: weights.slice(0, 5) } },
    /"layer2" has the shape 1 x 5, the block layer2 is 1 x 6/,
  ],
  [
    "NaN",
    { ...tensors, layer2: { shape: [1, 6], values: Float64Array.of(1, 2, 3, Number.NaN, 5, 6) } },
    /"layer2" holds NaN at \[0, 3\], expected finite weights/,
  ],
])("%s is refused before any run", async (_, held, message) => {
  const files = filesWith({ "start.safetensors": safetensorsBytes({ metadata: {}, tensors: held }) });
  await expect(resolveDefinition(withInit(start), files)).rejects.toThrow(message);
});

test("a definition whose file was not read is refused, and so are options without weights", () => {
  expect(() => parseDefinition(withInit(start))).toThrow(
    /network\.init\.facts: are missing: the file of the initial weights has not been read/,
  );
  expect(() => parseDefinition({ ...base, arms: { gradient: { ...gradient, init: start } } })).toThrow(
    /arms\.gradient\.init\.facts: are missing/,
  );
  const { run } = runsOf(parseDefinition(withInit({ ...start, facts: { sha256 } })))[0]!;
  const data = { inputs: new Float64Array(8).fill(1), labels: [1, -1], inputDim: 4 };
  expect(() => trainOptions(run, data, undefined)).toThrow("network.init.file: the initial weights in start.safetensors are not here");
});

test("definitions without a file, and malformed ones, come back as they are", async () => {
  expect(await resolveDefinition(tiny, noFiles)).toBe(tiny);
  const malformed = withInit({ file: 3 });
  expect(await resolveDefinition(malformed, noFiles)).toBe(malformed);
  expect(() => parseDefinition(malformed)).toThrow("network.init.file: must be the path of a file, got 3");
  expect(JSON.stringify(definitionJsonSchema())).toContain("start.safetensors");
});
