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
  for (let channel = 0; channel < channels; ++channel, planes += bytes * <usize>(phases * phases)) {
    for (let y = 0; y < height; ++y, x += (<usize>width) << 3) {
      const row = (y + padding) / stride;
      const phase = (y + padding) % stride;
      if (phase >= phases || row >= rows) continue;
      let plane = planes + bytes * <usize>(phase * phases);
      for (let phaseX = 0; phaseX < phases; ++phaseX, plane += bytes) {
        const first = firstOfPhase(phaseX, stride, padding);
        const column = (first + padding) / stride;
        const count = min((width - first + stride - 1) / stride, columns - column);
        copyStrand(x + ((<usize>first) << 3), (<usize>stride) << 3, plane + ((<usize>(row * columns + column)) << 3), count);
      }
    }
  }
}

/** `count` entries, `step` bytes apart, side by side; none for a negative count. */
function copyStrand(from: usize, step: usize, to: usize, count: i32): void {
  if (step == 8) {
    for (; count >= 2; count -= 2, from += 16, to += 16) v128.store(to, v128.load(from));
  }
  for (; count > 0; --count, from += step, to += 8) store<f64>(to, load<f64>(from));
}

/** Planes per axis and channel of x: as many phases as taps meet. */
function phasesOf(shape: Conv2dShape): i32 {
  return min(shape.size, shape.stride);
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
  return planeBytes(shape.planeRows, shape.planeColumns) * <usize>(shape.channels * phases * phases);
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
  const bytes = <i32>planeBytes(shape.planeRows, shape.planeColumns);
  for (let channel = 0; channel < shape.channels; ++channel) {
    for (let y = 0; y < size; ++y) {
      for (let x = 0; x < size; ++x, out += 4) {
        const plane = (channel * phases + (y % stride)) * phases + (x % stride);
        store<i32>(out, plane * bytes + (((y / stride) * shape.planeColumns + x / stride) << 3));
      }
    }
  }
}
