import { microStrands } from "../matrix/microStrands";
import { packTurned } from "../matrix/pack";
import { unpackStrands4 } from "../matrix/unpack";
import { Conv2dShape } from "./conv2dShape";
import { GradientTile, planGradientTiles, turnedColumn, turnedRow } from "./gradientTiles";

/**
 * conv2dInputGradient: dx[n][channels][height][width] ← Σ over (row, column) of a tap, then the filter, in this order, of w[filters][channels][size][size]
 * times the entry of dz[n][filters][rows][columns] that met the tap there, zero where none did. dx overlaps no input; scratch as `conv2dScratchBytes` says.
 *
 * Inputs of one phase (their place in the padded image modulo the stride) meet the same taps: four channels by four inputs at a time read the planes of one sample,
 * which is dz from its last entry to its first, padded, filters innermost. So what an input meets along a row of taps is contiguous, and any four inputs make a tile.
 * While w is finite, taps that meet nothing for a whole tile are left out: they would add zeros to sums that are never -0. Scratch: shape, weights
 * f64[channels / 4][phases: taps][filters][4], planes, sums f64[inputs][4], tiles.
 */
export function conv2dInputGradient(
  dz: usize,
  w: usize,
  dx: usize,
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
  const reach = (size - 1) / stride;
  shape.planeRows = reach + max(shape.rows, (height - 1 + padding) / stride + 1);
  shape.planeColumns = reach + max(shape.columns, (width - 1 + padding) / stride + 1);
  const planesBytes = (<usize>(shape.planeRows * shape.planeColumns * filters)) << 3;
  const panelBytes = (<usize>(size * size * filters)) << 5;
  const pixels = height * width;

  const weights = scratch + Conv2dShape.bytes;
  const planes = weights + panelBytes * <usize>((channels + 3) >> 2);
  const sums = planes + planesBytes;
  const plan = sums + ((<usize>pixels) << 5);
  const tiles = plan + 64;
  packByPhase(shape, w, weights);
  const end = planGradientTiles(shape, areFinite(weights, planes), plan);
  memory.fill(planes, 0, planesBytes);

  const channelBytes = (<usize>pixels) << 3;
  const outputBytes = (<usize>(filters * shape.rows * shape.columns)) << 3;
  for (; n > 0; --n, dz += outputBytes) {
    turnPlanes(shape, dz, planes);
    let panel = weights;
    for (let channel = 0; channel < channels; channel += 4, panel += panelBytes) {
      for (let tile = tiles; tile < end; tile += GradientTile.bytes) multiplyTile(changetype<GradientTile>(tile), planes, panel, sums);
      const count = min(channels - channel, 4);
      unpackStrands4(sums, pixels, count, dx, channelBytes);
      dx += channelBytes * <usize>count;
    }
  }
}

/** Weights f64[channels / 4][phases: taps][filters][4], the taps of one phase after those of another. */
function packByPhase(shape: Conv2dShape, w: usize, out: usize): void {
  const size = shape.size;
  const stride = shape.stride;
  const tapBytes = (<usize>(size * size)) << 3;
  const filterBytes = tapBytes * <usize>shape.channels;
  for (let channel = 0; channel < shape.channels; channel += 4) {
    const count = min(shape.channels - channel, 4);
    for (let phaseY = 0; phaseY < min(size, stride); ++phaseY) {
      for (let phaseX = 0; phaseX < min(size, stride); ++phaseX) {
        for (let y = phaseY; y < size; y += stride) {
          for (let x = phaseX; x < size; x += stride) {
            let from = w + tapBytes * <usize>channel + ((<usize>(y * size + x)) << 3);
            for (let filter = 0; filter < shape.filters; ++filter, from += filterBytes, out += 32) {
              for (let i = 0; i < 4; ++i) {
                const value = i < count ? load<f64>(from + tapBytes * <usize>i) : 0;
                store<f64>(out + ((<usize>i) << 3), value);
              }
            }
          }
        }
      }
    }
  }
}

/** True if all of some fours of numbers are finite. */
function areFinite(from: usize, end: usize): bool {
  const zero = f64x2.splat(0);
  let left = zero;
  let right = zero;
  for (; from < end; from += 32) {
    left = f64x2.add(left, f64x2.mul(v128.load(from), zero));
    right = f64x2.add(right, f64x2.mul(v128.load(from, 16), zero));
  }
  return i64x2.all_true(f64x2.eq(f64x2.add(left, right), zero));
}

/** One sample of dz into its planes f64[rows][columns][filters], both axes turned round, which are zero elsewhere. */
function turnPlanes(shape: Conv2dShape, dz: usize, planes: usize): void {
  const reach = (shape.size - 1) / shape.stride;
  const pixelBytes = (<usize>shape.filters) << 3;
  const rowBytes = (<usize>shape.columns) << 3;
  const planeRowBytes = pixelBytes * <usize>shape.planeColumns;
  let to = planes + planeRowBytes * <usize>turnedRow(shape, reach, 0) + pixelBytes * <usize>turnedColumn(shape, reach, 0);
  for (let row = 0; row < shape.rows; ++row, dz += rowBytes, to -= planeRowBytes) {
    packTurned(dz, rowBytes * <usize>shape.rows, shape.filters, shape.columns, to, pixelBytes);
  }
}

function multiplyTile(tile: GradientTile, planes: usize, panel: usize, sums: usize): void {
  microStrands(
    planes + <usize>tile.from0,
    planes + <usize>tile.from1,
    planes + <usize>tile.from2,
    planes + <usize>tile.from3,
    <usize>tile.skip,
    panel + <usize>tile.panel,
    <usize>tile.panelSkip,
    sums + <usize>tile.to0,
    sums + <usize>tile.to1,
    sums + <usize>tile.to2,
    sums + <usize>tile.to3,
    tile.rows,
    tile.columns,
    false,
  );
}
