import { type NormId, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { dualAboveErrors } from "../../src/bound/dualAboveErrors.js";
import { boundedNorm } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

const blocks = [{ offset: 0, rows: 4, columns: 4 }];
/** A Hadamard matrix: four singular values of 2, where all signs positive give one of 4. */
const hadamard = Float64Array.of(1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1);

describe("dualAboveErrors", () => {
  test("bounds the nuclear norm of every choice of signs, which that of the absolute values does not", () => {
    const norm = boundedNorm(norms.spectral, kernels, blocks);
    const errors = new Float64Array(16).fill(1);
    expect(norm.dualValue(hadamard)).toBeCloseTo(8, 12);
    expect(norm.dualUpper(errors)).toBeLessThan(5);
    expect(dualAboveErrors(norm, errors)).toBeGreaterThanOrEqual(8);
  });

  test.each(Object.keys(norms) as NormId[])("bounds the dual of %s for every choice of signs and smaller entries", (id) => {
    const norm = boundedNorm(norms[id], kernels, blocks);
    for (let c = 0; c < 64; c++) {
      const errors = Float64Array.from({ length: 16 }, (_, j) => ((j * 7 + c * 5) % 11) / 8);
      const inside = errors.map((error, j) => error * hadamard[(j + c) % 16]! * (c % 2 ? 1 : 0.75));
      expect(norm.dualValue(inside)).toBeLessThanOrEqual(dualAboveErrors(norm, errors) * (1 + 2 ** -40));
    }
  });
});
