import { norms } from "@steepest/core";
import { afterEach, expect, test, vi } from "vitest";
import { maxMargin } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

/** HiGHS as it is, absent, or with models that end in an error. */
const state = vi.hoisted(() => ({ kind: "absent" as "absent" | "failing" }));
vi.mock("highs", () => ({
  default: async () => {
    if (state.kind === "absent") throw new TypeError("fetch failed: highs.wasm");
    const fail = (): never => {
      throw Object.assign(new Error("run failed"), { name: "HighsError" });
    };
    return {
      createModel: () => ({
        options: { set: () => undefined },
        addRows: () => undefined,
        addCols: () => undefined,
        run: fail,
        clearSolver: () => undefined,
        dispose: () => undefined,
      }),
    };
  },
}));

afterEach(() => vi.resetModules());

const inputs = Float64Array.of(2, 1, -1, 1, 3, 0.5, -2, 1, -1, -3, -0.5, -1.5);
const data = { inputs, inputDim: 3, labels: [1, 1, -1, -1] };

test.each(["absent", "failing"] as const)(
  "where HiGHS is %s another method finds the largest margins in l1 and linf, and says so",
  async (kind) => {
    state.kind = kind;
    vi.resetModules();
    const { maxMargin: withoutHighs } = await import("../../src/index.js");
    for (const id of ["l1", "linf"] as const) {
      const { lower, upper, method, separable, uniqueness } = await withoutHighs(data, norms[id], { kernels, tolerance: 1e-7 });
      expect([id, method, separable]).toEqual([id, "proximal points", true]);
      expect(upper - lower).toBeLessThan(1e-7 * upper);
      expect(uniqueness).toEqual({ unique: undefined });
      expect(lower).toBeGreaterThan(0.1);
    }
  },
);

test("where HiGHS fails, what is not separable still has a negative margin", async () => {
  state.kind = "failing";
  const rows = [0, 1, 2, 3].flatMap((i) => [1, -1].map((sign) => [0, 1, 2, 3].map((j) => (i === j ? sign : 0))));
  const { separable, negative } = await maxMargin(
    { inputs: Float64Array.from(rows.flat()), inputDim: 4, labels: rows.map(() => 1) },
    "linf",
    {
      kernels,
    },
  );
  expect(separable).toBe(false);
  expect(negative!.method).toBe("ascent");
  expect(negative!.lower).toBeLessThanOrEqual(-1);
  expect(negative!.upper).toBeGreaterThanOrEqual(-1);
});
