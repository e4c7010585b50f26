const mostPictureInputs = 4096;

/** What of the first layer makes pictures: square inputs of at least 8 x 8. */
export function pictureSide(inputDim: number): number | undefined {
  const side = Math.round(Math.sqrt(inputDim));
  return side * side === inputDim && side >= 8 && inputDim <= mostPictureInputs ? side : undefined;
}
