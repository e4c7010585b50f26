import type { Network } from "@steepest/core";
import { type DatasetDefinition, datasetSizes, pixelsOf } from "@steepest/experiments";

const mostPictureInputs = 4096;

/**
 * The side of the first layer's weights as pictures: of images, square ones of at least 8 x 8, a bias coordinate left out; of filters over images of one channel,
 * theirs. Drawn data are no images, whatever their dimension.
 */
export function pictureSide(data: DatasetDefinition, { layout, inputDim }: Pick<Network, "layout" | "inputDim">): number | undefined {
  const { inputs } = layout.blocks[0]!;
  const isFilter = inputs !== inputDim;
  const pixels = isFilter ? (datasetSizes(data).image?.channels === 1 ? inputs : 0) : (pixelsOf(data) ?? 0);
  const side = Math.round(Math.sqrt(pixels));
  return side * side === pixels && side >= (isFilter ? 2 : 8) && pixels <= mostPictureInputs ? side : undefined;
}
