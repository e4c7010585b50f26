import { mlp, norms } from "@steepest/core";
import type { KernelFactory, Kernels } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { certify, polish } from "../../src/index.js";
import { withLentMemory } from "../../src/memory/lentMemory.js";
import { kernels } from "../support/kernels.js";

/** The factory, which counts the memories that it makes. */
function counting(): { readonly factory: KernelFactory; readonly made: Kernels[] } {
  const made: Kernels[] = [];
  const factory: KernelFactory = (byteLength) => {
    const one = kernels(byteLength);
    if (byteLength > 0) made.push(one);
    return one;
  };
  return { factory, made };
}

const network = mlp({ widths: [2, 2, 1], activation: "relu" });
const data = { inputs: Float64Array.of(1, 0.2, 0.1, 1, -1, -0.3, -0.2, -1), inputDim: 2, labels: [1, 1, -1, -1] };
const weights = Float64Array.of(1, 0.9, -1, -1.1, 1, -0.8);

describe("memories are lent", () => {
  test("to one question after another: any number of certificates takes those of the first, to the same bits", async () => {
    const { factory, made } = counting();
    const ask = () => certify({ network, data, weights, norm: norms.linf, kernels: factory });
    const first = await ask();
    const least = made.length;
    expect(least).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) expect(await ask()).toEqual(first);
    expect(made).toHaveLength(least);
  });

  test("to one step of a polish after another", async () => {
    const { factory, made } = counting();
    const short = await polish({ network, data, weights, norm: norms.l2, kernels: factory, steps: 2, kappa: 1 - 1e-15 });
    const least = made.length;
    const long = await polish({ network, data, weights, norm: norms.l2, kernels: factory, steps: 40, kappa: 1 - 1e-15 });
    expect(long.steps).toBeGreaterThan(short.steps);
    expect(made.length).toBeLessThanOrEqual(least + 1);
  });

  test("zeroed, to nobody while they are in use, and after a failure too", async () => {
    const { factory, made } = counting();
    const scribbled = withLentMemory(factory, (lend) => {
      const { buffer, arenaBase } = lend(1000);
      new Uint8Array(buffer, arenaBase).fill(255);
      throw new Error("enough");
    });
    await expect(scribbled).rejects.toThrow("enough");
    await withLentMemory(factory, async (lend) => {
      const [again, other] = [lend(900), lend(900)];
      expect(again).toBe(made[0]);
      expect(other).not.toBe(again);
      expect(new Uint8Array(again.buffer, again.arenaBase).every((byte) => byte === 0)).toBe(true);
      expect(lend(2 ** 20).buffer.byteLength).toBeGreaterThanOrEqual(2 ** 20);
    });
  });
});
