import { readFileSync } from "node:fs";
import { type ActivationChoice, type LabelledData, mlp, type Network, type NormId } from "@steepest/core";

interface GoldenCase {
  readonly name: string;
  readonly activation: string;
  readonly degree: number;
  readonly norm: NormId;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly params: readonly (readonly (readonly number[])[])[];
  readonly kappa: number;
  readonly dual_norm_opt: number;
}

/** A recorded certificate problem with its answer. */
export interface GoldenPoint {
  readonly name: string;
  readonly norm: NormId;
  readonly network: Network;
  /** The network as definitions write it. */
  readonly definition: unknown;
  readonly data: LabelledData;
  readonly weights: Float64Array;
  readonly kappa: number;
  readonly dualNorm: number;
}

const activations: Readonly<Record<string, ActivationChoice>> = {
  relu: "relu",
  identity: "identity",
  squared_relu: { reluPower: 2 },
  "leaky_relu_0.1": { leakyRelu: 0.1 },
};

const { cases } = JSON.parse(readFileSync(new URL("../../../core/test/golden/kkt.json", import.meta.url), "utf8")) as {
  readonly cases: readonly GoldenCase[];
};

/** Computed with scipy: NNLS for l2, HiGHS for l1 and linf. */
export const goldenKkt: readonly GoldenPoint[] = cases.map(({ name, activation, norm, X, y, params, kappa, dual_norm_opt }) => {
  const widths = [X[0]!.length, ...params.map((rows) => rows.length)];
  const choice = activations[activation]!;
  return {
    name,
    norm,
    network: mlp({ widths, activation: choice }),
    definition: { kind: "mlp", hidden: widths.slice(1, -1), activation: choice },
    data: { inputs: Float64Array.from(X.flat()), labels: y, inputDim: widths[0]! },
    weights: Float64Array.from(params.flat(2)),
    kappa,
    dualNorm: dual_norm_opt,
  };
});
