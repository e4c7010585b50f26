import { activation } from "@steepest/core";
import { type DatasetDefinition, datasetSizes, type NetworkChoice } from "@steepest/experiments";
import { type RaceData, type RaceSetup, without } from "./raceSetup.js";

/** The members of a setup that make its network. */
export type NetworkSetup = Pick<RaceSetup, "width" | "depth" | "activation" | "bias" | "filter" | "init">;

/** Pixels along a side of the squares of which the page's convolutions keep the largest entry. */
export const poolSize = 2;

/** True for data whose samples are images, which convolutions need. */
export const hasImages = (data: DatasetDefinition): boolean => datasetSizes(data).image !== undefined;

/** True if the network is not homogeneous: its activation is not, or a bias stands behind the first layer. */
export function isMeasured({ depth, activation: choice, bias }: NetworkSetup): boolean {
  return depth > 0 && (activation(choice).limit !== undefined || (bias === "every" && depth > 1));
}

/** The network of a setup as a definition has it. */
export function networkOf(setup: NetworkSetup): NetworkChoice {
  const { width, depth, activation, bias, filter, init } = setup;
  if (depth === 0) return { kind: "linear", ...(bias && { bias: true }), init };
  const measured = isMeasured(setup) ? ({ homogeneity: "measured" } as const) : {};
  if (!bias && filter === undefined)
    return { kind: "mlp", hidden: Array.from({ length: depth }, () => width), activation, ...measured, init };
  const layers = Array.from({ length: depth }, (_, l) => {
    const biased = bias === "every" || (bias && l === 0) ? { bias: true } : {};
    return filter === undefined
      ? [{ kind: "dense" as const, units: width, ...biased }, activation]
      : [{ kind: "conv2d" as const, channels: width, size: filter, ...biased }, activation, { kind: "maxPool" as const, size: poolSize }];
  });
  return { kind: "layers", layers: layers.flat(), ...measured, init };
}

/** A weight matrix, and at how many places of a sample it is multiplied. */
export interface UsedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly places: number;
}

/** The weight matrices of a setup's network on data, biases among them. */
export function matricesOf({ width, depth, bias, filter }: NetworkSetup, data: DatasetDefinition): UsedMatrix[] {
  const { inputDim, image, classes = 1 } = datasetSizes(data);
  const matrices: UsedMatrix[] = [];
  const add = (rows: number, columns: number, places: number, biased: boolean): void => {
    matrices.push({ rows, columns, places });
    if (biased) matrices.push({ rows, columns: 1, places });
  };
  let { channels, height, width: across } = (filter !== undefined && image) || { channels: inputDim, height: 1, width: 1 };
  for (let l = 0; l < depth; l++) {
    const biased = bias === "every" || (bias === true && l === 0);
    const side = filter ?? 1;
    [height, across] = [height - side + 1, across - side + 1];
    add(width, channels * side * side, height * across, biased);
    if (filter !== undefined) [height, across] = [Math.floor(height / poolSize), Math.floor(across / poolSize)];
    channels = width;
  }
  add(classes, channels * height * across, 1, depth === 0 && bias !== undefined);
  return matrices;
}

/** The setup on other data; convolutions become dense layers where those are no images. */
export function onData(setup: RaceSetup, data: RaceData): RaceSetup {
  const changed = { ...setup, data };
  return data.kind !== "dropped" && hasImages(data) ? changed : without("filter", changed);
}
