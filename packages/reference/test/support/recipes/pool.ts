import type { PoolingKernels } from "@steepest/kernels";
import fc from "fast-check";
import { firstLargest, type PoolShape, windows } from "../naivePool.js";
import { type Argument, alias, anyVector, inout, input, number, output, type Recipe } from "./recipe.js";

type Name = Extract<keyof PoolingKernels, `${"max" | "average"}Pool${string}`>;

/** Small images whose width or height grows with `length`. */
const shapes = (length: number): fc.Arbitrary<PoolShape> =>
  fc
    .record({
      n: fc.integer({ min: 0, max: 2 }),
      channels: fc.integer({ min: 1, max: 3 }),
      size: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
      rest: fc.integer({ min: 0, max: 5 }),
      upright: fc.boolean(),
    })
    .map(({ rest, upright, ...shape }) => {
      const [long, short] = [shape.size + length, shape.size + rest];
      return upright ? { ...shape, height: long, width: short } : { ...shape, height: short, width: long };
    });

const sizes = ({ n, channels, height, width, size, stride }: PoolShape): Argument[] =>
  [n, channels, height, width, size, stride].map(number);

const entries = ({ n, channels, height, width }: PoolShape): number => n * channels * height * width;

/** Entries with many ties, or anything. */
const vector = (length: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    fc
      .array(fc.constantFrom(-1, -0, 0, 1), { minLength: length, maxLength: length, size: "max" })
      .map((values) => Float64Array.from(values)),
    anyVector(length),
  );

const pooling =
  (args: (shape: PoolShape, x: Float64Array, of: (length: number) => fc.Arbitrary<Float64Array>) => fc.Arbitrary<Argument[]>): Recipe =>
  (length) =>
    shapes(length).chain((shape) =>
      vector(entries(shape)).chain((x) => args(shape, x, anyVector).map((pieces) => [...pieces, ...sizes(shape)])),
    );

const forward = pooling((shape, x) => fc.constant([input(x), output(windows(shape).length)]));

const poolRecipes: Record<Name, Recipe> = {
  maxPoolForward: forward,
  maxPoolBackward: pooling((shape, x, of) => {
    const z = Float64Array.from(windows(shape), (window) => firstLargest(window.map((i) => x[i]!)).value);
    return of(z.length).map((dz) => [input(x), input(z), input(dz), output(x.length)]);
  }),
  averagePoolForward: forward,
  averagePoolBackward: pooling((shape, x, of) => of(windows(shape).length).map((dz) => [input(dz), output(x.length)])),
};

/** Units of few pieces, or few units of `length` pieces; z is their maximum. */
const units =
  (args: (x: Float64Array, z: Float64Array) => fc.Arbitrary<Argument[]>): Recipe =>
  (length) =>
    fc
      .oneof(
        fc.integer({ min: 1, max: 5 }).map((pieces) => [length, pieces] as const),
        fc.integer({ min: 0, max: 5 }).map((units) => [units, Math.max(length, 1)] as const),
      )
      .chain(([units, pieces]) =>
        vector(units * pieces).chain((x) => {
          const rows = Array.from({ length: units }, (_, unit) => [...x.subarray(unit * pieces, (unit + 1) * pieces)]);
          return args(
            x,
            Float64Array.from(rows, (row) => firstLargest(row).value),
          ).map((given) => [...given, ...[1, units, pieces].map(number)]);
        }),
      );

const unitRecipes: Record<Extract<keyof PoolingKernels, `${"maxout" | "mean"}${string}`>, Recipe> = {
  maxoutForward: units((x, z) => fc.constant([input(x), output(z.length)])),
  maxoutBackward: units((x, z) =>
    fc
      .tuple(anyVector(z.length), fc.boolean())
      .map(([dz, inPlace]) => (inPlace ? [inout(x), input(z), input(dz), alias(0)] : [input(x), input(z), input(dz), output(x.length)])),
  ),
  meanForward: units((x, z) => fc.constant([input(x), output(z.length)])),
  meanBackward: units((x, z) => anyVector(z.length).map((dz) => [input(dz), output(x.length)])),
};

export const poolingRecipes: Record<keyof PoolingKernels, Recipe> = { ...poolRecipes, ...unitRecipes };
