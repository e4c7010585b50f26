import type { LabelledData } from "../../src/index.js";

/** Activations that are written out here. */
type ActivationChoice = "relu" | "identity" | { readonly leakyRelu: number } | { readonly reluPower: number };

/** A multilayer perceptron as nested loops: nothing of the product. */
export interface PlainNetwork {
  readonly widths: readonly number[];
  readonly activation: ActivationChoice;
  readonly frozenLayers?: readonly number[];
}

/** A matrix W[rows][columns] of weights, or of derivatives with respect to them. */
export interface PlainMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

function activate(choice: ActivationChoice, z: number): readonly [value: number, slope: number] {
  if (choice === "identity") return [z, 1];
  if (choice === "relu") return z > 0 ? [z, 1] : [0, 0];
  if ("leakyRelu" in choice) return z > 0 ? [z, 1] : [choice.leakyRelu * z, choice.leakyRelu];
  return z > 0 ? [z ** choice.reluPower, choice.reluPower * z ** (choice.reluPower - 1)] : [0, 0];
}

/** `weights` cut into its matrices, in layer order. */
export function matricesOf({ widths }: PlainNetwork, weights: Float64Array): PlainMatrix[] {
  let next = 0;
  return widths.slice(1).map((rows, layer) => {
    const columns = widths[layer]!;
    const values = weights.slice(next, next + rows * columns);
    next += rows * columns;
    return { rows, columns, values };
  });
}

export const isTrainable = ({ frozenLayers = [] }: PlainNetwork, layer: number): boolean => !frozenLayers.includes(layer);

/** One score of one sample, the first unless said otherwise, and its gradient with respect to every trainable matrix. */
export function plainScore(
  network: PlainNetwork,
  weights: Float64Array,
  x: Float64Array,
  output = 0,
): { score: number; gradient: Float64Array } {
  const matrices = matricesOf(network, weights);
  const inputs = [x];
  const slopes: Float64Array[] = [];
  matrices.forEach(({ rows, columns, values }, layer) => {
    const sums = Float64Array.from({ length: rows }, (_, r) => {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += values[r * columns + c]! * inputs[layer]![c]!;
      return sum;
    });
    const last = layer === matrices.length - 1;
    const activated = [...sums].map((z) => (last ? ([z, 1] as const) : activate(network.activation, z)));
    inputs.push(Float64Array.from(activated, ([value]) => value));
    slopes.push(Float64Array.from(activated, ([, slope]) => slope));
  });
  const gradients: number[][] = [];
  let outer = inputs.at(-1)!.map((_, i) => (i === output ? 1 : 0));
  for (let layer = matrices.length - 1; layer >= 0; layer--) {
    const { rows, columns, values } = matrices[layer]!;
    const delta = outer.map((value, r) => value * slopes[layer]![r]!);
    gradients.unshift(isTrainable(network, layer) ? [...delta].flatMap((value) => [...inputs[layer]!].map((input) => value * input)) : []);
    outer = Float64Array.from({ length: columns }, (_, c) => {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += values[r * columns + c]! * delta[r]!;
      return sum;
    });
  }
  return { score: inputs.at(-1)![output]!, gradient: Float64Array.from(gradients.flat()) };
}

/** yᵢ f(xᵢ) and ∇f(xᵢ), sample by sample. */
export function plainSamples(
  network: PlainNetwork,
  weights: Float64Array,
  { inputs, labels, inputDim }: LabelledData,
): { q: number; gradient: Float64Array }[] {
  return Array.from(labels, (y, i) => {
    const { score, gradient } = plainScore(network, weights, inputs.slice(i * inputDim, (i + 1) * inputDim));
    return { q: y * score, gradient };
  });
}
