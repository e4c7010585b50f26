/** The operands of a product as functions: element (row, step) of a and (step, column) of b. */
export interface NaiveProduct {
  readonly rows: number;
  readonly columns: number;
  readonly steps: number;
  readonly a: (row: number, step: number) => number;
  readonly b: (step: number, column: number) => number;
}

/** The contract of every layer product, word for word: each entry is summed in order from +0, one rounding per product and per sum. */
export function naiveProduct({ rows, columns, steps, a, b }: NaiveProduct): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < steps; k++) sum += a(i, k) * b(k, j);
      result[i * columns + j] = sum;
    }
  }
  return result;
}

/** Sizes of a layer. */
export interface Shape {
  readonly n: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** The three products of a layer as the contract has them. */
export const layerProducts = {
  forward: ({ n, inputs, outputs }: Shape, x: Float64Array, w: Float64Array): Float64Array =>
    naiveProduct({ rows: n, columns: outputs, steps: inputs, a: (i, k) => x[i * inputs + k]!, b: (k, j) => w[j * inputs + k]! }),
  inputGradient: ({ n, inputs, outputs }: Shape, dz: Float64Array, w: Float64Array): Float64Array =>
    naiveProduct({ rows: n, columns: inputs, steps: outputs, a: (i, k) => dz[i * outputs + k]!, b: (k, j) => w[k * inputs + j]! }),
  weightGradient: ({ n, inputs, outputs }: Shape, x: Float64Array, dz: Float64Array): Float64Array =>
    naiveProduct({ rows: outputs, columns: inputs, steps: n, a: (i, k) => dz[k * outputs + i]!, b: (k, j) => x[k * inputs + j]! }),
};

/** The first entry that differs, as text; NaN equals NaN, −0 differs from +0. Far faster than comparing long arrays with a matcher. */
export function firstDifference(actual: Float64Array, expected: Float64Array): string | undefined {
  if (actual.length !== expected.length) return `length ${actual.length}, expected ${expected.length}`;
  const i = actual.findIndex((value, index) => !Object.is(value, expected[index]));
  return i < 0 ? undefined : `entry ${i}: ${actual[i]}, expected ${expected[i]}`;
}

/** Every shape whose sizes are 0 to `limit`. */
export function* smallShapes(limit: number): Generator<Shape> {
  for (let n = 0; n <= limit; n++) {
    for (let inputs = 0; inputs <= limit; inputs++) {
      for (let outputs = 0; outputs <= limit; outputs++) yield { n, inputs, outputs };
    }
  }
}

/** f64[length] of both signs whose exponents vary, so that every sum rounds and its order shows; the share `density` of them nonzero. */
export function roundingValues(length: number, seed: number, density = 1): Float64Array {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes
    return state / 2 ** 32;
  };
  return Float64Array.from({ length }, () => {
    const [kept, exponent, mantissa] = [next() < density, Math.floor(9 * next()) - 4, next() + next() * 2 ** -32 - 0.5];
    return kept ? mantissa * 2 ** exponent : 0;
  });
}
