import { balancedDepth, depthBlock, inFives } from "../matrix/blocking";
import { microIndexed } from "../matrix/microIndexed";
import { microPixels } from "../matrix/microPixels";
import { packStrands4 } from "../matrix/pack";
import { tileBytes } from "../matrix/tile";
import { Conv2dShape } from "./conv2dShape";
import { conv2dTile } from "./conv2dTile";
import { areInputPlanes, fillInputPlanes, inputTaps, planAsPlanes, planInputPlanes } from "./planes";

/**
 * conv2dForward: z[n][filters][rows][columns] ← the cross-correlation of x[n][channels][height][width], zero outside, with w[filters][channels][size][size],
 * sequential over (channel, row, column) of the filter. z overlaps no input; scratch as `conv2dScratchBytes` says.
 *
 * Per sample the product [filters][taps] times [taps][pixels], four filters by five or four neighbouring pixels at a time. The pixels are read where they
 * are, in x or in planes of it, so nothing is unfolded. Scratch: shape, tile, weights f64[filters / 4][taps][4], planes, offsets of the taps.
 */
export function conv2dForward(
  x: usize,
  w: usize,
  z: usize,
  n: i32,
  channels: i32,
  height: i32,
  width: i32,
  filters: i32,
  size: i32,
  stride: i32,
  padding: i32,
  scratch: usize,
): void {
  const shape = Conv2dShape.place(scratch, channels, height, width, filters, size, stride, padding);
  if (shape.rows == 0 || shape.columns == 0) return;
  const planesBytes = planInputPlanes(shape);
  const taps = channels * size * size;
  const depth = balancedDepth(taps, depthBlock);

  const weights = scratch + Conv2dShape.bytes + tileBytes;
  const planes = weights + ((<usize>((filters + 3) & ~3) * <usize>taps) << 3);
  const offsets = planes + planesBytes;
  packStrands4(w, (<usize>taps) << 3, filters, taps, weights);
  const inPlace = areInputPlanes(shape) && isExact(shape);
  if (inPlace) planAsPlanes(shape);
  inputTaps(shape, offsets);
  if (!inPlace) memory.fill(planes, 0, planesBytes);

  const imageBytes = (<usize>(channels * height * width)) << 3;
  const outputBytes = (<usize>(filters * shape.rows * shape.columns)) << 3;
  for (; n > 0; --n, x += imageBytes, z += outputBytes) {
    if (!inPlace) fillInputPlanes(shape, x, planes);
    let p = 0;
    do {
      const kc = min(taps - p, depth);
      multiplyBlock(shape, weights, inPlace ? x : planes, offsets, z, p, kc);
      p += kc;
    } while (p < taps);
  }
}

/** True if no tile reads columns beyond the last. */
function isExact(shape: Conv2dShape): bool {
  const columns = shape.columns;
  return (columns & 3) == 0 || ((shape.filters & 3) == 0 && inFives(columns) > 0);
}

/**
 * `depth` taps from p on, of one sample: z ← their sums, or z + their sums if p > 0. Five columns at a time as long as fours make up the rest of a row, three at its
 * end as well; where one or two are left, two rows of them.
 */
function multiplyBlock(shape: Conv2dShape, weights: usize, planes: usize, offsets: usize, z: usize, p: i32, depth: i32): void {
  const tile = changetype<usize>(shape) + Conv2dShape.bytes;
  const columns = shape.columns;
  const stride = (<usize>(shape.rows * columns)) << 3;
  const apart = (<usize>shape.planeColumns) << 3;
  const rowBytes = (<usize>columns) << 3;
  const panelBytes = (<usize>(shape.channels * shape.size * shape.size)) << 5;
  const most = inFives(columns);
  const rest = (columns - most) & 3;
  const wide = rest == 3 ? columns : columns - rest;
  let panel = weights + ((<usize>p) << 5);
  offsets += (<usize>p) << 2;
  for (let filter = 0; filter < shape.filters; filter += 4, panel += panelBytes, z += stride * 4) {
    const height = min(shape.filters - filter, 4);
    const fives = height == 4 ? most : 0;
    for (let y = 0; y < shape.rows; ++y) {
      let from = planes + apart * <usize>y;
      let target = z + rowBytes * <usize>y;
      let x = 0;
      for (; x < fives; x += 5, from += 40, target += 40) microPixels(panel, from, offsets, target, stride, depth, p > 0);
      for (; x < wide; x += 4, from += 32, target += 32) {
        if (height == 4 && x + 4 <= wide)
          microIndexed(panel, from, offsets, target, stride, depth, p > 0); // few taps: no detour
        else conv2dTile(panel, from, 16, offsets, target, stride, 0, height, min(wide - x, 4), depth, p > 0, tile);
      }
    }
    if (wide == columns) continue;
    let from = planes + ((<usize>wide) << 3);
    let target = z + ((<usize>wide) << 3);
    for (let y = 0; y < shape.rows; y += 2, from += apart * 2, target += rowBytes * 2) {
      const isPair = y + 1 < shape.rows;
      conv2dTile(panel, from, isPair ? apart : 16, offsets, target, stride, rowBytes, height, rest, depth, p > 0, tile);
    }
  }
}
