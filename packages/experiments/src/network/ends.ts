import { type DatasetDefinition, datasetSizes } from "../dataset/registry.js";
import type { NetworkEnds } from "./member.js";

/** The ends of a network for the data of a definition, as far as the definition says. */
export function endsOf(dataset: DatasetDefinition): NetworkEnds {
  const { inputDim, image, classes } = datasetSizes(dataset);
  return { inputDim, image, outputs: classes ?? 1 };
}

/** The ends of a network for data that has been drawn: files may hold images of another size. */
export function endsOfDrawn(
  dataset: DatasetDefinition,
  { inputDim, classes = 1 }: { readonly inputDim: number; readonly classes?: number },
): NetworkEnds {
  const { image } = datasetSizes(dataset);
  const isWhole = image && image.channels * image.height * image.width === inputDim;
  return { inputDim, image: isWhole ? image : undefined, outputs: classes };
}
