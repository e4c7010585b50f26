import { tileBytes } from "../matrix/tile";
import { Conv2dShape } from "./conv2dShape";
import { conv2dTile } from "./conv2dTile";
import { fillPlanes, firstOfPhase, planeBytes } from "./planes";

/**
 * conv2dInputGradient: dx[n][channels][height][width] ← Σ over (row, column) of a tap, then the filter, in this order, of w[filters][channels][size][size]
 * times the entry of dz[n][filters][rows][columns] that met the tap there, zero where none did. dx overlaps no input; scratch as `conv2dScratchBytes` says.
 *
 * Inputs of one phase (their place in the padded image modulo the stride) meet the same taps: each phase is a product of its own, four channels by four inputs
 * at a time, that reads the padded dz of one sample where it is. While w is finite, taps that meet nothing for a whole tile are left out: they would add zeros
 * to sums that are never -0. Scratch: shape, tile, weights f64[channels / 4][taps][filters][4], planes, offsets of the taps.
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
  shape.planeColumns = reach + max(shape.columns, (width - 1 + padding) / stride + 1) + 3;
  const planesBytes = planeBytes(shape.planeRows, shape.planeColumns) * <usize>filters;

  const weights = scratch + Conv2dShape.bytes + tileBytes;
  const planes = weights + ((<usize>((channels + 3) & ~3) * <usize>(size * size * filters)) << 3);
  const offsets = planes + planesBytes;
  const isFinite = packByPhase(shape, w, weights, offsets);
  memory.fill(planes, 0, planesBytes);

  const imageBytes = (<usize>(channels * height * width)) << 3;
  const outputBytes = (<usize>(filters * shape.rows * shape.columns)) << 3;
  const first = planes + ((<usize>(reach * shape.planeColumns + reach)) << 3);
  for (; n > 0; --n, dz += outputBytes, dx += imageBytes) {
    fillPlanes(dz, planes, filters, shape.rows, shape.columns, 1, 1, reach, shape.planeRows, shape.planeColumns);
    multiplySample(shape, weights, first, offsets, dx, isFinite);
  }
}

/** Taps along one axis that inputs of a phase meet: phase, phase + stride, ... below `size`. */
function tapsOfPhase(phase: i32, size: i32, stride: i32): i32 {
  return phase < size ? (size - 1 - phase) / stride + 1 : 0;
}

/**
 * Weights f64[channels / 4][phases: taps][filters][4], the taps of one phase after those of another, and offsets int32[phases: taps][filters] of what they meet
 * in the padded dz, in bytes. Returns whether all of w is finite.
 */
function packByPhase(shape: Conv2dShape, w: usize, out: usize, offsets: usize): bool {
  const size = shape.size;
  const stride = shape.stride;
  const filters = shape.filters;
  const tapBytes = (<usize>(size * size)) << 3;
  const filterBytes = tapBytes * <usize>shape.channels;
  const bytes = <i32>planeBytes(shape.planeRows, shape.planeColumns);
  let zero = 0.0;
  for (let channel = 0; channel < shape.channels; channel += 4) {
    const count = min(shape.channels - channel, 4);
    let at = offsets;
    for (let phaseY = 0; phaseY < min(size, stride); ++phaseY) {
      for (let phaseX = 0; phaseX < min(size, stride); ++phaseX) {
        for (let y = phaseY; y < size; y += stride) {
          for (let x = phaseX; x < size; x += stride) {
            let from = w + tapBytes * <usize>channel + ((<usize>(y * size + x)) << 3);
            const back = ((y / stride) * shape.planeColumns + x / stride) << 3;
            for (let filter = 0; filter < filters; ++filter, from += filterBytes, at += 4, out += 32) {
              store<i32>(at, filter * bytes - back);
              for (let i = 0; i < 4; ++i) {
                const value = i < count ? load<f64>(from + tapBytes * <usize>i) : 0;
                store<f64>(out + ((<usize>i) << 3), value);
                zero += value * 0;
              }
            }
          }
        }
      }
    }
  }
  return zero == 0;
}

/** All phases of all channels of one sample; `first` is where tap (0, 0) of filter 0 is met by place (0, 0) of the padded image. */
function multiplySample(shape: Conv2dShape, weights: usize, first: usize, offsets: usize, dx: usize, isFinite: bool): void {
  const size = shape.size;
  const stride = shape.stride;
  const channelBytes = (<usize>(shape.height * shape.width)) << 3;
  for (let channel = 0; channel < shape.channels; channel += 4, dx += channelBytes * 4) {
    let at = offsets;
    for (let phaseY = 0; phaseY < stride; ++phaseY) {
      const tapRows = tapsOfPhase(phaseY, size, stride);
      for (let phaseX = 0; phaseX < stride; ++phaseX) {
        const tapColumns = tapsOfPhase(phaseX, size, stride);
        multiplyPhase(shape, weights, first, at, dx, min(shape.channels - channel, 4), phaseY, phaseX, tapRows, tapColumns, isFinite);
        const depth = <usize>(tapRows * tapColumns * shape.filters);
        at += depth << 2;
        weights += depth << 5;
      }
    }
  }
}

