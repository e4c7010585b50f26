import { linear, mlp, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { maxMargin, type Polished, polish } from "../../src/index.js";
import { goldenKkt } from "../support/goldenKkt.js";
import { kernels } from "../support/kernels.js";

/** The largest lower end of κ among the entries of the certificate. */
const kappaOf = ({ certification }: Polished): number =>
  certification.kind === "certified" ? Math.max(...certification.document.entries.map(({ kappa }) => kappa[0])) : Number.NaN;

describe("a polish", () => {
  test.each(goldenKkt)("of $name raises the margin to that of a KKT point", async ({ network, data, weights, norm, kappa }) => {
    const polished = await polish({ network, data, weights, norm: norms[norm], kernels });
    expect(polished.after).toBeGreaterThan(polished.before);
    expect(kappaOf(polished)).toBeGreaterThan(Math.max(kappa, 0.99999));
    // the certificate is of a margin that is larger indeed
    const { certification } = polished;
    if (certification.kind !== "certified") throw new Error("no margin");
    const { minMargin, size } = certification.document;
    expect(Math.abs(minMargin[0] / size[1] ** network.degree / polished.after - 1)).toBeLessThan(1e-9);
  });

  test("from two points of one run ends at the same margin: that was left at both", async () => {
    const [early, late] = await Promise.all(
      ["relu_GD(l2)_logL-3_l2", "relu_GD(l2)_logL-300_l2"].map((name) => {
        const { norm, ...point } = goldenKkt.find((one) => one.name === name)!;
        return polish({ ...point, norm: norms[norm], kernels });
      }),
    );
    expect(Math.abs(early!.after / late!.after - 1)).toBeLessThan(1e-5);
    expect(early!.after / early!.before).toBeGreaterThan(1.4);
    expect(late!.after / late!.before).toBeLessThan(1.05);
  });

  test.each(["l1", "l2", "linf"] as const)("of a linear model in %s reaches the largest margin", async (id) => {
    const data = { inputs: Float64Array.of(2, 1, 1, 3, -1, -2, -3, 0.5), labels: [1, 1, -1, -1], inputDim: 2 };
    const [{ after, weights }, { lower }] = await Promise.all([
      polish({ network: linear({ inputDim: 2 }), data, weights: Float64Array.of(3e-80, 1e-80), norm: norms[id], kernels }),
      maxMargin(data, id, { kernels }),
    ]);
    expect(Math.abs(after / lower - 1)).toBeLessThan(1e-6);
    expect(weights.every((w) => Math.abs(w) < 1e-79)).toBe(true); // the norm is that of the weights that were given
    const small = { ...data, inputs: data.inputs.map((x) => x * 2 ** -300) };
    const scaled = await polish({
      network: linear({ inputDim: 2 }),
      data: small,
      weights: Float64Array.of(3, 1),
      norm: norms[id],
      kernels,
    });
    expect(Math.abs((scaled.after * 2 ** 300) / lower - 1)).toBeLessThan(1e-6);
  });

  test("leaves frozen layers and a KKT point as they are, and says where there is no margin", async () => {
    const network = mlp({ widths: [2, 1, 1], activation: "relu", frozenLayers: [1] });
    const data = { inputs: Float64Array.of(3, -4), labels: [1], inputDim: 2 };
    const kkt = await polish({ network, data, weights: Float64Array.of(0.6, -0.8, 2), norm: norms.l2, kernels });
    expect(kkt.weights[2]).toBe(2);
    expect(Math.abs(kkt.after / kkt.before - 1)).toBeLessThan(1e-12);
    expect(kappaOf(kkt)).toBeGreaterThan(1 - 1e-9);
    const off = await polish({ network, data, weights: Float64Array.of(1, 0.1, 2), norm: norms.l2, kernels });
    expect([off.weights[2], kappaOf(off) > 1 - 1e-6]).toEqual([2, true]);
    const none = await polish({ network, data, weights: Float64Array.of(-1, 0, 2), norm: norms.l2, kernels });
    expect([none.certification.kind, none.before, none.steps]).toEqual(["noMargin", Number.NaN, 0]);
  });
});
