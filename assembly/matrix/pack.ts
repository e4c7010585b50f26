import { scale } from "../vector/scale";

/**
 * Packing: vectors of equal length become panels [depth][width], so that the micro-kernels read memory in one straight line.
 *
 * A source of `count` vectors is either a set of strands (vector i is contiguous: element k at i * stride + 8 k) or a set of slices (step k is
 * contiguous: element k of vector i at k * stride + 8 i); `stride` is in bytes. `out` receives ⌈count / width⌉ panels, the last one padded with zeros.
 * Sources and `out` must not overlap.
 */

/** Strands into panels of 5. */
export function packStrands5(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  for (; count >= 5; count -= 5, source += stride * 5) {
    let s0 = source;
    let s1 = s0 + stride;
    let s2 = s1 + stride;
    let s3 = s2 + stride;
    let s4 = s3 + stride;
    const pairEnd = s0 + ((<usize>(depth & ~1)) << 3);
    for (; s0 < pairEnd; s0 += 16, s1 += 16, s2 += 16, s3 += 16, s4 += 16, out += 80) {
      const v0 = v128.load(s0);
      const v1 = v128.load(s1);
      const v2 = v128.load(s2);
      const v3 = v128.load(s3);
      const v4 = v128.load(s4);
      v128.store(out, v128.shuffle<f64>(v0, v1, 0, 2));
      v128.store(out, v128.shuffle<f64>(v2, v3, 0, 2), 16);
      v128.store(out, v128.shuffle<f64>(v4, v0, 0, 3), 32);
      v128.store(out, v128.shuffle<f64>(v1, v2, 1, 3), 48);
      v128.store(out, v128.shuffle<f64>(v3, v4, 1, 3), 64);
    }
    if (depth & 1) {
      store<f64>(out, load<f64>(s0));
      store<f64>(out, load<f64>(s1), 8);
      store<f64>(out, load<f64>(s2), 16);
      store<f64>(out, load<f64>(s3), 24);
      store<f64>(out, load<f64>(s4), 32);
      out += 40;
    }
  }
  packEdge(source, stride, 8, count, depth, out, 5);
}

/** Strands into panels of 4. */
export function packStrands4(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  const panelBytes = (<usize>depth) << 5;
  for (; count >= 4; count -= 4, source += stride * 4, out += panelBytes) packQuad(source, stride, depth, out, 32);
  packEdge(source, stride, 8, count, depth, out, 4);
}

/** Strands into panels of 4, every entry multiplied by `factor`. */
export function packScaledStrands4(source: usize, stride: usize, count: i32, depth: i32, out: usize, factor: f64): void {
  const factors = f64x2.splat(factor);
  for (; count >= 4; count -= 4, source += stride * 4) {
    let s0 = source;
    let s1 = s0 + stride;
    let s2 = s1 + stride;
    let s3 = s2 + stride;
    const pairEnd = s0 + ((<usize>(depth & ~1)) << 3);
    for (; s0 < pairEnd; s0 += 16, s1 += 16, s2 += 16, s3 += 16, out += 64) {
      const v0 = f64x2.mul(v128.load(s0), factors);
      const v1 = f64x2.mul(v128.load(s1), factors);
      const v2 = f64x2.mul(v128.load(s2), factors);
      const v3 = f64x2.mul(v128.load(s3), factors);
      v128.store(out, v128.shuffle<f64>(v0, v1, 0, 2));
      v128.store(out, v128.shuffle<f64>(v2, v3, 0, 2), 16);
      v128.store(out, v128.shuffle<f64>(v0, v1, 1, 3), 32);
      v128.store(out, v128.shuffle<f64>(v2, v3, 1, 3), 48);
    }
    if (depth & 1) {
      store<f64>(out, factor * load<f64>(s0));
      store<f64>(out, factor * load<f64>(s1), 8);
      store<f64>(out, factor * load<f64>(s2), 16);
      store<f64>(out, factor * load<f64>(s3), 24);
      out += 32;
    }
  }
  if (count == 0) return;
  packEdge(source, stride, 8, count, depth, out, 4);
  scale(out, out, depth << 2, factor);
}

