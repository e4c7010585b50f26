/**
 * C ← A B or, with `accumulate`, C ← C + A B for a tile of 4 x 4: the plain JavaScript counterpart of `assembly/matrix/micro.ts`.
 *
 * a, b: packed panels [depth][4]; c: four rows, `stride` elements apart. Positions in elements of `data`.
 */
export function multiplyQuad(
  data: Float64Array,
  a: number,
  b: number,
  c: number,
  stride: number,
  depth: number,
  accumulate: boolean,
): void {
  const row1 = c + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  if (accumulate) {
    c00 = data[c]!;
    c01 = data[c + 1]!;
    c02 = data[c + 2]!;
    c03 = data[c + 3]!;
    c10 = data[row1]!;
    c11 = data[row1 + 1]!;
    c12 = data[row1 + 2]!;
    c13 = data[row1 + 3]!;
    c20 = data[row2]!;
    c21 = data[row2 + 1]!;
    c22 = data[row2 + 2]!;
    c23 = data[row2 + 3]!;
    c30 = data[row3]!;
    c31 = data[row3 + 1]!;
    c32 = data[row3 + 2]!;
    c33 = data[row3 + 3]!;
  }

  const end = a + 4 * depth;
  for (let p = a, q = b; p < end; p += 4, q += 4) {
    const b0 = data[q]!;
    const b1 = data[q + 1]!;
    const b2 = data[q + 2]!;
    const b3 = data[q + 3]!;
    const a0 = data[p]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = data[p + 1]!;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = data[p + 2]!;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = data[p + 3]!;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }

  data[c] = c00;
  data[c + 1] = c01;
  data[c + 2] = c02;
  data[c + 3] = c03;
  data[row1] = c10;
  data[row1 + 1] = c11;
  data[row1 + 2] = c12;
  data[row1 + 3] = c13;
  data[row2] = c20;
  data[row2 + 1] = c21;
  data[row2 + 2] = c22;
  data[row2 + 3] = c23;
  data[row3] = c30;
  data[row3 + 1] = c31;
  data[row3 + 2] = c32;
  data[row3 + 3] = c33;
}

/** `multiplyQuad` for one row of 4: element k of the row lies, unpacked, at a + k * step. */
export function multiplyRow(data: Float64Array, a: number, step: number, b: number, c: number, depth: number, accumulate: boolean): void {
  let c0 = accumulate ? data[c]! : 0;
  let c1 = accumulate ? data[c + 1]! : 0;
  let c2 = accumulate ? data[c + 2]! : 0;
  let c3 = accumulate ? data[c + 3]! : 0;
  const end = b + 4 * depth;
  for (let p = a, q = b; q < end; p += step, q += 4) {
    const a0 = data[p]!;
    c0 += a0 * data[q]!;
    c1 += a0 * data[q + 1]!;
    c2 += a0 * data[q + 2]!;
    c3 += a0 * data[q + 3]!;
  }
  data[c] = c0;
  data[c + 1] = c1;
  data[c + 2] = c2;
  data[c + 3] = c3;
}
