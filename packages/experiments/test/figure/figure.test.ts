import { describe, expect, test } from "vitest";
import { catalog, type ExperimentDefinition, figure, paperMargin, paperSymbol, type RunRecord } from "../../src/index.js";
import { frozenAt, record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

interface Layer {
  readonly data: { readonly values: readonly { arm: string; step: number; mean: number; low: number; high: number }[] };
  readonly mark: { readonly type: string };
  readonly encoding: Record<
    string,
    { scale: { type: string; domain: unknown[]; range: unknown[]; domainMin?: number }; axis: { title: string } }
  >;
}
interface Spec {
  readonly title: { readonly text: string; readonly subtitle: string };
  readonly concat: readonly { readonly layer: readonly Layer[] }[];
}

const draw = (definition: ExperimentDefinition, records: readonly RunRecord[]): Spec => figure(definition, records) as unknown as Spec;
const steps = [0, 1, 10, 100];
const records = [
  record("gradient", 0, steps, { "margin.l2": [-1, 2, 4, 6], logRisk: [1, 0, -1, -2] }),
  record("gradient", 1, steps, { "margin.l2": [-1, 4, 8, 10], logRisk: [1, 0, -1, -2] }),
  record("sign", 0, [0, 1, 10], { "margin.l2": [-1, -1, 5], logRisk: [1, 0, -1] }, { outcome: frozenAt(10) }),
  record("sign", 1, [0, 1, 10], { "margin.l2": [-1, 2, 7], logRisk: [1, 0, -1] }, { outcome: frozenAt(10) }),
];
const [gradientTitle, signTitle] = ["gradient: own margin ℓ2, γ₂", "sign: own margin ℓ∞, γ₁"];
const curveOf = (spec: Spec, panel: number, arm: string) => spec.concat[panel]!.layer[1]!.data.values.filter((point) => point.arm === arm);

test("there is one panel per entry, each with its band, its lines and its published marks", () => {
  const spec = draw(tiny, records);
  expect(spec.concat).toHaveLength(2);
  for (const { layer } of spec.concat) expect(layer.map(({ mark }) => mark.type)).toEqual(["area", "line", "point"]);
});

test("the specification is plain data", () => {
  const spec = figure(tiny, records);
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
});

test("axes and legend carry our name and the paper's symbol, from one table", () => {
  expect(["linf", "l2", "l1", "nuclear"].map((id) => paperMargin(id)?.symbol)).toEqual(["γ₁", "γ₂", "γ∞", undefined]);
  expect(paperSymbol("margin.linf")).toBe("γ₁");
  expect(paperSymbol("softMargin.linf")).toBeUndefined();
  const [first, second] = draw(tiny, records).concat;
  expect(first!.layer[1]!.encoding.y!.axis.title).toBe("margin in ℓ2 (paper: γ₂)");
  expect(second!.layer[1]!.encoding.y!.axis.title).toBe("log risk (sum over samples)");
  const mean = draw({ ...tiny, loss: { kind: "logistic", reduction: "mean" } }, records).concat[1]!;
  expect(mean.layer[1]!.encoding.y!.axis.title).toEqual(["log risk (sum over samples; the mean:", "2.303 less)"]); // log 10 samples
  expect(first!.layer[1]!.encoding.color!.scale.domain).toEqual([gradientTitle, signTitle]);
});

test("lines are means over seeds and bands their ranges", () => {
  const last = curveOf(draw(tiny, records), 0, gradientTitle).at(-1);
  expect(last).toEqual({ arm: gradientTitle, part: 0, step: 100, mean: 8, low: 6, high: 10 });
});

test("a frozen arm repeats its last row up to the last step of the figure", () => {
  const line = curveOf(draw(tiny, records), 0, signTitle);
  expect(line.map(({ step, mean }) => [step, mean])).toEqual([
    [10, 6],
    [100, 6],
  ]);
});

test("a logarithmic axis drops what it cannot show, a linear one keeps it", () => {
  const spec = draw(tiny, records);
  const linear = draw({ ...tiny, figure: [{ probe: "margin.l2", scale: "linear" }] }, records);
  expect(curveOf(spec, 0, signTitle).map(({ step }) => step)).toEqual([10, 100]); // one seed is negative at step 1
  expect(curveOf(linear, 0, signTitle).map(({ step }) => step)).toEqual([1, 10, 100]);
});

test("step 0 has no place on the logarithmic step axis, and values that are not finite none on any", () => {
  const spec = draw(tiny, [record("gradient", 0, steps, { "margin.l2": [1, Number.NaN, 3, Infinity], logRisk: [1, 1, 1, 1] })]);
  expect(curveOf(spec, 0, gradientTitle).map(({ step }) => step)).toEqual([10, expect.closeTo(10 ** (1 + 1 / 160), 12)]); // a dot of 2.5 pixels, 400 of which are the decade from 10 to 100
});

test("published values are marks up to the last step", () => {
  const published = {
    sign: [
      [10, 5],
      [5000, 6],
    ] as const,
  };
  const spec = draw({ ...tiny, figure: [{ probe: "margin.l2", scale: "log", published }] }, records);
  expect(spec.concat[0]!.layer[2]!.data.values).toEqual([{ arm: signTitle, step: 10, mean: 5 }]);
  expect(spec.title.subtitle).toEqual([
    "line: mean of 2 seeds, band: their range; open circles: read off",
    "the published figure; flat at last: the arm had ended",
  ]);
});

test("options say more, name the steps and thicken the margins that arms raise", () => {
  const spec = figure(tiny, records, { about: ["two moons"], stepTitle: "step", ownThick: true }) as unknown as ReturnType<typeof draw>;
  expect(spec.title.subtitle).toEqual([
    "two moons",
    "thick: the margin that the arm raises; line: mean of 2 seeds, band: their range; flat at last: the arm had ended",
  ]);
  const { encoding } = spec.concat[0]!.layer[1]! as unknown as { encoding: { x: { axis: { title: string } }; size: unknown } };
  expect(encoding.x.axis.title).toBe("step");
  expect(encoding.size).toEqual({ condition: { test: { field: "arm", oneOf: [gradientTitle] }, value: 3.5 }, value: 1.6 });
});

test("from is where the axis begins", () => {
  const spec = draw({ ...tiny, figure: [{ probe: "margin.l2", scale: "linear", from: 0 }] }, records);
  expect(spec.concat[0]!.layer[1]!.encoding.y!.scale).toMatchObject({ type: "linear", domainMin: 0 });
});

test("an arm is titled by the margin of the optimiser that it ends with, and the steps of mini-batches are not called epochs", () => {
  const phases = [{ when: "separation", optimizer: tiny.arms.sign!.optimizer }] as const;
  const batch = { size: 5, order: "cyclic" } as const;
  const { encoding } = draw({ ...tiny, arms: { later: { ...tiny.arms.gradient!, phases, batch } } }, []).concat[0]!.layer[1]!;
  expect(encoding.color!.scale.domain).toEqual(["later"]); // theory expects nothing in batches
  expect(encoding.x!.axis.title).toBe("step (one mini-batch)");
  expect(draw(tiny, []).concat[0]!.layer[1]!.encoding.x!.axis.title).toBe("epoch (full-batch step)");
  const mixed = { ...tiny, arms: { ...tiny.arms, batched: { ...tiny.arms.gradient!, batch } } };
  expect(draw(mixed, []).concat[0]!.layer[1]!.encoding.x!.axis.title).toBe("step (all samples or one mini-batch)");
});

test("arms with one label are told apart by their names", () => {
  const label = "gradient descent";
  const arms = { one: { ...tiny.arms.gradient!, label }, two: { ...tiny.arms.gradient!, label }, sign: tiny.arms.sign! };
  const { encoding } = draw({ ...tiny, arms }, []).concat[0]!.layer[1]!;
  expect(encoding.color!.scale.domain).toEqual([
    "gradient descent (one): own margin ℓ2, γ₂",
    "gradient descent (two): own margin ℓ2, γ₂",
    "sign: own margin ℓ∞, γ₁",
  ]);
});

describe("styles", () => {
  test("a look picks colour and dashes", () => {
    const looks = [
      { color: 1, dash: 0 },
      { color: 1, dash: 2 },
      { color: 0, dash: 0 },
    ];
    const arms = Object.fromEntries(looks.map((look, i) => [`arm${i}`, { ...tiny.arms.sign!, look }]));
    const { encoding } = draw({ ...tiny, arms }, []).concat[0]!.layer[1]!;
    const [colors, dashes] = [encoding.color!.scale.range, encoding.strokeDash!.scale.range];
    expect([colors[0] === colors[1], colors[0] === colors[2]]).toEqual([true, false]);
    expect(dashes[0]).toEqual(dashes[2]);
    expect(dashes[0]).not.toEqual(dashes[1]);
  });

  const arms = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`arm${i}`, tiny.arms.sign!]));
  const styles = (count: number): string[] => {
    const { encoding } = draw({ ...tiny, arms: arms(count) }, []).concat[0]!.layer[1]!;
    return encoding.color!.scale.range.map((color, i) => JSON.stringify([color, encoding.strokeDash!.scale.range[i]]));
  };

  test("every arm has a style of its own", () => expect(new Set(styles(40)).size).toBe(40));

  test("the arms of the paper's figure differ both in colour and, without it, in their dashes", () => {
    const { definition } = catalog.get("mnist-3v6")!;
    const { encoding } = draw(definition, []).concat[0]!.layer[1]!;
    for (const channel of ["color", "strokeDash"]) {
      expect(new Set(encoding[channel]!.scale.range.map((style) => JSON.stringify(style))).size).toBe(6);
    }
  });
});

