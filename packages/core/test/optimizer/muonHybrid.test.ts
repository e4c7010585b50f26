import { describe, expect, test } from "vitest";
import { muon, muonAdam, muonSignum } from "../../src/index.js";

const exact = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
const iterated = { ...exact, orthogonalization: "newtonSchulz" } as const;
const adam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };

describe.each([
  ["muonSignum", (options: typeof exact | typeof iterated) => muonSignum({ muon: options, signum: { momentum: 0.9 }, rowScale: 1 })],
  ["muonAdam", (options: typeof exact | typeof iterated) => muonAdam({ muon: options, adam, rowScale: 1 })],
])("%s", (id, hybrid) => {
  test("is expected to raise the margin of its own norm where Muon is exact", () => {
    expect(hybrid(exact).expectation.margin?.id).toBe(`max(${id})`);
  });

  test("has no expected margin where theory has none for its Muon, and says why", () => {
    expect(hybrid(iterated).expectation).toEqual(muon(iterated).expectation);
    expect(hybrid(iterated).expectation.margin).toBeUndefined();
  });
});
