import { createHash } from "node:crypto";
import {
  type ActivationChoice,
  activations,
  dense,
  diagonal,
  drawNormal,
  type LabelledData,
  type Layer,
  type LayerEntry,
  layerKinds,
  layers,
  linear,
  mlp,
  type Network,
  type Norm,
  norms,
  recipeOf,
} from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type CertificateDocument, type Certification, certify, weightsText } from "../../src/index.js";
import { type CheckedFiles, checkers } from "../support/checkers.js";
import { kernels } from "../support/kernels.js";

/** A network with what definitions call it. */
interface Case {
  readonly name: string;
  readonly network: Network;
  readonly definition: unknown;
  readonly classes?: number;
  readonly norm?: Norm;
  /** Powers of two by which drawn weights and inputs are multiplied. */
  readonly scale?: { readonly weights?: number; readonly inputs?: number };
}

const image = { channels: 2, height: 4, width: 4 };
const convolution = layerKinds.conv2d.make({ channels: 2, size: 3, padding: 1 } as never) as Layer;

/** A layer, or an activation, as definitions write it. */
function written(entry: LayerEntry): unknown {
  if (typeof entry === "string" || !("record" in entry)) return entry;
  const [options = {}] = recipeOf(entry)!.args as [{ readonly sum?: readonly (readonly LayerEntry[])[] }?];
  return { kind: entry.kind, ...options, ...(options.sum && { sum: options.sum.map((branch) => branch.map(written)) }) };
}

/** A network of images, with its dense layer at the end. */
const imageNetwork = (name: string, entries: readonly LayerEntry[], more: Partial<Case> = {}): Case => ({
  name,
  network: layers({ input: image, layers: [...entries, dense({ units: more.classes ?? 1 })] }),
  definition: { image, kind: "layers", layers: entries.map(written) },
  ...more,
});

const perceptron = (name: string, activation: ActivationChoice, frozenLayers: number[] = [], more: Partial<Case> = {}): Case => ({
  name,
  network: mlp({ widths: [4, 3, 3, 1], activation, frozenLayers }),
  definition: { activation, ...(frozenLayers.length > 0 && { frozenLayers }), hidden: [3, 3], kind: "mlp" },
  ...more,
});

/** Parameters of every family of activations, on both sides of where its rounding errors are known. */
const parameters: Readonly<Record<string, readonly number[]>> = { leakyRelu: [0.1, 3], reluPower: [1, 1.5, 2, 2.5] };

const choices = Object.entries(activations).flatMap(([id, member]): ActivationChoice[] =>
  "make" in member ? (parameters[id] ?? [1]).map((value) => ({ [id]: value }) as never) : [id as ActivationChoice],
);
/** Activations with a limit are not homogeneous. */
const isHomogeneous = (activation: ActivationChoice): boolean => {
  try {
    return mlp({ widths: [4, 3, 1], activation }).isHomogeneous !== false;
  } catch {
    return false;
  }
};

