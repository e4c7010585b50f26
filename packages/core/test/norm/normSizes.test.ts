import { ArenaPlan } from "@steepest/kernels";
import { evaluationError } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { arrayNorm, bindNormIn, lp, type MatrixBlock, type Norm, norms, planNorm } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

/** Every length past two SIMD blocks, and both sides of the powers of two. */
const lengths = [...Array.from({ length: 68 }, (_, n) => n), ...[7, 8, 9, 10].flatMap((k) => [2 ** k - 1, 2 ** k, 2 ** k + 1])];

const canary = 0.3125;
const canaries = 8;

/** Small integers with zeros and ties; never all zero from length 1 on. */
const entryAt = (i: number): number => ((i * 7) % 13) - 4;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

type Formula = (entries: readonly number[]) => number;

/** Value and dual value of a vector that is one row, one column, or has one entry per row and column, by the textbook. */
interface Textbook {
  readonly norm: Norm;
  readonly row: readonly [Formula, Formula];
  readonly column: readonly [Formula, Formula];
  readonly diagonal: readonly [Formula, Formula];
}

const l1: Formula = (x) => sum(x.map(Math.abs));
const l2: Formula = (x) => Math.sqrt(sum(x.map((v) => v * v)));
const linf: Formula = (x) => largest(x.map(Math.abs));
const lpOf =
  (p: number): Formula =>
  (x) =>
    sum(x.map((v) => Math.abs(v) ** p)) ** (1 / p);

const entrywise = (norm: Norm, value: Formula, dual: Formula): Textbook => ({
  norm,
  row: [value, dual],
  column: [value, dual],
  diagonal: [value, dual],
});

const books: readonly Textbook[] = [
  entrywise(norms.l1, l1, linf),
  entrywise(norms.l2, l2, l2),
  entrywise(norms.linf, linf, l1),
  entrywise(lp(3), lpOf(3), lpOf(1.5)),
  { norm: norms.spectral, row: [l2, l2], column: [l2, l2], diagonal: [linf, l1] },
  { norm: norms.nuclear, row: [l2, l2], column: [l2, l2], diagonal: [l1, linf] },
  { norm: norms.rowMax, row: [l2, l2], column: [linf, l1], diagonal: [linf, l1] },
  { norm: norms.rowSum, row: [l2, l2], column: [l1, linf], diagonal: [l1, linf] },
  { norm: norms.colMax, row: [linf, l1], column: [l2, l2], diagonal: [linf, l1] },
  { norm: norms.colSum, row: [l1, linf], column: [l2, l2], diagonal: [l1, linf] },
];

interface Cut {
  readonly block: MatrixBlock;
  /** The position of entry i. */
  place(i: number): number;
}

const cuts: Readonly<Record<"row" | "column" | "diagonal", (n: number) => Cut>> = {
  row: (n) => ({ block: { offset: 0, rows: 1, columns: n }, place: (i) => i }),
  column: (n) => ({ block: { offset: 0, rows: n, columns: 1 }, place: (i) => i }),
  diagonal: (n) => ({ block: { offset: 0, rows: n, columns: n + 1 }, place: (i) => i * (n + 1) + ((i * 2) % (n + 1)) }), // n + 1 odd: no column twice
};

const longest = Math.max(...lengths);

/** Value and dual value of a norm without a formula here: those of the entries with zeros behind them, so that all lengths must agree with the longest. */
function padded(norm: Norm): Textbook {
  const formulas = (cut: keyof typeof cuts): readonly [Formula, Formula] => {
    const { block, place } = cuts[cut](cut === "diagonal" ? 34 : longest);
    const { norm: value, dualNorm } = arrayNorm(norm, hosts[0]!.kernels, () => [block]);
    const spread = (entries: readonly number[]): Float64Array => {
      const x = new Float64Array(block.rows * block.columns);
      for (const [i, entry] of entries.entries()) x[place(i)] = entry;
      return x;
    };
    return [(entries) => value(spread(entries)), (entries) => dualNorm(spread(entries))];
  };
  return { norm, row: formulas("row"), column: formulas("column"), diagonal: formulas("diagonal") };
}

const inBooks = new Set(books.map(({ norm }) => norm));
const others = Object.values(norms).filter((norm) => !inBooks.has(norm) && !norm.dependsOnPosition);

const cases = (["row", "column", "diagonal"] as const).flatMap((cut) =>
  [...books, ...others.map(padded)].map((book) => ({
    id: book.norm.id,
    cut,
    book,
    sizes: cut === "diagonal" ? [0, 2, 4, 6, 8, 10, 16, 32, 34] : lengths,
  })),
);

describe.each(hosts)("norms at every length on the $host", ({ kernels }) => {
  test.each(cases)("$id of one $cut", ({ book: { norm, ...book }, cut, sizes }) => {
    for (const n of sizes) {
      const { block, place } = cuts[cut](n);
      const length = block.rows * block.columns;
      const plan = new ArenaPlan().span(length).span(length + canaries);
      const shape = { length, blocks: [block] };
      planNorm(plan, norm, shape);
      const arena = plan.allocate(kernels);
      const [x, guarded] = [arena.span(length), arena.span(length + canaries)];
      const out = { ptr: guarded.ptr, length, view: guarded.view.subarray(0, length) };
      const bound = bindNormIn(arena, norm, shape);
      const entries = Array.from({ length: n }, (_, i) => entryAt(i));
      for (const [i, value] of entries.entries()) x.view[place(i)] = value;
      const before = x.view.slice();
      guarded.view.fill(canary);
      const untouched = (): boolean =>
        guarded.view.subarray(length).every((value) => value === canary) && x.view.every((v, i) => v === before[i]);
      const error = 8 * evaluationError(length) * (norm.id.startsWith("lp") ? 4 : 1) + 50 * Math.max(block.rows, block.columns) * 2 ** -52;
      const close = (actual: number, expected: number): void => {
        expect(Math.abs(actual - expected), `n = ${n}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(error * (1 + expected));
      };

      const [value, dual] = book[cut].map((formula) => formula(entries)) as [number, number];
      close(bound.norm(x), value);
      close(bound.dualNorm(x), dual);

      bound.lmo(x, out);
      expect(untouched(), `n = ${n}: lmo`).toBe(true);
      close(-sum([...out.view].map((u, i) => u * x.view[i]!)), dual);
      expect(bound.norm(out)).toBeLessThanOrEqual(1 + error);

      bound.projectBall(x, out, 0.5 * value);
      expect(untouched(), `n = ${n}: projectBall`).toBe(true);
      close(bound.norm(out), 0.5 * value);
      for (let i = 0; i < length; i++) guarded.view[i] = x.view[i]! - out.view[i]!;
      // optimal: r ||x - P x||_* = <x - P x, P x>
      const left = sum([...out.view].map((difference, i) => difference * (x.view[i]! - difference)));
      expect(Math.abs(0.5 * value * bound.dualNorm(out) - left)).toBeLessThanOrEqual(2 * error * (1 + value * dual));

      bound.prox(x, out, 0.25);
      expect(untouched(), `n = ${n}: prox`).toBe(true);
    }
  });
});
