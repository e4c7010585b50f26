import { microIndexed } from "../matrix/microIndexed";
import { microPaired } from "../matrix/microPaired";
import { copyTile } from "../matrix/tile";

/**
 * conv2dTile: one tile of a product of packed weights with planes, of `height` ≤ 4 images by `width` entries: up to four neighbours in a row if apart = 16, or up to two
 * in each of two rows, `apart` bytes apart in the planes.
 *
 * panel, from, offsets, runs, depth, skip, accumulate: as a, b and the rest of `microPaired`. target: images `stride` bytes apart, entries `step`, the second row
 * `targetApart`; nothing but the tile is written. tile: scratch of `tileBytes`.
 */
export function conv2dTile(
  panel: usize,
  from: usize,
  apart: usize,
  offsets: usize,
  target: usize,
  stride: usize,
  step: usize,
  targetApart: usize,
  height: i32,
  width: i32,
  runs: i32,
  depth: i32,
  skip: i32,
  accumulate: bool,
  tile: usize,
): void {
  const isPair = apart != 16;
  if (height == 4 && step == 8 && width == (isPair ? 2 : 4)) {
    sum(panel, from, apart, offsets, target, stride, isPair ? targetApart : 16, runs, depth, skip, accumulate);
    return;
  }
  if (accumulate) {
    copyTile(target, stride, step, tile, 32, 8, height, width);
    if (isPair) copyTile(target + targetApart, stride, step, tile + 16, 32, 8, height, width);
  }
  sum(panel, from, apart, offsets, tile, 32, 16, runs, depth, skip, accumulate);
  copyTile(tile, 32, 8, target, stride, step, height, width);
  if (isPair) copyTile(tile + 16, 32, 8, target + targetApart, stride, step, height, width);
}

/** By the quicker of the two micro-kernels. */
function sum(
  panel: usize,
  from: usize,
  apart: usize,
  offsets: usize,
  out: usize,
  stride: usize,
  outApart: usize,
  runs: i32,
  depth: i32,
  skip: i32,
  accumulate: bool,
): void {
  if (apart == 16 && runs == 1) microIndexed(panel, from, offsets, out, stride, depth, accumulate);
  else microPaired(panel, from, apart, offsets, out, stride, outApart, runs, depth, skip, accumulate);
}
