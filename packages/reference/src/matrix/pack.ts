/** Vectors of a product: element k of vector i lies at `offset + i * vectorStride + k * stepStride`, in elements. */
export interface Operand {
  readonly offset: number;
  readonly vectorStride: number;
  readonly stepStride: number;
}

/** `count` vectors into panels [depth][width] at `out`, the last panel padded with zeros. */
export function packPanels(data: Float64Array, source: Operand, count: number, depth: number, width: number, out: number): void {
  const { vectorStride, stepStride } = source;
  let panel = out;
  for (let first = 0; first < count; first += width, panel += width * depth) {
    const vectors = Math.min(count - first, width);
    const offset = source.offset + first * vectorStride;
    if (vectors < width) data.fill(0, panel, panel + width * depth);
    for (let i = 0; i < vectors; i += 1) {
      let from = offset + i * vectorStride;
      const end = panel + i + width * depth;
      for (let to = panel + i; to < end; to += width, from += stepStride) data[to] = data[from]!;
    }
  }
}
