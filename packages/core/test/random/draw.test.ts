import { describe, expect, test } from "vitest";
import { drawNormal, drawSubset, drawUniform, streams } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

const seeds = 2000;

test("no two consumers of random numbers begin at one stream, and those that count steps or epochs have room for 10^9 of them", () => {
  const numbers = Object.values(streams);
  expect(new Set(numbers).size).toBe(numbers.length);
  const counting = [streams.batches, streams.spectra, streams.fresh, 2 ** 32].sort((a, b) => a - b);
  counting.slice(1).forEach((next, i) => {
    expect(next - counting[i]!).toBeGreaterThan(1e9);
  });
});

describe.each(hosts)("drawing on the $host", ({ kernels }) => {
  test("a subset holds different elements, each equally likely at each place", () => {
    const population = ["a", "b", "c", "d", "e"];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < seeds; seed++) {
      const subset = drawSubset(kernels, population, { seed, stream: 7, count: 3 });
      expect(new Set(subset).size).toBe(3);
      subset.forEach((element, place) => {
        const key = `${element}${place}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      });
    }
    expect(counts.size).toBe(15);
    const deviation = Math.sqrt(seeds * 0.2 * 0.8);
    for (const count of counts.values()) expect(Math.abs(count - seeds / 5)).toBeLessThan(4.5 * deviation);
    expect(population).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("a whole population is a permutation of it; more than that is refused", () => {
    expect(drawSubset(kernels, [1, 2, 3, 4], { seed: 1, stream: 0, count: 4 }).sort()).toEqual([1, 2, 3, 4]);
    expect(() => drawSubset(kernels, [1, 2], { seed: 1, stream: 0, count: 3 })).toThrow(
      "drawSubset: 3 elements wanted, the population has 2",
    );
  });

  test("number i of a stream does not depend on how many are drawn, and streams and seeds differ", () => {
    const long = drawNormal(kernels, { seed: 5, stream: 2, count: 101 });
    expect(drawNormal(kernels, { seed: 5, stream: 2, count: 8 })).toEqual(long.subarray(0, 8));
    expect(drawNormal(kernels, { seed: 5, stream: 3, count: 8 })).not.toEqual(long.subarray(0, 8));
    expect(drawNormal(kernels, { seed: 5 + 2 ** 32, stream: 2, count: 8 })).not.toEqual(long.subarray(0, 8));
  });

  test("moments of many draws are those of the laws", () => {
    const count = 20_000;
    const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / count;
    const normal = drawNormal(kernels, { seed: 1, stream: 1, count });
    expect(Math.abs(mean(normal))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(mean(normal.map((v) => v * v)) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    const uniform = drawUniform(kernels, { seed: 1, stream: 1, count });
    expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan(4 / Math.sqrt(12 * count));
    expect(uniform.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])("seed %d is refused", (seed) => {
    expect(() => drawUniform(kernels, { seed, stream: 0, count: 1 })).toThrow(`seed: must be an integer >= 0, got ${seed}`);
  });
});
