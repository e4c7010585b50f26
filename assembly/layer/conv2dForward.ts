import { balancedDepth, depthBlock } from "../matrix/blocking";
import { microIndexed } from "../matrix/microIndexed";
import { microPaired } from "../matrix/microPaired";
import { packStrands4 } from "../matrix/pack";
import { copyTile, tileBytes } from "../matrix/tile";
import { Conv2dShape } from "./conv2dShape";
import { fillInputPlanes, inputTaps, planInputPlanes } from "./planes";

/**
 * conv2dForward: z[n][filters][rows][columns] ← the cross-correlation of x[n][channels][height][width], zero outside, with w[filters][channels][size][size],
 * sequential over (channel, row, column) of the filter. z overlaps no input; scratch as `conv2dScratchBytes` says.
 *
 * Per sample the product [filters][taps] times [taps][pixels], four filters by four neighbouring pixels at a time. The pixels are read where they are, in
 * planes, so nothing is unfolded. Scratch: shape, tile, weights f64[filters / 4][taps][4], planes, offsets of the taps.
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
  inputTaps(shape, offsets);
  memory.fill(planes, 0, planesBytes);

  const imageBytes = (<usize>(channels * height * width)) << 3;
  const outputBytes = (<usize>(filters * shape.rows * shape.columns)) << 3;
  for (; n > 0; --n, x += imageBytes, z += outputBytes) {
    fillInputPlanes(shape, x, planes);
    let p = 0;
    do {
      const kc = min(taps - p, depth);
      multiplyBlock(shape, weights, planes, offsets, z, p, kc);
      p += kc;
    } while (p < taps);
  }
}

/** `depth` taps from p on, of one sample: z ← their sums, or z + their sums if p > 0. */
function multiplyBlock(shape: Conv2dShape, weights: usize, planes: usize, offsets: usize, z: usize, p: i32, depth: i32): void {
  const stride = (<usize>(shape.rows * shape.columns)) << 3;
  const panelBytes = (<usize>(shape.channels * shape.size * shape.size)) << 5;
  const rest = shape.columns & 3;
  const wide = rest == 3 ? shape.columns : shape.columns - rest;
  let panel = weights + ((<usize>p) << 5);
  offsets += (<usize>p) << 2;
  for (let filter = 0; filter < shape.filters; filter += 4, panel += panelBytes, z += stride * 4) {
    const height = min(shape.filters - filter, 4);
    multiplyRows(shape, panel, planes, offsets, z, height, 0, 0, wide, depth, p > 0);
    if (wide == shape.columns) continue;
    multiplyPairs(shape, panel, planes, offsets, z, height, wide, depth, p > 0);
    if (shape.rows & 1) multiplyRows(shape, panel, planes, offsets, z, height, shape.rows - 1, wide, shape.columns, depth, p > 0);
  }
}

/** Columns `first` to `end` of the outputs from row `y` on, for up to four filters, four columns at a time. */
function multiplyRows(
  shape: Conv2dShape,
  panel: usize,
  planes: usize,
  offsets: usize,
  z: usize,
  height: i32,
  y: i32,
  first: i32,
  end: i32,
  depth: i32,
  accumulate: bool,
): void {
  const tile = changetype<usize>(shape) + Conv2dShape.bytes;
  const columns = shape.columns;
  const stride = (<usize>(shape.rows * columns)) << 3;
  for (; y < shape.rows; ++y) {
    let from = planes + ((<usize>(y * shape.planeColumns + first)) << 3);
    let target = z + ((<usize>(y * columns + first)) << 3);
    for (let x = first; x < end; x += 4, from += 32, target += 32) {
      const width = min(end - x, 4);
      if (width == 4 && height == 4) {
        microIndexed(panel, from, offsets, target, stride, depth, accumulate);
      } else {
        if (accumulate) copyTile(target, stride, 8, tile, 32, 8, height, width);
        microIndexed(panel, from, offsets, tile, 32, depth, accumulate);
        copyTile(tile, 32, 8, target, stride, 8, height, width);
      }
    }
  }
}

/** The one or two columns from `first` on, for up to four filters, two rows at a time; the last row of an odd number is left out. */
function multiplyPairs(
  shape: Conv2dShape,
  panel: usize,
  planes: usize,
  offsets: usize,
  z: usize,
  height: i32,
  first: i32,
  depth: i32,
  accumulate: bool,
): void {
  const tile = changetype<usize>(shape) + Conv2dShape.bytes;
  const width = shape.columns - first;
  const stride = (<usize>(shape.rows * shape.columns)) << 3;
  const rowBytes = (<usize>shape.columns) << 3;
  const apart = (<usize>shape.planeColumns) << 3;
  let from = planes + ((<usize>first) << 3);
  let target = z + ((<usize>first) << 3);
  for (let y = 1; y < shape.rows; y += 2, from += apart * 2, target += rowBytes * 2) {
    if (width == 2 && height == 4) {
      microPaired(panel, from, apart, offsets, target, stride, rowBytes, 1, depth, 0, accumulate);
    } else {
      if (accumulate) {
        copyTile(target, stride, 8, tile, 32, 8, height, width);
        copyTile(target + rowBytes, stride, 8, tile + 16, 32, 8, height, width);
      }
      microPaired(panel, from, apart, offsets, tile, 32, 16, 1, depth, 0, accumulate);
      copyTile(tile, 32, 8, target, stride, 8, height, width);
      copyTile(tile + 16, 32, 8, target + rowBytes, stride, 8, height, width);
    }
  }
}
