import { type DatasetDefinition, datasetSizes } from "@steepest/experiments";

const mostPictureInputs = 4096;

/**
 * The side of images whose first-layer weights make pictures: square ones of at least 8 x 8, a bias coordinate left out. Drawn data are no images,
 * whatever their dimension.
 */
export function pictureSide(data: DatasetDefinition, inputDim: number): number | undefined {
  const { image } = datasetSizes(data);
  if ((image === undefined || image.channels > 1) && data.kind !== "points") return undefined;
  const pixels = data.kind === "points" && data.constant !== 0 ? inputDim - 1 : inputDim;
  const side = Math.round(Math.sqrt(pixels));
  return side * side === pixels && side >= 8 && pixels <= mostPictureInputs ? side : undefined;
}
