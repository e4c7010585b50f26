import { type ExperimentDefinition, figure, type RunRecord } from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderSvg } from "../../src/render/svg.js";
import { textWidth } from "../../src/render/textWidth.js";
import { tiny } from "../support/study.js";

type Scale = "linear" | "log" | "symlog";
interface Label {
  readonly text: string;
  readonly at: number;
  readonly isVisible: boolean;
}

const probe = "margin.l2";
const [panelWidth, panelHeight] = [400, 260];
const run = (arm: string, seed: number, steps: readonly number[], values: readonly number[]): RunRecord => ({
  arm,
  seed,
  rows: steps.map((step, i) => ({ step, [probe]: values[i]! })),
  outcome: { kind: "finished", step: steps.at(-1)!, reason: "steps" },
  perfectAccuracyStep: undefined,
  separationStep: undefined,
});
const draw = (panel: object, records: readonly RunRecord[]): Promise<string> => {
  const seeds = [...new Set(records.map(({ seed }) => seed))];
  const definition = { ...tiny, seeds, figure: [{ probe, ...panel }] } as unknown as ExperimentDefinition;
  return renderSvg(figure(definition, records));
};

/** Pixels from the middle of a label of 11 px to its baseline. */
const baseline = 3;

/** Labels of an axis, visible or hidden: vega writes a hidden label with opacity 0. */
function labels(svg: string, axis: "x" | "y"): Label[] {
  const texts = [
    ...svg.matchAll(/<text [^>]*transform="translate\(([^,)]*),([^)]*)\)" [^>]*font-size="11px"[^>]*opacity="([^"]*)"[^>]*>([^<]*)</g),
  ];
  return texts
    .filter(([, x, y]) => (axis === "y" ? x === "-7" : y === "16"))
    .map(([, x, y, opacity, text]) => ({ text: text!, at: axis === "y" ? Number(y) - baseline : Number(x), isVisible: opacity === "1" }))
    .sort((a, b) => a.at - b.at);
}
const points = (svg: string, role: string): (readonly [number, number])[] =>
  [...svg.matchAll(new RegExp(`<path aria-label[^>]*aria-roledescription="${role} mark"[^>]*? d="([^"]*)"`, "g"))].flatMap(([, path]) =>
    [...path!.matchAll(/(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
  );

/** Faults of a drawn panel, in words. */
function faults(svg: string): string[] {
  const found: string[] = [];
  for (const [axis, length] of [
    ["x", panelWidth],
    ["y", panelHeight],
  ] as const) {
    const all = labels(svg, axis);
    if (all.some(({ isVisible, text }) => !isVisible || text === "")) found.push(`${axis}: hidden label in ${JSON.stringify(all)}`);
    const shown = all.filter(({ isVisible }) => isVisible);
    if (shown.length < 2) found.push(`${axis}: ${shown.length} labels`);
    if (new Set(shown.map(({ text }) => text)).size < shown.length) found.push(`${axis}: repeated in ${JSON.stringify(shown)}`);
    if (shown.some(({ at }) => at < -0.01 || at > length + 0.01)) found.push(`${axis}: outside in ${JSON.stringify(shown)}`);
    shown.slice(1).forEach(({ text, at }, i) => {
      const extents = [text, shown[i]!.text].map((label) => (axis === "y" ? 11 : textWidth({ fontSize: 11 }, label)));
      if (at - shown[i]!.at < (extents[0]! + extents[1]!) / 2 + 2) found.push(`${axis}: ${shown[i]!.text} touches ${text}`);
    });
  }
  if (/clip-path/.test(svg)) found.push("something is clipped");
  for (const role of ["line", "area"]) {
    const far = points(svg, role).filter(([x, y]) => !(x >= -1e-6 && x <= panelWidth + 1e-6 && y >= -1e-6 && y <= panelHeight + 1e-6));
    if (far.length > 0) found.push(`${role} outside of the panel: ${JSON.stringify(far)}`);
  }
  if (/NaN|Infinity|undefined/.test(svg)) found.push("no number");
  return found;
}

const size = fc.oneof(
  fc.tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -300, max: 300 })).map(([mantissa, k]) => mantissa * 10 ** k),
  fc.integer({ min: 1, max: 2000 }).map((n) => n * Number.MIN_VALUE),
  fc.double({ min: 0.01, max: 2000, noNaN: true }),
  fc.constantFrom(1, 10, 1000, 0.63, 1e-3, 1e6, Number.MIN_VALUE, 2.2250738585072014e-308, Number.MAX_VALUE),
);
const value = fc.oneof(
  size,
  size.map((number) => -number),
  fc.constantFrom(0, -0, Number.NaN),
);
const curveOf = (length: number) =>
  fc.oneof(
    fc.array(value, { minLength: length, maxLength: length }),
    value.map((constant) => Array.from({ length }, () => constant)),
    fc
      .tuple(size, fc.integer({ min: -20, max: 20 }))
      .map(([start, k]) => Array.from({ length }, (_, i) => start * (1 + i * 2 ** (k - 20)))),
    fc
      .tuple(size, fc.double({ min: -8, max: 8, noNaN: true }))
      .map(([start, slope]) => Array.from({ length }, (_, i) => start * 10 ** (slope * i))),
    fc.double({ min: 0.5, max: 300, noNaN: true }).map((depth) => Array.from({ length }, (_, i) => 2 - 10 ** ((depth * i) / length))),
  );
