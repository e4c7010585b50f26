import { balancedDepth, inFives, pixelBlock } from "../matrix/blocking";
import { microFiveStrands } from "../matrix/microFiveStrands";
import { microStrands } from "../matrix/microStrands";
import { packScaledStrands4 } from "../matrix/pack";
import { copyTile } from "../matrix/tile";
import { Conv2dShape } from "./conv2dShape";
import { areInputPlanes, fillInputPlanes, inputTaps, planAsPlanes, planInputPlanes } from "./planes";

/**
 * conv2dWeightGradient: dw[filters][channels][size][size] ← Σ over (sample, row, column) of the outputs, in this order, of dz[n][filters][rows][columns], rounded
 * after multiplication by its sample's coefficient, times what each tap meets in x[n][channels][height][width], zero outside. coefficients: f64[n], or 0 in place
 * of the address: all are 1. dw overlaps no input; scratch as `conv2dScratchBytes` says.
 *
 * Five or four taps by four filters at a time; the taps read x, or planes of it, where they are. Scratch: shape, sums f64[filters / 4][taps][4], planes, dz of one sample
 * as panels f64[filters / 4][pixels][4], offsets of the taps. The number of taps is rounded up to one that fives and fours make.
 */
export function conv2dWeightGradient(
  x: usize,
  dz: usize,
  coefficients: usize,
  dw: usize,
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
  const planesBytes = planInputPlanes(shape);
  const pixels = shape.rows * shape.columns;
  const taps = channels * size * size;
  const fives = inFives(taps);
  const slots = fives + ((taps - fives + 3) & ~3);
  const sumBytes = (<usize>((filters + 3) & ~3) * <usize>slots) << 3;

  let sums = scratch + Conv2dShape.bytes;
  const planes = sums + sumBytes;
  const panels = planes + planesBytes;
  const offsets = panels + ((<usize>((filters + 3) & ~3) * <usize>pixels) << 3);
  memory.fill(sums, 0, sumBytes);
  if (pixels > 0) {
    const inPlace = areInputPlanes(shape);
    if (inPlace) planAsPlanes(shape);
    else memory.fill(planes, 0, planesBytes);
    memory.fill(offsets + ((<usize>taps) << 2), 0, (<usize>(slots - taps)) << 2);
    inputTaps(shape, offsets);
    const imageBytes = (<usize>(channels * height * width)) << 3;
    const pixelBytes = (<usize>pixels) << 3;
    for (; n > 0; --n, x += imageBytes, dz += pixelBytes * <usize>filters) {
      if (!inPlace) fillInputPlanes(shape, x, planes);
      packScaledStrands4(dz, pixelBytes, filters, pixels, panels, coefficients == 0 ? 1 : load<f64>(coefficients));
      if (coefficients != 0) coefficients += 8;
      addSample(shape, inPlace ? x : planes, panels, offsets, sums, fives, slots);
    }
  }

  const tapBytes = (<usize>taps) << 3;
  for (let filter = 0; filter < filters; filter += 4, dw += tapBytes * 4, sums += (<usize>slots) << 5) {
    copyTile(sums, 8, 32, dw, tapBytes, 8, min(filters - filter, 4), taps);
  }
}

/** The terms of one sample, in blocks of rows whose panel stays in the first-level cache. */
function addSample(shape: Conv2dShape, planes: usize, panels: usize, offsets: usize, sums: usize, fives: i32, slots: i32): void {
  const columns = shape.columns;
  const skip = (<usize>(shape.planeColumns - columns)) << 3;
  const panelBytes = (<usize>(shape.rows * columns)) << 5;
  const block = balancedDepth(shape.rows, max(1, pixelBlock / columns));
  for (let row = 0; row < shape.rows; row += block) {
    const rows = min(shape.rows - row, block);
    const from = planes + ((<usize>(row * shape.planeColumns)) << 3);
    let panel = panels + ((<usize>(row * columns)) << 5);
    let sum = sums;
    for (let filter = 0; filter < shape.filters; filter += 4, panel += panelBytes) {
      let at = offsets;
      let tap = 0;
      for (; tap < fives; tap += 5, sum += 160, at += 20) {
        microFiveStrands(
          from + <usize>load<i32>(at),
          from + <usize>load<i32>(at, 4),
          from + <usize>load<i32>(at, 8),
          from + <usize>load<i32>(at, 12),
          from + <usize>load<i32>(at, 16),
          skip,
          panel,
          sum,
          rows,
          columns,
        );
      }
      for (; tap < slots; tap += 4, sum += 128, at += 16) {
        microStrands(
          from + <usize>load<i32>(at),
          from + <usize>load<i32>(at, 4),
          from + <usize>load<i32>(at, 8),
          from + <usize>load<i32>(at, 12),
          skip,
          panel,
          0,
          sum,
          sum + 32,
          sum + 64,
          sum + 96,
          rows,
          columns,
          true,
        );
      }
    }
  }
}
