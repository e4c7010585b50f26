import { Conv2dShape } from "./conv2dShape";
import { firstOfPhase } from "./planes";

/*
 * Tiles of an input gradient: inputs of one phase, four at a time, and the taps that any of them meets. Of the inputs near an edge each row and column meets taps of
 * its own, so those at one edge are taken along it, and those in a corner two by two; all others meet the same. Offsets are in bytes.
 */
@unmanaged
export class GradientTile {
  /** Places in the turned planes of `conv2dInputGradient` at which the inputs meet the first tap of the tile. */
  from0: i32 = 0;
  from1: i32 = 0;
  from2: i32 = 0;
  from3: i32 = 0;
  /** Places of the inputs in an image of f64[4]. */
  to0: i32 = 0;
  to1: i32 = 0;
  to2: i32 = 0;
  to3: i32 = 0;
  /** The first tap of the tile in the panel of weights. */
  panel: i32 = 0;
  /** Rows of taps, products in one, and what lies between two: in the planes, and in the panel. */
  rows: i32 = 0;
  columns: i32 = 0;
  skip: i32 = 0;
  panelSkip: i32 = 0;

  @inline static get bytes(): usize {
    return 64;
  }
}

/** Inputs of one phase along one axis, with what they meet there. */
@unmanaged
class Axis {
  /** Number of inputs; the first one, and its place in the padded image over the stride. */
  count: i32 = 0;
  first: i32 = 0;
  place: i32 = 0;
  /** Taps of the phase, outputs, and whether taps that meet none are left out. */
  taps: i32 = 0;
  outputs: i32 = 0;
  isClipped: bool = false;

  static fill(axis: Axis, phase: i32, extent: i32, outputs: i32, size: i32, stride: i32, padding: i32, isClipped: bool): void {
    axis.first = firstOfPhase(phase, stride, padding);
    axis.count = max((extent - axis.first + stride - 1) / stride, 0);
    axis.place = (axis.first + padding) / stride;
    axis.taps = tapsOfPhase(phase, size, stride);
    axis.outputs = outputs;
    axis.isClipped = isClipped;
  }

  /** The first tap that input i meets. */
  low(i: i32): i32 {
    return this.isClipped ? max(this.place + i - this.outputs + 1, 0) : 0;
  }

  /** The tap after the last one that input i meets. */
  high(i: i32): i32 {
    return this.isClipped ? min(this.place + i + 1, this.taps) : this.taps;
  }

  /** The first input after i that meets other taps. */
  end(i: i32): i32 {
    let next = i + 1;
    while (next < this.count && this.low(next) == this.low(i) && this.high(next) == this.high(i)) ++next;
    return next;
  }

  /** True if input i meets taps of its own, and so does the next. */
  isPair(i: i32): bool {
    return i + 1 < this.count && this.end(i) == i + 1 && this.end(i + 1) == i + 2;
  }
}

/** Bytes at the start of the plan that `planGradientTiles` works in. */
const axesBytes: usize = 64;

/** planGradientTiles: the tiles of all inputs, phase after phase, from plan + 64 on; returns their end. There are at most as many as inputs. */
export function planGradientTiles(shape: Conv2dShape, isFinite: bool, plan: usize): usize {
  const stride = shape.stride;
  const rows = changetype<Axis>(plan);
  const columns = changetype<Axis>(plan + 32);
  let at = plan + axesBytes;
  let panel = 0;
  for (let phaseY = 0; phaseY < stride; ++phaseY) {
    Axis.fill(rows, phaseY, shape.height, shape.rows, shape.size, stride, shape.padding, isFinite);
    for (let phaseX = 0; phaseX < stride; ++phaseX) {
      Axis.fill(columns, phaseX, shape.width, shape.columns, shape.size, stride, shape.padding, isFinite);
      at = planPhase(shape, rows, columns, panel, at);
      panel += (rows.taps * columns.taps * shape.filters) << 5;
    }
  }
  return at;
}

/** Taps along one axis that inputs of a phase meet: phase, phase + stride, ... below `size`. */
function tapsOfPhase(phase: i32, size: i32, stride: i32): i32 {
  return phase < size ? (size - 1 - phase) / stride + 1 : 0;
}

function planPhase(shape: Conv2dShape, rows: Axis, columns: Axis, panel: i32, at: usize): usize {
  for (let y = 0; y < rows.count; ) {
    const pairY = rows.isPair(y);
    const endY = pairY ? y + 2 : rows.end(y);
    for (let x = 0; x < columns.count; ) {
      const pairX = columns.isPair(x);
      const endX = pairX ? x + 2 : columns.end(x);
      const tall = pairY && !pairX ? 1 : endY - y;
      const wide = pairX && !pairY ? 1 : endX - x;
      for (let top = y; top < endY; top += tall) {
        for (let left = x; left < endX; left += wide) at = planBlock(shape, rows, columns, top, tall, left, wide, panel, at);
      }
      x = endX;
    }
    y = endY;
  }
  return at;
}

/** Tiles of the inputs from row y and column x on; the last one takes the last input as often as it needs. */
function planBlock(shape: Conv2dShape, rows: Axis, columns: Axis, y: i32, tall: i32, x: i32, wide: i32, panel: i32, at: usize): usize {
  const filters = shape.filters;
  const reach = (shape.size - 1) / shape.stride;
  const lowY = rows.low(y);
  const lowX = columns.low(x);
  const tapRows = max(rows.high(y + tall - 1) - lowY, 0);
  const tapColumns = max(columns.high(x + wide - 1) - lowX, 0);
  const first = (lowY * shape.planeColumns + lowX) * filters;
  const last = tall * wide - 1;
  let row = y;
  let column = x;
  for (let k = 0; k <= last; k += 4, at += GradientTile.bytes) {
    const tile = changetype<GradientTile>(at);
    for (let j = 0; j < 4; ++j) {
      const inPlanes =
        (turnedRow(shape, reach, rows.place + row) * shape.planeColumns + turnedColumn(shape, reach, columns.place + column)) * filters;
      const inImage = (rows.first + shape.stride * row) * shape.width + columns.first + shape.stride * column;
      store<i32>(at + ((<usize>j) << 2), (inPlanes + first) << 3);
      store<i32>(at + ((<usize>j) << 2), inImage << 5, offsetof<GradientTile>("to0"));
      if (k + j >= last) continue;
      if (++column == x + wide) {
        column = x;
        ++row;
      }
    }
    tile.panel = panel + (((lowY * columns.taps + lowX) * filters) << 5);
    tile.rows = tapColumns > 0 ? tapRows : 0;
    tile.columns = tapColumns * filters;
    tile.skip = ((shape.planeColumns - tapColumns) * filters) << 3;
    tile.panelSkip = ((columns.taps - tapColumns) * filters) << 5;
  }
  return at;
}

/** Turned planes run from the last row to the first: the one in which a place of the padded image meets tap 0, with `reach` rows of zeros around. */
export function turnedRow(shape: Conv2dShape, reach: i32, place: i32): i32 {
  return shape.planeRows - 1 - reach - place;
}

/** Columns of turned planes, as `turnedRow`. */
export function turnedColumn(shape: Conv2dShape, reach: i32, place: i32): i32 {
  return shape.planeColumns - 1 - reach - place;
}
