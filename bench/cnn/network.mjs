// The small CNN of the bench, for every side: 28 x 28 inputs, 8 filters 5 x 5, relu, 16 filters 5 x 5, relu, dense to one score; logistic loss.
import { generator } from "../kernel/operands.mjs";

export const samples = 100;
export const first = { channels: 1, height: 28, width: 28, filters: 8, size: 5, stride: 1, padding: 0 };
export const second = { channels: 8, height: 24, width: 24, filters: 16, size: 5, stride: 1, padding: 0 };
export const flattened = 16 * 20 * 20;

/** Multiplications and additions of the products of one step; the first layer needs no gradient by its inputs. */
export const stepFlop = 2 * samples * (2 * 24 * 24 * 8 * 25 + 3 * 20 * 20 * 16 * 200 + 3 * flattened);

/** Inputs, labels and weights, the same numbers on every side. */
export function operands() {
  const random = generator(1);
  const values = (length, bound) => Float64Array.from({ length }, () => bound * (2 * random() - 1));
  return {
    x: values(samples * 784, 1).map(Math.abs),
    labels: Float64Array.from({ length: samples }, () => (random() < 0.5 ? -1 : 1)),
    w1: values(8 * 25, 1 / 5),
    w2: values(16 * 200, 1 / Math.sqrt(200)),
    w3: values(flattened, 1 / Math.sqrt(flattened)),
  };
}
