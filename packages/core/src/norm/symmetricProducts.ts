/** Entries of all vectors that are gone through at once, so that they stay in the cache. */
const chunk = 1024;

/**
 * Σⱼ dⱼ xⱼ yⱼ of all pairs of some vectors, in tiles of two by four: a fixed order of summation.
 *
 * @param vectors  f64[p] each
 * @param weights  d, f64[p]; absent: 1
 * @returns row by row
 */
export function symmetricProducts(vectors: readonly Float64Array[], weights?: Float64Array): Float64Array[] {
  const count = vectors.length;
  const length = vectors[0]?.length ?? 0;
  const products = vectors.map(() => new Float64Array(count));
  for (let from = 0; from < length; from += chunk) {
    const right = vectors.map((x) => x.subarray(from, from + chunk));
    const left = weights ? right.map((x) => x.map((value, j) => value * weights[from + j]!)) : right;
    for (let m = 0; m < count; m += 2) for (let n = 0; n <= Math.min(m + 1, count - 1); n += 4) addTile(products, { left, right, m, n });
  }
  for (let m = 0; m < count; m++) for (let n = 0; n < m; n++) products[n]![m] = products[m]![n]!;
  return products;
}

interface Tile {
  readonly left: readonly Float64Array[];
  readonly right: readonly Float64Array[];
  readonly m: number;
  readonly n: number;
}

/** Adds the sums of a tile; beyond the last vector the last one is taken again, and its sum left out. */
function addTile(products: readonly Float64Array[], { left, right, m, n }: Tile): void {
  const last = left.length - 1;
  const [x, z] = [left[m]!, left[Math.min(m + 1, last)]!];
  const [y0, y1, y2, y3] = [right[n]!, right[Math.min(n + 1, last)]!, right[Math.min(n + 2, last)]!, right[Math.min(n + 3, last)]!];
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let j = 0; j < x.length; j++) {
    const one = x[j]!;
    const other = z[j]!;
    const c0 = y0[j]!;
    const c1 = y1[j]!;
    const c2 = y2[j]!;
    const c3 = y3[j]!;
    a0 += one * c0;
    b0 += other * c0;
    a1 += one * c1;
    b1 += other * c1;
    a2 += one * c2;
    b2 += other * c2;
    a3 += one * c3;
    b3 += other * c3;
  }
  add(products[m]!, n, [a0, a1, a2, a3]);
  if (m < last) add(products[m + 1]!, n, [b0, b1, b2, b3]);
}

function add(row: Float64Array, n: number, sums: readonly number[]): void {
  for (let i = 0; i < 4 && n + i < row.length; i++) row[n + i]! += sums[i]!;
}
