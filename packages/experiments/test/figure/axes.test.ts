import { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { definitionJsonSchema, type ExperimentDefinition, figure, parseDefinition, type RunRecord } from "../../src/index.js";
import { divergedAt, record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

type Scale = "linear" | "log" | "symlog";
interface Point {
  readonly arm: string;
  readonly part: number;
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
interface Channel {
  readonly scale: {
    readonly domainMin: number;
    readonly domainMax: number;
    readonly domain: readonly number[];
    readonly range: readonly unknown[];
  };
  readonly axis: { readonly values: readonly number[]; readonly labelExpr: string; readonly title: unknown };
}
interface Panel {
  readonly layer: readonly { readonly data: { readonly values: readonly Point[] }; readonly encoding: Record<string, Channel> }[];
}
interface Title {
  readonly text: string | readonly string[];
  readonly subtitle: string | readonly string[];
}

const probe = "margin.l2";
const steps = [0, 1, 10, 100, 1000];
const run = (values: readonly number[], more = {}): RunRecord =>
  record("gradient", 0, steps.slice(0, values.length), { [probe]: values }, more);
const draw = (panel: object, ...records: readonly RunRecord[]) => {
  const definition = { ...tiny, seeds: [0], figure: [{ probe, ...panel }] } as unknown as ExperimentDefinition;
  const spec = figure(definition, records) as unknown as { readonly concat: readonly Panel[] };
  const { layer } = spec.concat[0]!;
  const { x, y } = layer[1]!.encoding as { x: Channel; y: Channel };
  const texts = JSON.parse(y.axis.labelExpr.slice(0, y.axis.labelExpr.indexOf("[indexof("))) as string[];
  return { bands: layer[0]!.data.values, lines: layer[1]!.data.values, marks: layer[2]!.data.values, x, y, texts };
};
const axisOf = (scale: Scale, ...values: readonly number[]) => draw({ scale }, run([values[0]!, ...values]));

describe("an axis", () => {
  test.each<[Scale, number[], string[]]>([
    ["linear", [2e-4, 2.05e-4, 2.07e-4], ["2×10⁻⁴", "2.02×10⁻⁴", "2.04×10⁻⁴", "2.06×10⁻⁴", "2.08×10⁻⁴"]],
    ["linear", [0, 0.63], ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]],
    ["linear", [-26.4, 4.3], ["−30", "−25", "−20", "−15", "−10", "−5", "0", "5"]],
    ["linear", [0, 140_000], ["0", "50,000", "100,000", "150,000"]],
    ["linear", [0, 2e7], ["0", "5×10⁶", "10⁷", "1.5×10⁷", "2×10⁷"]],
    ["linear", [5], ["4.4", "4.6", "4.8", "5", "5.2", "5.4", "5.6"]],
    ["log", [3e-8, 6e-5], ["10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴"]],
    ["log", [0.3, 980], ["1", "10", "100", "1,000"]],
    ["log", [30, 300], ["50", "100", "200"]],
    ["log", [2.01e-4, 2.04e-4], ["2.01×10⁻⁴", "2.015×10⁻⁴", "2.02×10⁻⁴", "2.025×10⁻⁴", "2.03×10⁻⁴", "2.035×10⁻⁴", "2.04×10⁻⁴"]],
    ["symlog", [-1e4, 4], ["−10,000", "−1,000", "−100", "−10", "−1", "0", "1"]],
    ["symlog", [-63, 1.6], ["−50", "−20", "−10", "−5", "−2", "−1", "0", "1", "2"]],
    ["symlog", [0, 63], ["0", "1", "2", "5", "10", "20", "50"]],
    ["symlog", [-1e6, 1e6], ["−10⁶", "−10⁴", "−10²", "0", "10²", "10⁴", "10⁶"]],
    ["symlog", [-1.3e8, 4], ["−10⁸", "−10⁷", "−10⁶", "−10⁵", "−10⁴", "−10³", "−10²", "−10¹", "0"]],
    ["symlog", [0, 0.5], ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]],
  ])("%s of %j has ticks at %j", (scale, values, texts) => expect(axisOf(scale, ...values).texts).toEqual(texts));

  const extremes = [5e-324, 1e-310, 1e-300, 2.2e-16, 0.1, 0.3, 1, 7, 1234.5, 1e15, 1e100, 1e300, Number.MAX_VALUE];
  const pairs = extremes.flatMap((low, i) => extremes.slice(i).map((high) => [low, high] as const));
  const signed = pairs.flatMap(
    ([low, high]) =>
      [
        [low, high],
        [-high, -low],
        [-low, high],
        [-high, low],
        [0, high],
        [-high, 0],
      ] as const,
  );

  test.each<[Scale, readonly (readonly [number, number])[]]>([
    ["log", pairs],
    ["linear", signed],
    ["symlog", signed],
  ])("%s: whatever its ends, it holds them, and its ticks are in order, told apart and within it", (scale, ends) => {
    const wrong = ends.filter(([low, high]) => {
      const { y, texts, lines } = axisOf(scale, low, high);
      const { domainMin, domainMax } = y.scale;
      const shown = lines.map(({ mean }) => mean);
      const isOrdered = y.axis.values.every((value, i) => i === 0 || value > y.axis.values[i - 1]!);
      const isWithin = [...shown, ...y.axis.values].every((value) => value >= domainMin && value <= domainMax);
      const hasWidth = Number.isFinite(scale === "linear" ? domainMax - domainMin : domainMin * 0 + domainMax * 0);
      const isTold = new Set(texts).size === texts.length && texts.length === y.axis.values.length;
      return !(domainMin < domainMax && isOrdered && isWithin && hasWidth && isTold && texts.length >= 1 && texts.length <= 13);
    });
    expect(wrong).toEqual([]);
  });

  test("a subnormal among the data of a logarithmic axis is its begin", () =>
    expect(axisOf("log", 5e-324, 1e-3, 2).y.scale).toMatchObject({ domainMin: 5e-324, domainMax: 2e10 })); // 3 % of 324 decades above 2, rounded up

  test("of steps has powers of ten, and without any value stands", () => {
    expect(draw({ scale: "log" }, run([1, 2, 3, 4, 5])).x.axis.values).toEqual([1, 10, 100, 1000]);
    for (const scale of ["linear", "log", "symlog"] as const) {
      const { domainMin, domainMax } = draw({ scale }, run([Number.NaN, Number.NaN])).y.scale;
      expect(domainMin).toBeLessThan(domainMax);
    }
  });
});

describe("axes of steps", () => {
  const panels = [
    { probe, scale: "log" as const },
    { probe: "logRisk", scale: "linear" as const },
    { probe: "margin.linf", scale: "linear" as const, from: 0 },
  ];
  const specOf = (records: readonly RunRecord[], options = {}) =>
    figure({ ...tiny, seeds: [0], figure: panels }, records, options) as unknown as { readonly concat: readonly Panel[] };
  const domains = (records: readonly RunRecord[], options = {}) =>
    specOf(records, options)
      .concat.slice(0, 3)
      .map(({ layer }) => (layer[1]!.encoding as { x: Channel }).x.scale.domain);
  const late = (...at: readonly number[]) =>
    record("gradient", 0, at, {
      [probe]: at.map((step) => (step < 120 ? -1 : step)),
      logRisk: at.map((step) => -step),
      "margin.linf": at.map((step) => step - 1900),
    });

  test("begin where something is drawn in their panel, at a round number; those that begin late begin together", () => {
    expect(domains([late(0, 1, 10, 115, 135, 1000, 20_000)])).toEqual([
      [100, 20_000],
      [1, 20_000],
      [100, 20_000],
    ]);
  });
  test("are a decade long at least where there are so many steps, and begin where they are told to", () => {
    expect(domains([late(0, 1, 10, 1000)])[0]).toEqual([100, 1000]);
    expect(domains([late(0, 1, 3, 5)])).toEqual([
      [1, 5],
      [1, 5],
      [1, 5],
    ]);
    expect(domains([late(0, 1, 10, 115, 135, 1000, 20_000)], { firstStep: 130 })[1]).toEqual([130, 20_000]);
  });
});

describe("an empty place beside the last panel", () => {
  interface Cell {
    readonly layer: readonly {
      readonly data: { readonly values: readonly { arm: string }[] };
      readonly encoding: Record<string, { legend?: unknown }>;
    }[];
  }
  const cells = (panels: number, arms = 2) => {
    const definition = {
      ...tiny,
      arms: Object.fromEntries(Array.from({ length: arms }, (_, i) => [`arm${i}`, tiny.arms.sign!])),
      figure: Array.from({ length: panels }, () => ({ probe, scale: "linear" as const })),
    };
    return (figure(definition, []) as unknown as { concat: readonly Cell[] }).concat;
  };
  test("is for the legend, where it fits; three panels stand in a row", () => {
    for (const panels of [5, 7]) {
      const all = cells(panels);
      expect(all).toHaveLength(panels + 1);
      expect(all.at(-1)!.layer[1]!.data.values.map(({ arm }) => arm)).toEqual(["arm0: own margin ℓ∞, γ₁", "arm1: own margin ℓ∞, γ₁"]);
      for (const { layer } of all) for (const { encoding } of layer) expect(encoding.color?.legend ?? null).toBe(null);
    }
    for (const [panels, arms] of [
      [1, 2],
      [2, 2],
      [4, 2],
      [3, 2],
      [5, 40],
    ] as const) {
      const all = cells(panels, arms);
      expect(all).toHaveLength(panels);
      expect(all[0]!.layer[1]!.encoding.color!.legend).toMatchObject({ orient: "bottom" });
    }
  });
});

describe("where an axis is told to begin", () => {
  const values = [1, 2, 3, 4, 5];
  test("it begins", () => expect(draw({ scale: "log", from: 0.5 }, run(values)).y.scale.domainMin).toBe(0.5));

  test.each([
    ["above the data", { scale: "linear", from: 100 }],
    ["at the largest value", { scale: "log", from: 5 }],
    ["at 0 on a logarithmic axis", { scale: "log", from: 0 }],
    ["below 0 on a logarithmic axis", { scale: "log", from: -1 }],
  ])("it begins with the curves if that is %s", (_, panel) => {
    const { y, lines } = draw(panel, run(values));
    expect(y.scale.domainMin).toBeLessThanOrEqual(2); // step 0 has no place
    expect(y.scale.domainMax).toBeGreaterThanOrEqual(5);
    expect(lines.map(({ mean }) => mean)).toEqual([2, 3, 4, 5]);
  });

  test("it begins with the curves if their logarithms are told apart from its own by rounding alone", () => {
    const value = 0.01000000000000001;
    for (const panel of [
      { scale: "log", from: 0.010000000000000009 },
      { scale: "symlog", from: 1e6 * (1 - 2 ** -52) },
    ]) {
      const shown = panel.scale === "log" ? value : 1e6;
      const { domainMin, domainMax } = draw(panel, run([shown, shown, shown, shown, shown])).y.scale;
      expect(domainMax / domainMin).toBeGreaterThan(1.1);
      expect(domainMin).toBeLessThan(shown);
    }
  });

  test("a definition that says so on a logarithmic axis is refused", () => {
    const definition = (panel: object) => ({ ...tiny, figure: [{ probe, ...panel }] });
    for (const from of [0, -0, -1]) {
      const parse = () => parseDefinition(definition({ scale: "log", from }));
      expect(parse).toThrow(DefinitionError);
      expect(parse).toThrow(`figure[0].from: must be > 0 on a logarithmic axis, got ${from}`);
    }
    for (const panel of [
      { scale: "log", from: 1e-9 },
      { scale: "linear", from: 0 },
      { scale: "symlog", from: -1 },
    ])
      expect(() => parseDefinition(definition(panel))).not.toThrow();
    expect(JSON.stringify(definitionJsonSchema())).toContain(`"from":{"exclusiveMinimum":0}`);
  });
});

describe("a curve", () => {
  test("is cut where it leaves the panel, and goes on where it comes back", () => {
    const { lines, bands } = draw({ scale: "linear", from: 0 }, run([1, 1, -1e300, -1e300, 3]));
    expect(lines.map(({ part, mean }) => [part, mean])).toEqual([
      [0, 1],
      [0, 0],
      [2, 0],
      [2, 3],
    ]);
    // the way down crosses 0 after 1e-300 of it, the way up as long before its end
    expect(lines.map(({ step }) => step)).toEqual([1, expect.closeTo(1, 9), expect.closeTo(1000, 9), 1000]);
    for (const point of [...lines, ...bands])
      for (const name of ["low", "mean"] as const)
        if (name !== "low" || bands.includes(point)) expect(point[name]).toBeGreaterThanOrEqual(0);
  });

  test("crosses the edge where the straight line of the picture does", () => {
    const at = (scale: Scale, from: number, before: number, after: number) =>
      Math.log10(draw({ scale, from }, run([before, before, after])).lines[0]!.step); // between step 1 and step 10
    expect(at("linear", 0, -1, 3)).toBeCloseTo(1 / 4, 12);
    expect(at("log", 1e-3, 1e-5, 10)).toBeCloseTo(1 / 3, 12);
    expect(at("symlog", 0, -Math.expm1(1), Math.expm1(3))).toBeCloseTo(1 / 4, 12);
  });

  test("begins where the axis of steps does", () => {
    const definition = { ...tiny, seeds: [0], figure: [{ probe, scale: "linear" as const }] };
    const spec = figure(definition, [run([0, 0, 1, 2, 3])], { firstStep: 31.622776601683793 }) as unknown as { concat: Panel[] };
    const { values } = spec.concat[0]!.layer[1]!.data;
    expect(values.map(({ step, mean }) => [step, Number(mean.toFixed(9))])).toEqual([
      [31.622776601683793, 1.5],
      [100, 2],
      [1000, 3],
    ]);
  });

  test("is interrupted where a seed has no value, and a lone point is a dot", () => {
    const { lines } = draw({ scale: "linear" }, run([1, 1, Number.NaN, 3, 4]));
    expect(lines.map(({ part, step, mean }) => [part, step, mean])).toEqual([
      [0, 1, 1], // 2.5 of 400 pixels, of the three decades
      [0, expect.closeTo(10 ** (3 / 160), 12), 1],
      [1, 100, 3],
      [1, 1000, 4],
    ]);
  });

  test("of a run that diverged is not drawn on as if it stood still", () => {
    const frozen = record("sign", 0, [0, 1000], { [probe]: [1, 1] });
    const { lines } = draw({ scale: "linear" }, run([1, 2, 3], { outcome: divergedAt(11) }), frozen);
    expect(Math.max(...lines.filter(({ arm }) => arm.startsWith("gradient")).map(({ step }) => step))).toBe(10);
  });

  test("has a band that ends at the edge as well", () => {
    const seeds = [
      record("gradient", 0, steps, { [probe]: [1, 1, 1, 1, 1] }),
      record("gradient", 1, steps, { [probe]: [-1, -1e9, -1e9, 1, 1] }),
    ];
    const { bands, y } = draw({ scale: "linear", from: -2 }, ...seeds);
    expect(bands.every(({ low, high }) => low >= -2 && high <= y.scale.domainMax)).toBe(true);
    expect(bands.filter(({ low }) => low === -2).length).toBeGreaterThan(0);
  });

  test("has published marks only within the panel", () => {
    const published = {
      gradient: [
        [1, 0.1],
        [10, 2],
        [100, -5],
        [1e6, 3],
      ],
    };
    expect(draw({ scale: "linear", from: 0.5, published }, run([1, 1, 2, 3, 4])).marks.map(({ step }) => step)).toEqual([10]);
    expect(draw({ scale: "log", published }, run([1, 1, 2, 3, 4])).marks.map(({ step }) => step)).toEqual([1, 10]);
  });
});

test("a solid line has no dashes at all", () => {
  const { layer } = (figure(tiny, []) as unknown as { concat: Panel[] }).concat[0]!;
  const [solid, dashed] = layer[1]!.encoding.strokeDash!.scale.range;
  expect(solid).toBe(null);
  expect(dashed).toEqual([8, 3]);
});

describe("long texts", () => {
  const titleOf = (question: string, panels: number, about: string[] = []): Title => {
    const panel = { probe, scale: "linear" as const };
    const definition = { ...tiny, question, figure: Array.from({ length: panels }, () => panel) };
    return (figure(definition, [], { about }) as unknown as { title: Title }).title;
  };

  test("are wrapped between words to the width of the panels", () => {
    const { text } = titleOf("which margin does each of these algorithms raise once the data is separated, and for how long?", 1);
    expect(text).toEqual(["tiny: which margin does each of these algorithms", "raise once the data is separated, and for how", "long?"]);
    expect(titleOf("which margin does each algorithm raise, and for how long does it do so?", 2).text).toEqual(
      "tiny: which margin does each algorithm raise, and for how long does it do so?",
    );
  });

  test("never make a line longer than the panels are wide, nor a picture of titles", () => {
    for (const question of ["x".repeat(4000), "a word ".repeat(800)]) {
      for (const panels of [1, 2, 5]) {
        const { text, subtitle } = titleOf(question, panels, [question]);
        for (const line of text) expect(line.length).toBeLessThanOrEqual(100);
        expect(text.length).toBe(4);
        expect(text.at(-1)).toMatch(/…$/);
        expect(subtitle.length).toBeLessThanOrEqual(4);
      }
    }
  });
});
