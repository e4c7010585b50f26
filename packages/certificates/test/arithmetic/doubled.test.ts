import { describe, expect, test } from "vitest";
import { type Doubled, difference, doubled, product, quotient, scaled, squareRoot, sum } from "../../src/arithmetic/doubled.js";
import { DoubledCholesky } from "../../src/arithmetic/doubledCholesky.js";
import { DoubledVector, doubledProduct } from "../../src/arithmetic/doubledVector.js";
import { randomNumbers } from "../support/randomNumbers.js";

/** Twice the precision of doubles is 2^-104 and a few more roundings. */
const rounding = 2 ** -102;

/** The integer x 2^200. */
const exact = ({ high, low }: Doubled): bigint => integer(high) + integer(low);

function integer(x: number): bigint {
  let [mantissa, exponent] = [x, 0];
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent + 1];
  return BigInt(mantissa) << BigInt(200 - exponent);
}

/** |a / b - 1| of integers. */
const apart = (a: bigint, b: bigint): number => Number(((a - b) << 200n) / b) / 2 ** 200;

describe("numbers in twice the precision of doubles", () => {
  const next = randomNumbers(3);
  const drawn = (): Doubled => sum(doubled(0.5 + next()), doubled((next() - 0.5) * 2 ** -53));
  test.each(Array.from({ length: 50 }, (_, i) => i))("operations agree with integers, draw %i", () => {
    const [a, b] = [drawn(), drawn()];
    const [x, y] = [exact(a), exact(b)];
    expect(Math.abs(apart(exact(sum(a, b)), x + y))).toBeLessThan(rounding);
    expect(Math.abs(apart(exact(product(a, b)), (x * y) >> 200n))).toBeLessThan(4 * rounding);
    expect(Math.abs(apart(exact(scaled(a, b.high)), (x * integer(b.high)) >> 200n))).toBeLessThan(4 * rounding);
    expect(Math.abs(apart(exact(quotient(a, b)), (x << 200n) / y))).toBeLessThan(8 * rounding);
    const root = exact(squareRoot(a));
    expect(Math.abs(apart((root * root) >> 200n, x))).toBeLessThan(8 * rounding);
    // of what is nearly equal the difference is exact
    const near = sum(a, doubled(2 ** -60));
    expect(exact(difference(near, a))).toBe(exact(near) - x);
  });
});

test("a system whose condition is far beyond doubles is solved by its Cholesky factor", () => {
  // the Hilbert matrix of order 12, condition 1e16, times 2^-100 to 2^100 in rows and columns
  const order = 12;
  const matrix = Array.from({ length: order }, (_, i) => {
    const row = new DoubledVector(i + 1);
    for (let j = 0; j <= i; j++) row.set(j, scaled(quotient(doubled(1), doubled(i + j + 1)), 2 ** (16 * (i + j - 11))));
    return row;
  });
  const at = (i: number, j: number): Doubled => (i >= j ? matrix[i]!.at(j) : matrix[j]!.at(i));
  const wanted = Array.from({ length: order }, (_, i) => (i % 2 === 0 ? 1 : -3) * 2 ** (-16 * i));
  const right = new DoubledVector(order);
  for (let i = 0; i < order; i++) for (const [j, value] of wanted.entries()) right.add(i, scaled(at(i, j), value));
  const solved = DoubledCholesky.of(matrix)!.solve(right);
  for (const [j, value] of wanted.entries()) expect(Math.abs(solved.high[j]! / value - 1)).toBeLessThan(1e-13);
  expect(doubledProduct(solved, right, order).high).toBeGreaterThan(0);
  const indefinite = [new DoubledVector(1), new DoubledVector(2)];
  indefinite[0]!.high[0] = 1;
  indefinite[1]!.high.set([2, 1]);
  expect(DoubledCholesky.of(indefinite)).toBeUndefined();
});

test("a matrix whose condition is beyond twice the precision is factored by its root", () => {
  // Mᵀ M + diag(0, 1, 1) of one row 2^60 (1, 1, 1) and of another, 2^60 (1, 2, 2): 2^120 on a plane, and 2 on (0, 1, -1)
  const roots = [
    [1, 1, 1],
    [1, 2, 2],
  ].map((row) => {
    const out = new DoubledVector(3);
    out.high.set(row.map((value) => value * 2 ** 60));
    return out;
  });
  const rest = [0, 1, 1].map((value, i) => {
    const row = new DoubledVector(i + 1);
    row.high[i] = value;
    return row;
  });
  const right = new DoubledVector(3);
  right.high.set([0, 1, -1]);
  const solved = DoubledCholesky.ofRoots(roots, rest)!.solve(right);
  for (const [j, value] of [0, 1, -1].entries()) expect(Math.abs(solved.high[j]! - value)).toBeLessThan(1e-12);
  const whole = rest.map((row, i) => {
    const out = row.slice();
    for (let j = 0; j <= i; j++) for (const root of roots) out.add(j, product(root.at(i), root.at(j)));
    return out;
  });
  const direct = DoubledCholesky.of(whole)?.solve(right);
  expect(direct === undefined || Math.abs(direct.high[1]! - 1) > 1e-6).toBe(true);
});
