import { expect, test } from "vitest";
import { normalQuantile } from "../../src/scalar/normalQuantile.js";
import { golden, worst } from "../support/ulps.js";

test("the normal quantile stays within 8 ULP of the exact one", () => {
  expect(worst(normalQuantile, golden.normalQuantile!).ulps).toBeLessThanOrEqual(8);
});