const shared = dense({ units: 32, weights: "W" });
const cases: readonly Case[] = [
  ...Object.values(layerKinds).flatMap((member) =>
    Object.entries(member.examples()).map(([name, layer]) =>
      imageNetwork(`a convolution and a layer of kind ${name}`, [convolution, "relu", layer]),
    ),
  ),
  ...choices.filter(isHomogeneous).map((activation) => perceptron(`a perceptron of ${JSON.stringify(activation)}`, activation)),
  perceptron("a frozen first layer", "relu", [0]),
  perceptron("frozen last layers", { reluPower: 2 }, [1, 2]),
  perceptron("tiny weights", "relu", [], { scale: { weights: -400 } }),
  perceptron("huge weights under a frozen layer", "relu", [2], { scale: { weights: 300 }, norm: norms.linf }),
  perceptron("huge inputs", { leakyRelu: 0.1 }, [], { scale: { inputs: 500 } }),
  { name: "a linear model with a bias", network: linear({ inputDim: 4, bias: true }), definition: { bias: true, kind: "linear" } },
  {
    name: "a bias per entry of a diagonal layer on vectors",
    network: layers({ input: 4, layers: [diagonal({ bias: true }), "relu", dense({ units: 1 })] }),
    definition: { kind: "layers", layers: [{ bias: true, kind: "diagonal" }, "relu"] },
  },
  imageNetwork("a bias in the first layer", [layerKinds.conv2d.make({ channels: 2, size: 2, bias: true } as never) as Layer, "abs"]),
  imageNetwork("a frozen convolution with a bias under shared weights", [
    layerKinds.conv2d.make({ channels: 2, size: 3, padding: 1, bias: true, frozen: true } as never) as Layer,
    "relu",
    shared,
    "relu",
    shared,
  ]),
  imageNetwork("pooling under an activation", [convolution, layerKinds.maxPool.make({ size: 2 } as never) as Layer, "relu"]),
  imageNetwork("a layer that two branches read", [
    dense({ units: 6 }),
    layerKinds.branches.make({
      sum: [
        ["relu", dense({ units: 5 })],
        ["abs", dense({ units: 5 })],
      ],
    } as never) as Layer,
    "relu",
  ]),
  imageNetwork(
    "three classes, in the spectral norm",
    [convolution, { reluPower: 2 }, layerKinds.averagePool.make({ size: 3, stride: 1 } as never) as Layer],
    {
      classes: 3,
      norm: norms.spectral,
    },
  ),
];

const samples = 3;

/** Weights and data that a network classifies as they are labelled: labels change until it does. */
async function certified({ network, classes, scale: { weights: w = 0, inputs: x = 0 } = {}, ...asked }: Case): Promise<{
  readonly answer: Extract<Certification, { readonly kind: "certified" }>;
  readonly files: CheckedFiles;
}> {
  const normal = (stream: number, count: number): Float64Array => drawNormal(kernels, { seed: 11, stream, count });
  const weights = normal(970, network.layout.totalCount).map((value) => value / 2);
  let next = 0;
  for (const { outputs, inputs, trainable } of network.layout.blocks) {
    const end = next + outputs * inputs;
    for (; next < end; next++) weights[next] = trainable ? weights[next]! * 2 ** w : weights[next]!;
  }
  const inputs = normal(971, samples * network.inputDim).map((value) => value * 2 ** x);
  const labels: number[] = Array(samples).fill(classes ? 0 : 1);
  for (let tries = 0; tries < samples * (classes ?? 2); tries++) {
    const data: LabelledData = { inputs, labels: [...labels], inputDim: network.inputDim, ...(classes && { classes }) };
    const point = { network, weights, data };
    const question = { ...point, norm: asked.norm ?? norms.l2, kernels, networkDefinition: asked.definition, kinks: 0.3 };
    const answer = await certify(question);
    if (answer.kind === "certified") return { answer, files: { certificate: answer.text, weights: weightsText(point, asked.definition) } };
    labels[answer.sample] = classes ? labels[answer.sample]! + 1 : -1;
  }
  throw new Error(`${asked.name}: a score is 0`);
}

