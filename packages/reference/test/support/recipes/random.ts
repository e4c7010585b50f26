import type { RandomKernels } from "@steepest/kernels";
import fc from "fast-check";
import { number, output, type Recipe } from "./recipe.js";

const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

const stream: Recipe = (n) =>
  fc
    .tuple(word, word, word)
    .map(([seedLow, seedHigh, stream]) => [output(n), number(n), number(seedLow), number(seedHigh), number(stream)]);

export const randomRecipes: Record<keyof RandomKernels, Recipe> = { randomUniform: stream, randomNormal: stream };
