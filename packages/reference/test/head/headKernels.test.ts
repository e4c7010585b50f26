import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { classScratchBytes } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { input, number, output, scratch } from "../support/recipes/recipe.js";

interface HeadCase {
  readonly name: string;
  readonly scores: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly margins: readonly number[];
  readonly smoothed: readonly number[];
  readonly seeds: readonly (readonly number[])[];
}

interface LossCase {
  readonly name: string;
  readonly loss: "ce" | "exp";
  readonly outputs: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly margins: readonly number[];
  readonly log_loss: number;
  readonly q: readonly number[];
  readonly dlogL_doutputs: readonly (readonly number[])[];
}

const read = <Case>(file: string): Case[] => JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8")).cases;
const heads = read<HeadCase>("heads.json").map((one) => [one.name, one] as const);
const losses = read<LossCase>("multiclass.json").map((one) => [one.name, one] as const);

const { NaN: nan, POSITIVE_INFINITY: infinity, EPSILON: epsilon, MAX_VALUE: largest } = Number;

describe.each(implementations)("%s: heads of several classes", (_, kernels) => {
  const head = (scores: readonly (readonly number[])[], labels: readonly number[]) => {
    const [n, classes] = [scores.length, scores[0]!.length];
    const [s, y] = [input(Float64Array.from(scores.flat())), input(Float64Array.from(labels))];
    const work = scratch(classScratchBytes(classes));
    const hard = call(kernels, "classMargins", [s, y, output(n), number(n), number(classes)], aligned);
    const soft = call(kernels, "multiclassMargins", [s, y, output(n), output(n * classes), number(n), number(classes), work], aligned);
    const alone = call(kernels, "smoothedMargins", [s, y, output(n), number(n), number(classes), work], aligned);
    expect(alone.outputs[0]).toEqual(soft.outputs[0]);
    const rows = Array.from({ length: n }, (__, i) => [...soft.outputs[1]!.subarray(i * classes, (i + 1) * classes)]);
    return { margins: [...hard.outputs[0]!], smoothed: [...soft.outputs[0]!], seeds: rows };
  };

  test.each(heads)("%s: smoothed margins and seeds equal 50-digit references", (__, { scores, labels, margins, smoothed, seeds }) => {
    const got = head(scores, labels);
    expect(got.margins).toEqual(margins); // one rounding of an exact difference
    const classes = scores[0]!.length;
    // rounding of e^x and of s_j - M in each share (x e^-x < 0.37), of the sum in four lanes, of log1p
    const share = (classes / 8 + 4) * epsilon;
    for (const [i, value] of got.smoothed.entries()) {
      expect(Math.abs(value - smoothed[i]!), `sample ${i}`).toBeLessThanOrEqual(
        share + Math.log(classes) * epsilon + Math.abs(smoothed[i]!) * epsilon,
      );
      for (const [j, seed] of got.seeds[i]!.entries()) {
        const argument = Math.log(1 / Math.abs(seeds[i]![j]! || 1)); // its rounding is an error relative to the share
        expect(Math.abs(seed - seeds[i]![j]!), `sample ${i}, class ${j}`).toBeLessThanOrEqual(
          (share + argument * epsilon) * Math.abs(seeds[i]![j]!) + 5e-324,
        );
      }
    }
  });

  test.each(losses)("%s: head and loss equal the reference", (__, { loss, outputs, y, margins, log_loss, q, dlogL_doutputs }) => {
    const got = head(outputs, y);
    expect(got.margins).toEqual(margins);
    const name = loss === "exp" ? "exponentialLoss" : "logisticLoss";
    const { returned, outputs: written } = call(
      kernels,
      name,
      [input(Float64Array.from(got.smoothed)), output(y.length), number(y.length)],
      aligned,
    );
    expect(Math.abs(returned! - log_loss)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(log_loss)));
    // a margin of 2000 is rounded to 2e-13, and its weight by as much relative to itself
    const bound = 1e-14 + 2 * epsilon * Math.max(...margins.map(Math.abs));
    for (const [i, weight] of written[0]!.entries()) {
      expect(Math.abs(weight - q[i]!)).toBeLessThanOrEqual(bound * q[i]! + 1e-300);
      for (const [j, slope] of dlogL_doutputs[i]!.entries()) {
        expect(Math.abs(-weight * got.seeds[i]![j]! - slope)).toBeLessThanOrEqual(bound * Math.abs(slope) + 1e-300);
      }
    }
  });

  test("two classes: the exact difference", () => {
    expect(
      head(
        [
          [3, 1],
          [1, 3],
          [1e300, -1e300],
          [0.1, 0.3],
        ],
        [0, 0, 1, 1],
      ),
    ).toEqual({
      margins: [2, -2, -2e300, 0.3 - 0.1],
      smoothed: [2, -2, -2e300, 0.3 - 0.1],
      seeds: [
        [1, -1],
        [1, -1],
        [-1, 1],
        [-1, 1],
      ],
    });
  });

  test("by hand: three equal others share", () => {
    const { margins, smoothed, seeds } = head([[5, 1, 1, 1]], [0]);
    expect(margins).toEqual([4]);
    expect(smoothed[0]).toBeCloseTo(4 - Math.log(3), 15);
    expect(seeds).toEqual([[1, -1 / 3, -1 / 3, -1 / 3]]);
  });

  test("overflow only where the difference overflows; infinite scores count", () => {
    const { smoothed, seeds } = head(
      [
        [largest, -largest, 0],
        [-largest, largest, 0],
        [largest, largest, largest],
      ],
      [0, 0, 1],
    );
    expect(smoothed).toEqual([largest, -infinity, -Math.LN2]);
    expect(seeds[0]).toEqual([1, -0, -1]);
    expect(
      head(
        [
          [0, infinity, 5],
          [infinity, 0, 0],
          [1, -infinity, 2],
        ],
        [0, 0, 0],
      ),
    ).toEqual({
      margins: [-infinity, infinity, -1],
      smoothed: [-infinity, infinity, -1],
      seeds: [
        [1, -1, -0],
        [1, -0.5, -0.5],
        [1, -0, -1],
      ],
    });
    expect(head([[1, -infinity]], [0])).toEqual({ margins: [infinity], smoothed: [infinity], seeds: [[1, -1]] });
  });

  test("a NaN score makes both margins of its sample NaN, and no other's", () => {
    for (const at of [0, 1, 2]) {
      const row = [1, 2, 3].map((score, j) => (j === at ? nan : score));
      const { margins, smoothed, seeds } = head([[0, 0, 0], row, [0, 0, 0]], [0, 0, 0]);
      expect(margins).toEqual([0, nan, 0]);
      expect(smoothed).toEqual([-Math.LN2, nan, -Math.LN2]);
      if (at > 0) expect(seeds[1]).toEqual([1, nan, nan]);
    }
  });

  test("the seeds of a sample sum to zero, and the smoothed margin lies log(classes - 1) below the margin at most", () => {
    for (const [, { scores, labels }] of heads) {
      const { margins, smoothed, seeds } = head(scores, labels);
      for (const [i, row] of seeds.entries()) {
        expect(Math.abs(row.reduce((sum, seed) => sum + seed, 0))).toBeLessThanOrEqual(row.length * epsilon);
        expect(smoothed[i]!).toBeLessThanOrEqual(margins[i]!);
        expect(smoothed[i]!).toBeGreaterThanOrEqual(margins[i]! - Math.log(row.length - 1) - 2 * epsilon * (1 + Math.abs(margins[i]!)));
      }
    }
  });
});

