import { describe, expect, test } from "vitest";
import { overRisk } from "../../src/figure/overRisk.js";
import { type ExperimentDefinition, figure, parseDefinition, type RunRecord } from "../../src/index.js";
import { record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

interface Layer {
  readonly data: { readonly values: readonly { arm: string; step: number; mean: number; low: number; high: number; part: number }[] };
  readonly encoding: Record<string, { scale: { type: string; domain: number[] }; axis: { title: string } }>;
}
const draw = (definition: ExperimentDefinition, records: readonly RunRecord[]) =>
  figure(definition, records) as unknown as {
    readonly title: { readonly subtitle: unknown };
    readonly concat: readonly { readonly layer: readonly Layer[] }[];
  };

const probe = "margin.l2";
const over = (...panels: ExperimentDefinition["figure"]): ExperimentDefinition => ({ ...tiny, claims: [], figure: panels });
const deep = over({ probe, scale: "linear", over: "depth" }, { probe, scale: "linear" });

describe("runs over their depth", () => {
  test("every run has a row at each depth that one of them reaches first, on the line over log R", () => {
    const runs = [
      record("gradient", 0, [0, 10, 20], { [probe]: [0, 1, 5], logRisk: [1, -2, -6] }),
      record("gradient", 1, [0, 5, 30], { [probe]: [0, 10, 30], logRisk: [1, -4, -8] }),
    ];
    const rows = overRisk(runs, probe).map((run) => run.rows.map((row) => [row.step, row[probe]]));
    expect(rows).toEqual([
      [
        [-1, 0],
        [1, 2 / 3],
        [2, 1],
        [4, 3],
        [6, 5],
      ], // the first is no deeper than 6
      [
        [-1, 0],
        [1, 4],
        [2, 6],
        [4, 10],
        [6, 20],
        [8, 30],
      ],
    ]);
  });

  test("where the risk rises again only the first time counts", () => {
    const [run] = overRisk([record("gradient", 0, [0, 1, 2, 3, 4], { [probe]: [0, 1, 2, 3, 4], logRisk: [-1, -3, -1, -2, -5] })], probe);
    expect(run!.rows.map((row) => [row.step, row[probe]])).toEqual([
      [1, 0],
      [3, 1],
      [5, 4],
    ]);
  });

  test("a row without a risk, or of a risk of 0, has no place; a value that is missing stays so", () => {
    const [run] = overRisk(
      [record("gradient", 0, [0, 1, 2, 3], { [probe]: [0, 1, Number.NaN, 3], logRisk: [Number.NaN, -3, -4, Number.NEGATIVE_INFINITY] })],
      probe,
    );
    expect(run!.rows.map((row) => [row.step, row[probe]])).toEqual([
      [3, 1],
      [4, Number.NaN],
    ]);
  });
});

describe("a panel over the depth", () => {
  const records = [
    record("gradient", 0, [1, 10, 100], { [probe]: [1, 2, 4], logRisk: [0, -10, -100] }),
    record("sign", 0, [1, 10, 1000], { [probe]: [1, 3, 9], logRisk: [0, -20, -50] }),
  ];
  const spec = draw(deep, records);
  const [depth, steps] = spec.concat.map(({ layer }) => layer[1]!);

  test("has an axis of -log R from 1 to the deepest, beside panels over steps", () => {
    expect(depth!.encoding.x!.axis.title).toBe("−log R, R the sum over samples");
    expect(depth!.encoding.x!.scale).toMatchObject({ type: "log", domain: [1, 100] });
    expect(steps!.encoding.x!.axis.title).toBe("epoch (full-batch step)");
    expect(steps!.encoding.x!.scale.domain).toEqual([1, 1000]);
  });

  test("draws no run deeper than it came, although one over steps repeats its last row", () => {
    const lastOf = (layer: Layer, arm: string) => layer.data.values.filter((point) => point.arm.startsWith(arm)).at(-1)!;
    expect(lastOf(depth!, "sign")).toMatchObject({ step: 50, mean: 9 });
    expect(lastOf(depth!, "gradient")).toMatchObject({ step: 100, mean: 4 });
    expect(lastOf(steps!, "gradient")).toMatchObject({ step: 1000, mean: 4 });
    const [first] = depth!.data.values.filter((point) => point.arm.startsWith("gradient"));
    expect(first!.step).toBe(1); // cut on the way from a depth of 0 that has no place on the axis
  });

  test("says which arm never came so deep", () => {
    const shallow = [records[0]!, record("sign", 0, [1, 10], { [probe]: [1, 3], logRisk: [0, -0.5] })];
    expect(JSON.stringify(draw(deep, shallow).title.subtitle)).toContain("log risk never at -1 or below: sign");
  });

  test("joins the numbers of certificates over the rows between them, which have none", () => {
    const best = "kkt.bestTangentMarginRatio.own";
    const certified = [
      record("sign", 0, [1, 10, 100, 1000], { [best]: [Number.NaN, 0.5, Number.NaN, 0.75], logRisk: [-1, -20, -40, -80] }),
    ];
    const points = (certifyBelow?: number[]) => {
      const { layer } = draw(
        {
          ...over({ probe: best, over: "depth", scale: "linear" }),
          record: { ...tiny.record, ...(certifyBelow && { certifyBelow }) },
        },
        certified,
      ).concat[0]!;
      return layer[1]!.data.values.map(({ step, mean, part }) => [step, mean, part]);
    };
    const [[first, low, part], [last, high, same]] = points([-10, -50]) as [number[], number[]];
    expect([first, low, last, high]).toEqual([20, 0.5, 80, 0.75]);
    expect(same).toBe(part);
    expect(new Set(points().map((point) => point[2])).size).toBe(2); // where every row should have one, the gap is seen
  });

  test("needs logRisk among what is recorded", () => {
    const without = { ...over({ probe, scale: "log", over: "depth" }), record: { ...tiny.record, probes: [probe] } };
    expect(() => parseDefinition(without)).toThrow('figure[0].over: there is no recorded probe "logRisk"');
    expect(() => parseDefinition(over({ probe, scale: "log", over: "depth" }))).not.toThrow();
    expect(() => parseDefinition(over({ probe, scale: "log", over: "risk" as never }))).toThrow(
      "figure[0].over: must be one of step, depth",
    );
  });

  test("draws the distance to a number in place of the probe, and says so", () => {
    for (const over of ["depth", "step"] as const) {
      const { concat } = draw({ ...deep, figure: [{ probe, distanceTo: 3, over, scale: "linear" }] }, records);
      const { y } = concat[0]!.layer[1]!.encoding;
      expect([y!.axis.title].flat().join(" ")).toBe("distance to 3: margin in ℓ2 (paper: γ₂)");
      const means = concat[0]!.layer[1]!.data.values.filter(({ arm }) => arm.startsWith("sign")).map(({ mean }) => mean);
      expect(Math.min(...means)).toBe(0);
      expect(means.at(-1)).toBe(6);
    }
    const risk = draw({ ...deep, figure: [{ probe: "logRisk", distanceTo: -100, over: "depth", scale: "linear" }] }, records);
    const points = risk.concat[0]!.layer[1]!.data.values.filter(({ arm }) => arm.startsWith("gradient"));
    for (const { step, mean } of points) expect(mean).toBeCloseTo(100 - step, 10); // the depth stays that of the log risk
  });

  test("draws published values at their depth", () => {
    const { concat } = draw(
      over({
        probe,
        scale: "linear",
        over: "depth",
        published: {
          sign: [
            [30, 5],
            [500, 1],
          ],
        },
      }),
      records,
    );
    expect(concat[0]!.layer[2]!.data.values.map(({ step, mean }) => [step, mean])).toEqual([[30, 5]]);
  });
});
