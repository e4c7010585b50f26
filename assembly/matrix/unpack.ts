import { copyTile } from "./tile";

/** unpackRows: row r of `out`, `stride` bytes apart, ← the first `width` ≤ 16 entries of row r of panel f64[rows][16]. */
export function unpackRows(panel: usize, rows: i32, width: i32, out: usize, stride: usize): void {
  for (; rows > 0; --rows, panel += 128, out += stride) {
    for (let j = 0; j < width; ++j) store<f64>(out + ((<usize>j) << 3), load<f64>(panel + ((<usize>j) << 3)));
  }
}

/** unpackStrands: strand j < `width` ≤ 16 of `out`, `stride` bytes apart, ← column j of panel f64[rows][16]. */
export function unpackStrands(panel: usize, rows: i32, width: i32, out: usize, stride: usize): void {
  for (; width >= 2; width -= 2, panel += 16, out += stride * 2) {
    let from = panel;
    let even = out;
    let odd = out + stride;
    const pairEnd = even + ((<usize>(rows & ~1)) << 3);
    for (; even < pairEnd; even += 16, odd += 16, from += 256) {
      const row0 = v128.load(from);
      const row1 = v128.load(from, 128);
      v128.store(even, v128.shuffle<f64>(row0, row1, 0, 2));
      v128.store(odd, v128.shuffle<f64>(row0, row1, 1, 3));
    }
    if (rows & 1) {
      store<f64>(even, load<f64>(from));
      store<f64>(odd, load<f64>(from, 8));
    }
  }
  if (width == 1) {
    for (; rows > 0; --rows, panel += 128, out += 8) store<f64>(out, load<f64>(panel));
  }
}

/** unpackStrands4: strand j < `width` ≤ 4 of `out`, `stride` bytes apart, ← column j of panel f64[rows][4]. */
export function unpackStrands4(panel: usize, rows: i32, width: i32, out: usize, stride: usize): void {
  if (width < 4) {
    copyTile(panel, 8, 32, out, stride, 8, width, rows);
    return;
  }
  let out1 = out + stride;
  let out2 = out1 + stride;
  let out3 = out2 + stride;
  const pairEnd = out + ((<usize>(rows & ~1)) << 3);
  for (; out < pairEnd; out += 16, out1 += 16, out2 += 16, out3 += 16, panel += 64) {
    const left0 = v128.load(panel);
    const right0 = v128.load(panel, 16);
    const left1 = v128.load(panel, 32);
    const right1 = v128.load(panel, 48);
    v128.store(out, v128.shuffle<f64>(left0, left1, 0, 2));
    v128.store(out1, v128.shuffle<f64>(left0, left1, 1, 3));
    v128.store(out2, v128.shuffle<f64>(right0, right1, 0, 2));
    v128.store(out3, v128.shuffle<f64>(right0, right1, 1, 3));
  }
  if (rows & 1) {
    store<f64>(out, load<f64>(panel));
    store<f64>(out1, load<f64>(panel, 8));
    store<f64>(out2, load<f64>(panel, 16));
    store<f64>(out3, load<f64>(panel, 24));
  }
}
