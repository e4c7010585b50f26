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

  test("--network relu: the largest margin over all two-layer ReLU networks, which separate XOR", async () => {
    const xor = JSON.stringify({
      kind: "points",
      inputs: [
        [1, 1],
        [-1, -1],
        [1, -1],
        [-1, 1],
      ],
      labels: [1, 1, -1, -1],
      constant: 0,
    });
    const linear = await steepest(["maxmargin", "--dataset", xor, "--norm", "l2", "--json"]);
    const [none] = JSON.parse(linear.stdout).margins;
    expect([none.separable, none.negative.method]).toEqual([false, "facets"]);
    expect(none.negative.lower).toBeCloseTo(-1, 12);
    const table = await steepest(["maxmargin", "--network", "relu", "--dataset", xor]);
    expect([table.code, table.stderr]).toEqual([0, ""]);
    const cells = table.stdout
      .split("\n")
      .find((line) => line.startsWith("l2 "))!
      .split(/ {2,}/);
    const { stdout } = await steepest(["maxmargin", "--network", "relu", "--dataset", xor, "--json"]);
    const { network, margins } = JSON.parse(stdout);
    const [answer] = margins;
    expect([network, answer.norm, answer.separable, answer.closed]).toEqual(["relu", "l2", true, true]);
    // the margin of the network that is told, computed here
    const [w, a] = [answer.hidden as number[], answer.output as number[]];
    const square = [...w, ...a].reduce((sum, value) => sum + value * value, 0);
    const { inputs, labels } = JSON.parse(xor) as { inputs: [number, number][]; labels: number[] };
    const margin = Math.min(
      ...inputs.map(([x, y], i) => labels[i]! * a.reduce((sum, c, j) => sum + c * Math.max(w[2 * j]! * x + w[2 * j + 1]! * y, 0), 0)),
    );
    expect(margin / square).toBeGreaterThanOrEqual(answer.lower);
    expect(margin / square).toBeLessThanOrEqual(answer.upper);
    expect(Number(cells[1])).toBeLessThanOrEqual(answer.lower);
    expect(Number(cells[2])).toBeGreaterThanOrEqual(answer.upper);
  });

  test("--network relu is refused with its place for more dimensions, classes and other norms", async () => {
    for (const [args, path] of [
      [["teacher-student"], "data.inputs"],
      [["multiclass-linear"], "data.classes"],
      [["--dataset", corner, "--norm", "l1"], "--norm"],
    ] as const) {
      const { code, stderr, stdout } = await steepest(["maxmargin", "--network", "relu", ...args]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(path);
    }
    const { code, stderr } = await steepest(["maxmargin", "--network", "tanh", "--dataset", corner]);
    expect([code, stderr.includes("linear or relu")]).toEqual([2, true]);
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
