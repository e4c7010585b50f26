/** The shape of one sample at some place of a network, [channels][height][width], row-major; height and width of a vector are 1. */
export interface FeatureShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The number of entries of a sample. */
export function sizeOf({ channels, height, width }: FeatureShape): number {
  return channels * height * width;
}

/** The shape of a vector. */
export function vectorOf(length: number): FeatureShape {
  return { channels: length, height: 1, width: 1 };
}

/** The images of a Python program over PyTorch whose rows are the rows of the matrix `x`. */
export function imagesSource(x: string, { channels, height, width }: FeatureShape): string {
  return `${x}.reshape(-1, ${channels}, ${height}, ${width})`;
}
