import type { ActivationChoice, LabelledData, MarginLoss, Network } from "../../src/index.js";
import { conv2d, dense, flatten, type LayerEntry, layers, losses, meanReduction, mlp } from "../../src/index.js";

/** The shapes of the golden files, see golden/README.md. */
export interface GoldenProblem {
  readonly arch: { readonly sizes: readonly number[]; readonly activation: string };
  readonly loss: string;
  readonly reduction: string;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
}

const activations: Readonly<Record<string, ActivationChoice>> = {
  relu: "relu",
  identity: "identity",
  squared_relu: { reluPower: 2 },
  "leaky_relu_0.1": { leakyRelu: 0.1 },
};

export function goldenNetwork({ sizes, activation }: GoldenProblem["arch"]): Network {
  return mlp({ widths: sizes, activation: activations[activation]! });
}

/** A convolution, an activation and a dense layer. */
export interface GoldenConvolution {
  readonly in_channels: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: string;
  readonly classes: number;
}

/** The network of an architecture as a list of layers. */
export function goldenLayers(arch: GoldenProblem["arch"] | GoldenConvolution): Network {
  const act = activations[arch.activation]!;
  if ("kernel" in arch) {
    const { in_channels: channels, height, width, kernel: size, stride, classes } = arch;
    const convolution = conv2d({ channels: arch.channels, size, stride });
    return layers({ input: { channels, height, width }, layers: [convolution, act, flatten(), dense({ units: classes })] });
  }
  const [inputDim, ...units] = arch.sizes as [number, ...number[]];
  const entries = units.flatMap((width, l): LayerEntry[] => (l === 0 ? [dense({ units: width })] : [act, dense({ units: width })]));
  return layers({ input: inputDim, layers: entries });
}

export function goldenLoss({ loss, reduction }: Pick<GoldenProblem, "loss" | "reduction">): MarginLoss {
  const chosen = loss === "exp" ? losses.exponential : losses.logistic;
  return reduction === "mean" ? meanReduction(chosen) : chosen;
}

export function goldenData({ X, y }: Pick<GoldenProblem, "X" | "y">): LabelledData {
  return { inputs: Float64Array.from(X.flat()), inputDim: X[0]!.length, labels: y };
}

/** Data of several classes, where the network has a score for each. */
export function goldenSamples({
  arch,
  X,
  y,
}: { readonly arch: GoldenProblem["arch"] | GoldenConvolution } & Pick<GoldenProblem, "X" | "y">): LabelledData {
  const classes = "kernel" in arch ? arch.classes : arch.sizes.at(-1)!;
  return { ...goldenData({ X, y }), ...(classes > 1 && { classes }) };
}

/** One matrix per layer, or one array of filters, as one vector. */
export function flat(params: readonly unknown[]): Float64Array {
  return Float64Array.from(params.flat(4) as number[]);
}
