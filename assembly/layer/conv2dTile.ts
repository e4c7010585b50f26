import { microIndexed } from "../matrix/microIndexed";
import { microPaired } from "../matrix/microPaired";
import { copyTile } from "../matrix/tile";

/**
 * conv2dTile: one tile of a product of packed weights with planes, of `height` ≤ 4 images by `width` entries: up to four neighbours in a row if apart = 16, or up to two
 * in each of two rows, `apart` bytes apart in the planes.
 *
 * panel, from, offsets, depth, accumulate: as a, b and the rest of `microIndexed`. target: images `stride` bytes apart, the second row `targetApart`; nothing but the
 * tile is written. tile: scratch of `tileBytes`.
 */
export function conv2dTile(
  panel: usize,
  from: usize,
  apart: usize,
  offsets: usize,
  target: usize,
  stride: usize,
  targetApart: usize,
  height: i32,
  width: i32,
  depth: i32,
  accumulate: bool,
  tile: usize,
): void {
  const isPair = apart != 16;
  if (height == 4 && width == (isPair ? 2 : 4)) {
    sum(panel, from, apart, offsets, target, stride, targetApart, depth, accumulate);
    return;
  }
  if (accumulate) {
    copyTile(target, stride, 8, tile, 32, 8, height, width);
    if (isPair) copyTile(target + targetApart, stride, 8, tile + 16, 32, 8, height, width);
  }
  sum(panel, from, apart, offsets, tile, 32, 16, depth, accumulate);
  copyTile(tile, 32, 8, target, stride, 8, height, width);
  if (isPair) copyTile(tile + 16, 32, 8, target + targetApart, stride, 8, height, width);
}

/** By the micro-kernel of a row or that of two. */
function sum(
  panel: usize,
  from: usize,
  apart: usize,
  offsets: usize,
  out: usize,
  stride: usize,
  outApart: usize,
  depth: i32,
  accumulate: bool,
): void {
  if (apart == 16) microIndexed(panel, from, offsets, out, stride, depth, accumulate);
  else microPaired(panel, from, apart, offsets, out, stride, outApart, depth, accumulate);
}
