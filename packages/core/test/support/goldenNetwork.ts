import type { ActivationChoice, LabelledData, MarginLoss, Network } from "../../src/index.js";
import { losses, meanReduction, mlp } from "../../src/index.js";

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

export function goldenLoss({ loss, reduction }: Pick<GoldenProblem, "loss" | "reduction">): MarginLoss {
  const chosen = loss === "exp" ? losses.exponential : losses.logistic;
  return reduction === "mean" ? meanReduction(chosen) : chosen;
}

export function goldenData({ X, y }: Pick<GoldenProblem, "X" | "y">): LabelledData {
  return { inputs: Float64Array.from(X.flat()), inputDim: X[0]!.length, labels: y };
}

/** Data of several classes, where the network has a score for each. */
export function goldenSamples({ arch, X, y }: Pick<GoldenProblem, "arch" | "X" | "y">): LabelledData {
  const classes = arch.sizes.at(-1)!;
  return { ...goldenData({ X, y }), ...(classes > 1 && { classes }) };
}

/** One matrix per layer, as one vector. */
export function flat(params: readonly (readonly (readonly number[])[])[]): Float64Array {
  return Float64Array.from(params.flat(2));
}