describe("an arm of which a panel shows nothing", () => {
  const subtitle = (scale: "linear" | "log", values: readonly number[], more = {}): string => {
    const spec = draw({ ...tiny, seeds: [0], figure: [{ probe: "margin.l2", scale, ...more }] }, [
      record("gradient", 0, steps, { "margin.l2": [-1, 2, 4, 6] }),
      record("sign", 0, steps, { "margin.l2": values }),
    ]);
    return [spec.title.subtitle].flat().join(" ");
  };
  const where = "one seed not drawn in margin in ℓ2 (paper: γ₂)";

  test("is named with the reason", () => {
    expect(subtitle("log", [1, -1, -2, 0])).toBe(`${where}, never above 0: sign`);
    expect(subtitle("linear", [1, Number.NaN, Number.NaN, Infinity])).toBe(`${where}, no value: sign`);
    expect(subtitle("linear", [9, 1, 2, 3], { from: 5 })).toBe(`${where}, below the axis: sign`);
    expect(subtitle("linear", [-1, -1, -2, -3])).toBe("one seed");
  });

  test("stands within a panel that shows nothing at all, once", () => {
    const spec = draw(
      {
        ...tiny,
        seeds: [0],
        figure: [
          { probe: "margin.l2", scale: "log" },
          { probe: "logRisk", scale: "linear" },
        ],
      },
      [
        record("gradient", 0, steps, { "margin.l2": [-1, -2, -4, -6], logRisk: [1, 2, 3, 4] }),
        record("sign", 0, steps, { "margin.l2": [-3, -3, -3, -3], logRisk: [1, 2, 3, 4] }),
      ],
    );
    expect([spec.title.subtitle].flat().join(" ")).toBe("one seed");
    const texts = spec.concat.map(({ layer = [] }) => layer.flatMap(({ mark }) => (mark as { text?: string[] }).text ?? []));
    expect(texts.slice(0, 2)).toEqual([["nothing to draw: never above 0"], []]);
    const apart = draw({ ...tiny, seeds: [0], figure: [{ probe: "margin.l2", scale: "log" }] }, [
      record("gradient", 0, steps, { "margin.l2": [-1, -2, -4, -6] }),
      record("sign", 0, steps, { "margin.l2": [1, Number.NaN, Number.NaN, Number.NaN] }),
    ]);
    const lines = apart.concat[0]!.layer!.flatMap(({ mark }) => (mark as { text?: string[] }).text ?? []);
    expect(lines).toEqual(["never above 0: gradient", "no value: sign"]);
  });

  test("because its seeds have values at different steps is told so", () => {
    const spec = draw({ ...tiny, figure: [{ probe: "margin.l2", scale: "log" }] }, [
      record("sign", 0, steps, { "margin.l2": [1, 1, -1, -1] }),
      record("sign", 1, steps, { "margin.l2": [1, -1, 1, 1] }),
    ]);
    const texts = spec.concat[0]!.layer!.flatMap(({ mark }) => (mark as { text?: string[] }).text ?? []);
    expect(texts.join(" ")).toBe("nothing to draw: no step at which every seed has a value");
  });
});

