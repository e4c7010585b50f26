/** Element (strand j, entry i) of G lies at g + j * strandStride + i * entryStride. */
export interface Source {
  readonly g: number;
  readonly strandStride: number;
  readonly entryStride: number;
  readonly count: number;
  readonly length: number;
}

export function sourceOf(g: number, rows: number, columns: number): Source {
  if (rows <= columns) return { g, strandStride: columns, entryStride: 1, count: rows, length: columns };
  return { g, strandStride: 1, entryStride: columns, count: columns, length: rows };
}

/** The scratch space, in the order of `assembly/matrix/svd.ts`; positions in elements of f64 or, for the four orders, of i32 at twice the position. */
export type Layout = Readonly<
  Record<
    | "strands"
    | "x"
    | "diagonal"
    | "tau"
    | "norms"
    | "keys"
    | "entryOrder"
    | "strandOrder"
    | "exponents"
    | "ranking"
    | "basis"
    | "work"
    | "gemmScratch",
    number
  >
>;

export function layout(scratch: number, count: number, length: number): Layout {
  const square = count * count;
  const strands = scratch;
  const x = strands + count * length;
  const diagonal = x + square;
  const tau = diagonal + count;
  const norms = tau + count;
  const keys = norms + 2 * count;
  const entryOrder = keys + length;
  const strandOrder = entryOrder + length;
  const exponents = strandOrder + count;
  const ranking = exponents + count;
  const basis = ranking + count;
  const work = basis + square;
  const gemmScratch = work + 3 * square;
  return { strands, x, diagonal, tau, norms, keys, entryOrder, strandOrder, exponents, ranking, basis, work, gemmScratch };
}