/** Strands into slices, from the last step to the first: element k of strand i goes to out - k * outStride + 8 i. */
export function packTurned(source: usize, stride: usize, count: i32, depth: i32, out: usize, outStride: usize): void {
  for (; count >= 4; count -= 4, source += stride * 4, out += 32) packQuad(source, stride, depth, out, 0 - outStride);
  for (; count > 0; --count, source += stride, out += 8) {
    let to = out;
    for (let k = 0; k < depth; ++k, to -= outStride) store<f64>(to, load<f64>(source + ((<usize>k) << 3)));
  }
}

/** Strands into panels of 16. */
export function packStrands16(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  const panelBytes = (<usize>depth) << 7;
  const quadStride = stride * 4;
  for (; count >= 16; count -= 16, out += panelBytes) {
    for (let offset: usize = 0; offset < 128; offset += 32, source += quadStride) packQuad(source, stride, depth, out + offset, 128);
  }
  packEdge(source, stride, 8, count, depth, out, 16);
}

/** Slices into panels of 5. */
export function packSlices5(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  const panelBytes = <usize>depth * 40;
  const full = count / 5;
  for (let k = 0; k < depth; ++k) {
    let from = source + <usize>k * stride;
    let to = out + <usize>k * 40;
    for (let panel = 0; panel < full; ++panel, from += 40, to += panelBytes) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      store<f64>(to, load<f64>(from, 32), 32);
    }
  }
  packEdge(source + <usize>full * 40, 8, stride, count - full * 5, depth, out + <usize>full * panelBytes, 5);
}

/** Slices into panels of 4. */
export function packSlices4(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  const panelBytes = (<usize>depth) << 5;
  const full = count >> 2;
  for (let k = 0; k < depth; ++k) {
    let from = source + <usize>k * stride;
    let to = out + ((<usize>k) << 5);
    for (let panel = 0; panel < full; ++panel, from += 32, to += panelBytes) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
  }
  packEdge(source + ((<usize>full) << 5), 8, stride, count & 3, depth, out + <usize>full * panelBytes, 4);
}

/** Slices into panels of 16. */
export function packSlices16(source: usize, stride: usize, count: i32, depth: i32, out: usize): void {
  for (; count >= 16; count -= 16, source += 128) {
    let from = source;
    for (let k = 0; k < depth; ++k, from += stride, out += 128) {
      for (let offset: usize = 0; offset < 128; offset += 32) {
        v128.store(out + offset, v128.load(from + offset));
        v128.store(out + offset, v128.load(from + offset, 16), 16);
      }
    }
  }
  packEdge(source, 8, stride, count, depth, out, 16);
}

/** Four strands side by side: element k of strand i goes to out + k * outStride + 8 i. */
function packQuad(source: usize, stride: usize, depth: i32, out: usize, outStride: usize): void {
  let s0 = source;
  let s1 = s0 + stride;
  let s2 = s1 + stride;
  let s3 = s2 + stride;
  const pairEnd = s0 + ((<usize>(depth & ~1)) << 3);
  for (; s0 < pairEnd; s0 += 16, s1 += 16, s2 += 16, s3 += 16) {
    const v0 = v128.load(s0);
    const v1 = v128.load(s1);
    const v2 = v128.load(s2);
    const v3 = v128.load(s3);
    v128.store(out, v128.shuffle<f64>(v0, v1, 0, 2));
    v128.store(out, v128.shuffle<f64>(v2, v3, 0, 2), 16);
    out += outStride;
    v128.store(out, v128.shuffle<f64>(v0, v1, 1, 3));
    v128.store(out, v128.shuffle<f64>(v2, v3, 1, 3), 16);
    out += outStride;
  }
  if (depth & 1) {
    store<f64>(out, load<f64>(s0));
    store<f64>(out, load<f64>(s1), 8);
    store<f64>(out, load<f64>(s2), 16);
    store<f64>(out, load<f64>(s3), 24);
  }
}

/** The last, zero-padded panel: `count` < `width` vectors whose elements are `step` bytes apart; nothing for count = 0. */
function packEdge(source: usize, stride: usize, step: usize, count: i32, depth: i32, out: usize, width: i32): void {
  if (count == 0) return;
  for (; depth > 0; --depth, source += step) {
    let from = source;
    for (let i = 0; i < count; ++i, from += stride, out += 8) store<f64>(out, load<f64>(from));
    for (let i = count; i < width; ++i, out += 8) store<f64>(out, 0);
  }
}
