/** Sizes of a pooling, as the kernels take them. */
export interface PoolShape {
  readonly n: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly size: number;
  readonly stride: number;
}

/** The rows or columns of windows along an edge: those that fit. */
const starts = (extent: number, { size, stride }: PoolShape): number[] =>
  Array.from({ length: extent }, (_, i) => i * stride).filter((start) => start + size <= extent);

/** The entries of every window, as indices in row-major order, windows in the order of z. */
export function windows(shape: PoolShape): number[][] {
  const { n, channels, height, width, size } = shape;
  const offsets = Array.from({ length: size }, (_, i) => i);
  return Array.from({ length: n * channels }, (_, plane) => plane * height * width).flatMap((image) =>
    starts(height, shape).flatMap((top) =>
      starts(width, shape).map((left) => offsets.flatMap((y) => offsets.map((x) => image + (top + y) * width + left + x))),
    ),
  );
}

/** The first of the largest values, and its position; the first NaN if there is one. */
export function firstLargest(values: readonly number[]): { readonly value: number; readonly at: number } {
  const hole = values.findIndex(Number.isNaN);
  const at = hole >= 0 ? hole : values.findIndex((value) => values.every((other) => other <= value));
  return { value: values[at]!, at };
}