/**
 * The inputs of one phase, for up to four channels: four columns at a time; two columns of two rows where no more than two are left, and at the left and right edge
 * where four would meet more taps together than two and two.
 */
function multiplyPhase(
  shape: Conv2dShape,
  weights: usize,
  first: usize,
  offsets: usize,
  dx: usize,
  channels: i32,
  phaseY: i32,
  phaseX: i32,
  tapRows: i32,
  tapColumns: i32,
  isFinite: bool,
): void {
  const stride = shape.stride;
  const padding = shape.padding;
  const firstY = firstOfPhase(phaseY, stride, padding);
  const firstX = firstOfPhase(phaseX, stride, padding);
  const rows = (shape.height - firstY + stride - 1) / stride;
  const columns = (shape.width - firstX + stride - 1) / stride;
  const placeY = (firstY + padding) / stride;
  const placeX = (firstX + padding) / stride;
  const origin = first + ((<usize>(placeY * shape.planeColumns + placeX)) << 3);
  const target = dx + ((<usize>(firstY * shape.width + firstX)) << 3);
  let left = 0;
  while (left + 4 <= columns && isFinite && isNarrow(placeX + left, tapColumns, shape.columns)) left += 2;
  let right = left;
  while (right + 3 <= columns && !(isFinite && isNarrow(placeX + right, tapColumns, shape.columns))) right += 4;
  for (let y = 0; y < rows; ++y) {
    for (let x = left; x < right; x += 4) {
      const count = min(4, columns - x);
      multiplyTile(shape, weights, origin, offsets, target, channels, placeY, placeX, y, x, count, false, tapRows, tapColumns, isFinite);
    }
  }
  for (let x = left > 0 ? 0 : right; x < columns; x = x + 2 == left ? right : x + 2) {
    const count = min(2, columns - x);
    for (let y = 0; y < rows; y += 2) {
      multiplyTile(
        shape,
        weights,
        origin,
        offsets,
        target,
        channels,
        placeY,
        placeX,
        y,
        x,
        count,
        y + 1 < rows,
        tapRows,
        tapColumns,
        isFinite,
      );
    }
  }
}

/** Tap columns below `taps` that `count` places from `place` on meet in `columns` columns of dz. */
function tapsMet(place: i32, count: i32, taps: i32, columns: i32): i32 {
  return max(min(taps, place + count) - max(0, place - columns + 1), 0);
}

/** True if four places from `place` on meet more taps together than two and two of them. */
function isNarrow(place: i32, taps: i32, columns: i32): bool {
  return tapsMet(place, 2, taps, columns) + tapsMet(place + 2, 2, taps, columns) < 2 * tapsMet(place, 4, taps, columns);
}

/**
 * `count` inputs of one phase from row y and column x of it on; those of the next row as well if `isPair`, and then at most two. Row and column 0 of the phase lie
 * at (placeY, placeX) of the padded dz, in memory at `origin`, and in dx at `target`.
 */
function multiplyTile(
  shape: Conv2dShape,
  weights: usize,
  origin: usize,
  offsets: usize,
  target: usize,
  channels: i32,
  placeY: i32,
  placeX: i32,
  y: i32,
  x: i32,
  count: i32,
  isPair: bool,
  tapRows: i32,
  tapColumns: i32,
  isFinite: bool,
): void {
  const stride = shape.stride;
  const tile = changetype<usize>(shape) + Conv2dShape.bytes;
  const rowBytes = (<usize>(stride * shape.width)) << 3;
  const step = (<usize>stride) << 3;
  placeY += y;
  placeX += x;
  const lowY = isFinite ? max(0, placeY - shape.rows + 1) : 0;
  const highY = isFinite ? min(tapRows, placeY + 1 + <i32>isPair) : tapRows;
  const lowX = isFinite ? max(0, placeX - shape.columns + 1) : 0;
  const highX = isFinite ? min(tapColumns, placeX + count) : tapColumns;
  const met = highX > lowX ? max(highY - lowY, 0) : 0;
  const isWhole = met == 0 || highX - lowX == tapColumns;
  const start = <usize>((lowY * tapColumns + lowX) * shape.filters);
  conv2dTile(
    weights + (start << 5),
    origin + ((<usize>(y * shape.planeColumns + x)) << 3),
    isPair ? (<usize>shape.planeColumns) << 3 : 16,
    offsets + (start << 2),
    target + rowBytes * <usize>y + step * <usize>x,
    (<usize>(shape.height * shape.width)) << 3,
    step,
    rowBytes,
    channels,
    count,
    isWhole ? 1 : met,
    (isWhole ? met * tapColumns : highX - lowX) * shape.filters,
    (tapColumns - highX + lowX) * shape.filters,
    false,
    tile,
  );
}
