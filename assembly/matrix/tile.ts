/** Bytes of a tile of 4 x 4. */
export const tileBytes: usize = 128;

/** copyTile: `height` x `width` entries of f64; rows lie `stride` and entries of a row `step` bytes apart, on either side. */
export function copyTile(
  from: usize,
  fromStride: usize,
  fromStep: usize,
  to: usize,
  toStride: usize,
  toStep: usize,
  height: i32,
  width: i32,
): void {
  for (; height > 0; --height, from += fromStride, to += toStride) {
    let source = from;
    let target = to;
    for (let j = 0; j < width; ++j, source += fromStep, target += toStep) store<f64>(target, load<f64>(source));
  }
}
