import { expect, test } from "vitest";
import { columnsAndFixed } from "../../src/atoms/columnsOf.js";
import { matrixAtoms } from "../../src/atoms/matrixAtoms.js";
import { randomNumbers } from "../support/randomNumbers.js";

test("columns with others that are fixed have the products of the whole rows", () => {
  const next = randomNumbers(3);
  const values = Float64Array.from({ length: 30 }, () => next() - 0.5);
  const whole = matrixAtoms(values, 6);
  const fixed = Float64Array.of(0, 2, 0, -1, 0.5, 0);
  const cut = columnsAndFixed(whole, [5, 0, 2], fixed);
  const theta = Float64Array.of(0.25, 2, 0.5, -1, 0.5, 4); // 4, 0.25 and 0.5 at the columns that stay
  const [expected, products] = [new Float64Array(5), new Float64Array(5)];
  whole.times(theta, expected);
  cut.times(Float64Array.of(4, 0.25, 0.5, 1), products);
  for (let k = 0; k < 5; k++) {
    expect(products[k]).toBeCloseTo(expected[k]!, 14);
    const row = cut.row(k);
    expect([...row.subarray(0, 3)]).toEqual([values[6 * k + 5], values[6 * k], values[6 * k + 2]]);
    expect(row[3]).toBeCloseTo(2 * values[6 * k + 1]! - values[6 * k + 3]! + 0.5 * values[6 * k + 4]!, 14);
  }
  const lambda = Float64Array.of(0.1, 0, 0.4, 0.5, 0);
  const combination = new Float64Array(4);
  cut.combine(lambda, combination);
  for (let j = 0; j < 4; j++)
    expect(combination[j]).toBeCloseTo(
      [0, 2, 3].reduce((sum, k) => sum + lambda[k]! * cut.row(k)[j]!, 0),
      14,
    );
});
