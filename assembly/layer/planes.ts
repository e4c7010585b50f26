import { Conv2dShape } from "./conv2dShape";

/*
 * Planes: the images of one sample, padded with zeros and, for a stride s > 1, taken apart by phase: plane (ry, rx) of a channel has the entries at rows
 * ry, ry + s, ry + 2 s, ... and columns rx, rx + s, ... of the padded image. What one tap of a filter meets along a row of outputs is then contiguous.
 */

/** Bytes of a plane: an odd number of cache lines, so that the planes of many channels do not fall on the same sets of a cache. */
export function planeBytes(rows: i32, columns: i32): usize {
  return ((((<usize>rows * <usize>columns) << 3) + 63) & ~63) | 64;
}

/** The first index i ≥ 0 along an axis whose place in the padded image, i + padding, has the phase. */
export function firstOfPhase(phase: i32, stride: i32, padding: i32): i32 {
  const first = (phase - padding) % stride;
  return first < 0 ? first + stride : first;
}

/**
 * fillPlanes: the entries of x into planes f64[channels][phases][phases][rows][columns] that are zero elsewhere; those outside of the planes are left out.
 *
 * x: f64[channels][height][width], overlaps nothing. A plane is `planeBytes(rows, columns)` long.
 */
export function fillPlanes(
  x: usize,
  planes: usize,
  channels: i32,
  height: i32,
  width: i32,
  stride: i32,
  phases: i32,
  padding: i32,
  rows: i32,
  columns: i32,
): void {
  const bytes = planeBytes(rows, columns);
  const imageBytes = (<usize>(height * width)) << 3;
  for (let phaseY = 0; phaseY < phases; ++phaseY) {
    const firstY = firstOfPhase(phaseY, stride, padding);
    const row = (firstY + padding) / stride;
    const tall = min((height - firstY + stride - 1) / stride, rows - row);
    for (let phaseX = 0; phaseX < phases; ++phaseX, planes += bytes) {
      const firstX = firstOfPhase(phaseX, stride, padding);
      const column = (firstX + padding) / stride;
      const wide = min((width - firstX + stride - 1) / stride, columns - column);
      let image = x + ((<usize>(firstY * width + firstX)) << 3);
      let plane = planes + ((<usize>(row * columns + column)) << 3);
      for (let channel = 0; channel < channels; ++channel, image += imageBytes, plane += bytes * <usize>(phases * phases)) {
        copyGrid(image, (<usize>(stride * width)) << 3, (<usize>stride) << 3, plane, (<usize>columns) << 3, tall, wide);
      }
    }
  }
}

/** `tall` rows of `wide` entries, `stride` and `step` bytes apart, into rows of neighbours, `toStride` bytes apart; nothing where a count is negative. */
function copyGrid(from: usize, stride: usize, step: usize, to: usize, toStride: usize, tall: i32, wide: i32): void {
  if (wide <= 0) return;
  const pairs = step == 8 ? (<usize>(wide & ~1)) << 3 : 0;
  const end = (<usize>wide) << 3;
  for (; tall > 0; --tall, from += stride, to += toStride) {
    let source = from;
    let target = to;
    for (const pairEnd = to + pairs; target < pairEnd; source += 16, target += 16) v128.store(target, v128.load(source));
    for (const rowEnd = to + end; target < rowEnd; source += step, target += 8) store<f64>(target, load<f64>(source));
  }
}

/** Planes per axis and channel of x: as many phases as taps meet. */
function phasesOf(shape: Conv2dShape): i32 {
  return min(shape.size, shape.stride);
}

/** True if the images are their own planes: no padding, and every pixel of one phase. They end where the outputs end, so that no tile may read further. */
export function areInputPlanes(shape: Conv2dShape): bool {
  return shape.stride == 1 && shape.padding == 0;
}

/** planAsPlanes: sizes of the images as their own planes, which need no memory. */
export function planAsPlanes(shape: Conv2dShape): void {
  shape.planeRows = shape.height;
  shape.planeColumns = shape.width;
  shape.planeBytes = (shape.height * shape.width) << 3;
}

/**
 * planInputPlanes: sizes of the planes of x, in which the outputs, rounded up to four in a row, find all that their taps meet; returns the bytes of all planes
 * of a sample.
 */
export function planInputPlanes(shape: Conv2dShape): usize {
  const reach = (shape.size - 1) / shape.stride;
  const phases = phasesOf(shape);
  shape.planeRows = shape.rows + reach;
  shape.planeColumns = ((shape.columns + 3) & ~3) + reach;
  shape.planeBytes = <i32>planeBytes(shape.planeRows, shape.planeColumns);
  return <usize>shape.planeBytes * <usize>(shape.channels * phases * phases);
}

/** fillInputPlanes: one sample of x into its planes. */
export function fillInputPlanes(shape: Conv2dShape, x: usize, planes: usize): void {
  fillPlanes(
    x,
    planes,
    shape.channels,
    shape.height,
    shape.width,
    shape.stride,
    phasesOf(shape),
    shape.padding,
    shape.planeRows,
    shape.planeColumns,
  );
}

/**
 * inputTaps: out int32[channels][size][size] ← where each tap of a filter meets the planes of x for the first output, in bytes; the output at (row, column)
 * meets it (row planeColumns + column) 8 further.
 */
export function inputTaps(shape: Conv2dShape, out: usize): void {
  const size = shape.size;
  const stride = shape.stride;
  const phases = phasesOf(shape);
  const bytes = shape.planeBytes;
  for (let channel = 0; channel < shape.channels; ++channel) {
    for (let y = 0; y < size; ++y) {
      for (let x = 0; x < size; ++x, out += 4) {
        const plane = (channel * phases + (y % stride)) * phases + (x % stride);
        store<i32>(out, plane * bytes + (((y / stride) * shape.planeColumns + x / stride) << 3));
      }
    }
  }
}
