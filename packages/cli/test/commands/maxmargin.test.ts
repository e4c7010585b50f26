import { describe, expect, test } from "vitest";
import { steepest } from "../support/steepest.js";

const corner = JSON.stringify({
  kind: "points",
  inputs: [
    [2, 1],
    [-1, -3],
  ],
  labels: [1, -1],
  constant: 0,
});

describe("steepest maxmargin", () => {
  test("a table of the usual norms, both bounds rounded outwards", async () => {
    const { code, stdout, stderr } = await steepest(["maxmargin", "--dataset", corner]);
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("2 samples in 2 dimensions, 2 classes");
    const exact = { l1: 5 / 3, l2: Math.sqrt(5), linf: 3 };
    for (const [id, value] of Object.entries(exact)) {
      const cells = lines.find((line) => line.startsWith(`${id} `))!.split(/ {2,}/);
      expect(Number(cells[1])).toBeLessThanOrEqual(value);
      expect(Number(cells[2])).toBeGreaterThanOrEqual(value);
      expect(Number(cells[2]) - Number(cells[1])).toBeLessThan(1e-10);
    }
  });

  test("--json has the points that prove the bounds", async () => {
    const { code, stdout } = await steepest(["maxmargin", "multiclass-linear", "--norm", '{ "lp": 3 }', "--tolerance", "1e-5", "--json"]);
    expect(code).toBe(0);
    const { seed, margins } = JSON.parse(stdout);
    expect([seed, margins.length, margins[0].norm, margins[0].separable, margins[0].closed]).toEqual([0, 1, "lp(3)", true, true]);
    expect(margins[0].lambda.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(margins[0].upper / margins[0].lower - 1).toBeLessThan(1.1e-5);
  });

  test("data that nothing separates have a negative margin and a note", async () => {
    const triangle = JSON.stringify({
      kind: "points",
      inputs: [
        [3, 0],
        [-1, 2],
        [1, 2],
      ],
      labels: [1, 1, -1],
      constant: 0,
    });
    const { code, stdout } = await steepest(["maxmargin", "--dataset", triangle, "--norm", "l2"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^l2 {2,}-1\.0\d+ {2,}-(0\.9\d+|1\.0\d+) /m);
    expect(stdout).toContain(
      "l2: not separable, 0 is a convex combination of the signed samples; the bounds are of the largest negative margin",
    );
  });

  test.each([
    [["maxmargin"], "error --dataset: or a definition must be given\n"],
    [["maxmargin", "multiclass-linear", "--dataset", corner], "error --dataset: and a definition cannot both be given\n"],
    [["maxmargin", "--dataset", '{"kind":"moon"}'], "error dataset.kind: must be one of"],
    [["maxmargin", "--dataset", corner, "--norm", "l7"], 'error norm: there is no norm "l7"\n'],
    [["maxmargin", "--dataset", corner, "--seed", "-1"], 'error --seed: must be an integer in [0, 2^53), got "-1"\n'],
    [["maxmargin", "--dataset", corner, "--tolerance", "0"], 'error --tolerance: must be a number in (0, 1), got "0"\n'],
  ])("%j is refused with its place", async (args, message) => {
    const { code, stdout, stderr } = await steepest(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
