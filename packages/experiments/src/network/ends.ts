import type { SupervisedData } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { type DatasetDefinition, datasetSizes } from "../dataset/registry.js";
import type { NetworkEnds } from "./member.js";

/** The ends of a network for the data of a definition, as far as the definition says. */
export function endsOf(dataset: DatasetDefinition): NetworkEnds {
  const { inputDim, image, classes, outputs } = datasetSizes(dataset);
  return { inputDim, image, outputs: outputs ?? classes ?? 1 };
}

/** The ends of a network for data that has been drawn: files may hold images of another size. */
export function endsOfDrawn(dataset: DatasetDefinition, data: SupervisedData): NetworkEnds {
  const { inputDim } = data;
  const { image } = datasetSizes(dataset);
  const isWhole = image && image.channels * image.height * image.width === inputDim;
  return { inputDim, image: isWhole ? image : undefined, outputs: hasTargets(data) ? data.outputs : (data.classes ?? 1) };
}
