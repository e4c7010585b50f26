import { type DatasetDefinition, pixelsOf } from "@steepest/experiments";

const mostPictureInputs = 4096;

/**
 * The side of images whose first-layer weights make pictures: square ones of at least 8 x 8, a bias coordinate left out. Drawn data are no images,
 * whatever their dimension.
 */
export function pictureSide(data: DatasetDefinition): number | undefined {
  const pixels = pixelsOf(data) ?? 0;
  const side = Math.round(Math.sqrt(pixels));
  return side * side === pixels && side >= 8 && pixels <= mostPictureInputs ? side : undefined;
}