const sealed = (document: unknown): string => {
  const body = JSON.stringify(document).slice(1);
  return `{"seal":"${createHash("sha256").update(`{${body}`).digest("hex")}",${body}\n`;
};
const base64 = (numbers: Float64Array): string => Buffer.from(numbers.buffer).toString("base64");

/** Files that state what is not so: another margin, a larger κ, the certificate of other weights, another network, other rounding. */
function tampered(document: CertificateDocument, { weights }: CheckedFiles): CheckedFiles[] {
  const [first, ...others] = document.entries;
  const file = JSON.parse(weights) as { readonly weights: string };
  const moved = new Float64Array(new Uint8Array(Buffer.from(file.weights, "base64")).buffer).map((value) => value * 1.001 + 1e-3);
  const theta = createHash("sha256").update(new Uint8Array(moved.buffer)).digest("hex");
  const { text, ...whole } = { text: weights, ...document };
  const stating = (changed: object, beside = text): CheckedFiles => ({ certificate: sealed({ ...whole, ...changed }), weights: beside });
  return [
    stating({ minMargin: document.minMargin.map((end) => end * 1.0001) }),
    stating({ entries: [{ ...first!, kappa: [first!.kappa[0] * 1.0001, first!.kappa[1]] }, ...others] }),
    stating({ degree: document.degree + 1 }),
    stating({ scale: { ...document.scale, weights: document.scale.weights + 1 } }),
    stating({ rounding: document.rounding === "proven" ? "estimated" : "proven" }),
    stating({ theta }, `${JSON.stringify({ ...file, weights: base64(moved) })}\n`),
  ];
}

const found = await Promise.all(cases.map(async (one) => ({ ...one, ...(await certified(one)) })));

describe.each(checkers)("the checker in $name", ({ isThere, verdicts }) => {
  test.skipIf(!isThere)("accepts every layer and activation that certificates are made of", async () => {
    const answers = await verdicts(found.map(({ files }) => files));
    const seen = found.map(({ name }, k) => [name, answers[k]]);
    expect(seen).toEqual(found.map(({ name }) => [name, expect.stringMatching(/^accepted/)]));
  });

  test.skipIf(!isThere)("rejects what is not so of each of them", async () => {
    const changes = found.filter((_, k) => k % 6 === 0 || k >= found.length - 3);
    const files = changes.map(({ answer, files }) => tampered(answer.document, files));
    const answers = await verdicts(files.flat());
    expect(answers).toEqual(files.flat().map(() => expect.stringMatching(/^rejected/)));
  });

  test.skipIf(!isThere)("says which layer it does not know, and refuses networks that are not homogeneous", async () => {
    const { answer, files } = found[0]!;
    const withLayers = (entries: readonly unknown[]): CheckedFiles => {
      const network = { image, kind: "layers", layers: entries };
      return {
        certificate: sealed({ ...answer.document, network }),
        weights: `${JSON.stringify({ ...JSON.parse(files.weights), network })}\n`,
      };
    };
    expect(
      await verdicts([
        withLayers([{ kind: "batchNorm" }]),
        withLayers(["tanh"]),
        withLayers([{ dilation: 2, kind: "conv2d", channels: 2, size: 3 }]),
        withLayers([
          { kind: "dense", units: 4 },
          { bias: true, kind: "dense", units: 4 },
        ]),
        withLayers([
          {
            kind: "branches",
            sum: [
              [],
              [
                { kind: "dense", units: 32 },
                { kind: "dense", units: 32 },
              ],
            ],
          },
        ]),
      ]),
    ).toEqual([/batchNorm/, /tanh/, /dilation/, /homogeneous/, /homogeneous|branches/].map((reason) => expect.stringMatching(reason)));
  });
});

test("every kind of layer and activation is among the networks, and those that are not homogeneous get no certificate", async () => {
  expect(found.length).toBeGreaterThan(Object.keys(layerKinds).length + choices.filter(isHomogeneous).length);
  for (const activation of choices.filter((one) => !isHomogeneous(one))) {
    const network = mlp({ widths: [2, 2, 1], activation, homogeneity: "measured" });
    const point = { network, weights: new Float64Array(6).fill(1), data: { inputs: Float64Array.of(1, 1), labels: [1], inputDim: 2 } };
    await expect(certify({ ...point, norm: norms.l2, kernels })).rejects.toThrow(/is not homogeneous/);
  }
});

test("rounding errors are proven but for maxima, powers of half integers and slopes above 1", () => {
  const estimated = found.filter(({ answer }) => answer.document.rounding === "estimated").map(({ name }) => name);
  expect(estimated).toEqual(expect.arrayContaining(['a perceptron of {"leakyRelu":3}', 'a perceptron of {"reluPower":1.5}']));
  for (const name of estimated) expect(name).toMatch(/max|pooling under|leakyRelu":3|reluPower":\d\.5/);
});