describe("rows of several blocks of exponentials", () => {
  const spreads = [1, 30, 800, infinity]; // powers of every kind: moderate in all blocks, in some, in none
  const rowOf = (classes: number, spread: number, seed: number): number[] =>
    Array.from({ length: classes }, (_, j) => {
      const unit = ((j * 7919 + seed * 104_729) % 1009) / 1009;
      return spread === infinity ? (unit < 0.01 ? -infinity : unit) : spread * (unit - 0.5);
    });

  test.each([127, 128, 129, 130, 256, 257, 300])(
    "%i classes: binary and twin agree bit for bit, whatever stands beside a row",
    (classes) => {
      const scores = spreads.flatMap((spread, seed) => [rowOf(classes, spread, seed), rowOf(classes, 1, seed + 9)]).flat();
      const n = 2 * spreads.length;
      const labels = Float64Array.from({ length: n }, (_, i) => (i * 37) % classes);
      const given = [input(Float64Array.from(scores)), input(labels)];
      const sizes = [number(n), number(classes), scratch(classScratchBytes(classes))];
      const [fast, plain] = implementations.map(([, kernels]) => ({
        hard: call(kernels, "classMargins", [...given, output(n), number(n), number(classes)], aligned).outputs,
        soft: call(kernels, "multiclassMargins", [...given, output(n), output(n * classes), ...sizes], aligned).outputs,
        alone: call(kernels, "smoothedMargins", [...given, output(n), ...sizes], aligned).outputs,
      }));
      expect(fast).toEqual(plain);
      expect(fast!.alone[0]).toEqual(fast!.soft[0]);
    },
  );

  test("the scratch is that of the binary's blocks", async () => {
    const source = await readFile(new URL("../../../../assembly/head/classShares.ts", import.meta.url), "utf8");
    const block = Number(/const shareBlock: i32 = (\d+);/.exec(source)?.[1]);
    expect(classScratchBytes(7)).toBe(8 * (2 * block + 7));
  });
});
