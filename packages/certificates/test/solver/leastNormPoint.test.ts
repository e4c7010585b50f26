import { norms } from "@steepest/core";
import { expect, test } from "vitest";
import { RowProducts } from "../../src/atoms/rowProducts.js";
import { boundedNorm, matrixAtoms, smallestCombination } from "../../src/index.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const inL2 = async (rows: readonly number[][], tolerance?: number, products?: RowProducts) => {
  const size = rows[0]!.length;
  const atoms = { ...matrixAtoms(Float64Array.from(rows.flat()), size), ...(products && { products }) };
  const norm = boundedNorm(norms.l2, kernels, [{ offset: 0, rows: 1, columns: size }]);
  return smallestCombination(atoms, norm, tolerance === undefined ? {} : { tolerance });
};

/** Separable rows of 30 random entries. */
function shortRows(): number[][] {
  const next = randomNumbers(4);
  return Array.from({ length: 60 }, () => Array.from({ length: 30 }, (_, j) => next() - 0.5 + (j < 3 ? 0.4 : 0)));
}

test("rows so long that only their products are looked at have the answer of the same rows without the columns of 0", async () => {
  const rows = shortRows();
  const short = await inL2(rows);
  const long = await inL2(rows.map((row) => [...row.slice(0, 10), ...new Array<number>(3000).fill(0), ...row.slice(10)]));
  expect([short.closed, long.closed]).toEqual([true, true]);
  expect(long.upper - long.lower).toBeLessThan(1e-11 * long.upper);
  expect(long.lower).toBeLessThanOrEqual(short.upper);
  expect(long.upper).toBeGreaterThanOrEqual(short.lower);
});

test("products that are kept serve the rows that come later", async () => {
  const rows = shortRows().map((row) => [...row, ...new Array<number>(3000).fill(0)]);
  const products = new RowProducts();
  for (const count of [20, 40, 60]) {
    const [kept, anew] = [await inL2(rows.slice(0, count), 1e-3, products), await inL2(rows.slice(0, count), 1e-3)];
    expect([kept.lower, kept.upper]).toEqual([anew.lower, anew.upper]);
    expect(kept.upper - kept.lower).toBeLessThan(1e-3 * kept.upper);
  }
});

test("nearly inseparable rows: one that depends on those of the answer but for its square's rounding takes the place of another", async () => {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  const normals = (): number[] => Array.from({ length: 100 }, () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6));
  const raw = normals();
  const teacher = raw.map((value) => value / Math.hypot(...raw));
  const rows = Array.from({ length: 1000 }, () => {
    const x = normals();
    const product = x.reduce((sum, value, j) => sum + value * teacher[j]!, 0);
    // the part along the teacher is a thousandth of what it was
    return x.map((value, j) => Math.sign(product) * value - 0.999 * Math.abs(product) * teacher[j]!);
  });
  const { lower, upper, closed } = await inL2(rows);
  expect([closed, lower > 9e-5]).toEqual([true, true]);
  expect(upper - lower).toBeLessThan(1e-9 * upper);
});