const drawing = fc.integer({ min: 1, max: 6 }).chain((length) =>
  fc.record({
    scale: fc.constantFrom<Scale>("linear", "log", "symlog"),
    from: fc.option(fc.oneof(size, fc.constant(0)), { nil: undefined, freq: 3 }),
    steps: fc
      .uniqueArray(
        fc.integer({ min: 0, max: 24 }).map((k) => Math.round(10 ** (k / 4))),
        { minLength: length, maxLength: length },
      )
      .map((steps) => steps.sort((a, b) => a - b)),
    curves: fc.array(curveOf(length), { minLength: 1, maxLength: 2 }),
    other: curveOf(length),
  }),
);

test("whatever is drawn, every axis shows labels that are apart and told apart, and no curve or band is outside of its panel or cut", async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async ({ scale, from, steps, curves, other }) => {
      const records = curves.flatMap((values, seed) => [run("gradient", seed, steps, values), run("sign", seed, steps, other)]);
      expect(faults(await draw({ scale, ...(from !== undefined && { from }) }, records))).toEqual([]);
    }),
    { numRuns: 100, seed: 20261130, endOnFailure: false },
  );
}, 60_000);

describe("a deep curve on a symmetric logarithmic axis", () => {
  // log risk of progressive rescaling, growth 2, with loss-based steps: 1.4 at the start, -1.3e8 after 300 steps
  const deep = [run("gradient", 0, [1, 10, 32, 100, 300], [1.4, 1.39, -0.81, -131, -1.342e8])];

  test("shows 0 and every power of ten, each label of its own place", async () => {
    const shown = labels(await draw({ scale: "symlog" }, deep), "y").filter(({ isVisible }) => isVisible);
    expect(shown.map(({ text }) => text)).toEqual(["0", "−10¹", "−10²", "−10³", "−10⁴", "−10⁵", "−10⁶", "−10⁷", "−10⁸"]);
    // Python: places sign(v) log1p|v| of the data -1.342e8 and 1.4, 3 % of their distance free at either end, on 260 px
    const place = (size: number) => Math.log1p(size);
    const [low, high] = [-place(1.342e8), place(1.4)];
    const pad = 0.03 * (high - low);
    const y = (size: number) => (panelHeight * (high + pad + place(size))) / (high - low + 2 * pad);
    expect(shown.map(({ at }) => at)).toEqual([0, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].map((size) => expect.closeTo(y(size), 6)));
  });
});

describe("what is extreme", () => {
  test.each<[Scale, number[]]>([
    ["linear", [0, 0.4, 1, 1]],
    ["log", [3, 995, 1000, 999]],
    ["symlog", [-1000, -5, 1000, 1000]],
  ])("on a %s axis of %j keeps off the frame: it is as thick as elsewhere", async (scale, values) => {
    const heights = points(await draw({ scale }, [run("gradient", 0, [1, 10, 100, 1000], values)]), "line").map(([, y]) => y);
    expect(heights).toHaveLength(values.length);
    expect(Math.min(...heights)).toBeGreaterThan(5);
    expect(Math.max(...heights)).toBeLessThan(panelHeight - 5);
  });
});
