import { type LabelledData, type Network, sampleShapeOf, type TrainHost } from "@steepest/core";
import { ArenaPlan } from "@steepest/kernels";
import type { Plane } from "./message.js";

const [coarsest, finest] = [12, 56];
/** Multiply-adds of one picture, which take a few hundredths of a second. */
const pictureWork = 2e7;
const padding = 0.18;

/** Points per side for which a picture of a network of so many weights is drawn without a noticeable wait. */
export function gridSizeFor(parameterCount: number): number {
  return Math.max(coarsest, Math.min(finest, Math.floor(Math.sqrt(pictureWork / parameterCount))));
}

/** A square around samples of the plane, wide enough that the boundary around them shows. */
export function planeAround(data: LabelledData, constant: number, size: number): Plane {
  const bounds = [0, 1].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < data.inputs.length; i += data.inputDim) {
      low = Math.min(low, data.inputs[i]!);
      high = Math.max(high, data.inputs[i]!);
    }
    return [low, high] as const;
  });
  const half = Math.max(...bounds.map(([low, high]) => high - low), 1e-6) * (0.5 + padding);
  const [x, y] = bounds.map(([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half] as const);
  return { x: x!, y: y!, size, constant };
}

/** Scores of any weights over the plane, in memory of its own. `weights` as `Training.parameters()` gives them. */
export function scoreGrid(network: Network, { x, y, size, constant }: Plane, host: TrainHost): (weights: Float64Array) => Float32Array {
  const { inputDim, layout } = network;
  const inputs = new Float64Array(size * size * inputDim);
  const at = ([low, high]: readonly [number, number], k: number): number => low + ((high - low) * (k + 0.5)) / size;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = (row * size + column) * inputDim;
      inputs[start] = at(x, column);
      inputs[start + 1] = at(y, row);
      if (constant !== 0) inputs[start + 2] = constant;
    }
  }
  const grid: LabelledData = { inputs, labels: new Int8Array(size * size).fill(1), inputDim };
  const plan = new ArenaPlan().span(layout.totalCount);
  network.plan(plan, sampleShapeOf(grid), "forward");
  const arena = plan.allocate(host.kernels);
  const parameters = arena.span(layout.totalCount);
  const scorer = network.scorer(arena, parameters, grid);
  return (weights) => {
    let next = 0;
    for (const { offset, inputs: fanIn, outputs } of layout.blocks) {
      parameters.view.set(weights.subarray(next, next + fanIn * outputs), offset);
      next += fanIn * outputs;
    }
    scorer.forward();
    return Float32Array.from(scorer.scores.view);
  };
}