test("arms that were warned of something are named below the title", () => {
  const warning = { kind: "warning", what: "stagnation", step: 8, value: 4, advice: "" } as const;
  const runs = records.map((run) => ({ ...run, warnings: run.arm === "sign" ? [warning] : [] }));
  expect([draw(tiny, runs).title.subtitle].flat().join(" ")).toContain("warned of stagnation (sign)");
  const arms = { one: tiny.arms.sign!, two: tiny.arms.sign!, three: tiny.arms.sign! };
  const sign = records.find(({ arm }) => arm === "sign")!;
  const many = Object.keys(arms).map((arm) => ({ ...sign, arm, warnings: [warning] }));
  expect([draw({ ...tiny, arms }, many).title.subtitle].flat().join(" ")).toContain("warned of stagnation (3 arms)");
});

test("an unknown option is refused with the nearest name", () => {
  expect(() => figure({ ...tiny, figure: [] }, [], { abuot: ["changed"] } as never)).toThrow(
    expect.objectContaining({ path: "figure.abuot", hint: "did you mean about?" }),
  );
});

test("lines that go on flat since their arm had ended are said to", () => {
  const ended = draw(tiny, records).title.subtitle;
  expect([ended].flat().join(" ")).toContain("flat at last: the arm had ended");
  const together = records.map((run) => ({ ...run, rows: run.rows.slice(0, 3) }));
  expect([draw(tiny, together).title.subtitle].flat().join(" ")).not.toContain("flat");
});

test("own margins stand in the legend of figures that show margins", () => {
  const accuracies = draw({ ...tiny, figure: [{ probe: "trainAccuracy", scale: "linear" }] }, records);
  expect(accuracies.concat[0]!.layer[1]!.encoding.color!.scale.domain).toEqual(["gradient", "sign"]);
  expect(draw(tiny, records).concat[0]!.layer[1]!.encoding.color!.scale.domain).toEqual([gradientTitle, signTitle]);
});
