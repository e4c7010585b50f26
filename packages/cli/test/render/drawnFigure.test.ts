import { Resvg } from "@resvg/resvg-js";
import { type ExperimentDefinition, figure, type RunRecord } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { renderPng } from "../../src/render/png.js";
import { renderSvg } from "../../src/render/svg.js";
import { tiny } from "../support/study.js";

const steps = [0, 1, 10, 100, 1000];
const probe = "margin.l2";
const run = (arm: string, values: readonly number[]): RunRecord => ({
  arm,
  seed: 0,
  rows: steps.map((step, i) => ({ step, [probe]: values[i]! })),
  outcome: { kind: "finished", step: 1000, reason: "steps" },
  perfectAccuracyStep: undefined,
  separationStep: undefined,
});
const draw = (panel: object, values: readonly number[], more: object = {}): Promise<string> => {
  const definition = { ...tiny, seeds: [0], figure: [{ probe, ...panel }], ...more } as unknown as ExperimentDefinition;
  return renderSvg(figure(definition, [run("gradient", values), run("sign", [1, 1, 1, 1, 1])]));
};
const sizeOf = (svg: string) =>
  ["width", "height"].map((name) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(svg)![1])) as [number, number];
/** The largest absolute value of the numbers of the paths. */
const farthest = (svg: string): number => {
  const numbers = [...svg.matchAll(/ d="([^"]*)"/g)].flatMap(([, path]) => path!.match(/-?\d+(\.\d+)?(e[+-]?\d+)?/g) ?? []);
  return Math.max(...numbers.map((text) => Math.abs(Number(text))));
};
/** The number of pixels of exactly this colour. */
const pixelsOf = (svg: string, [red, green, blue]: readonly [number, number, number]): number => {
  const { pixels } = new Resvg(svg).render();
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i] === red && pixels[i + 1] === green && pixels[i + 2] === blue) count++;
  return count;
};
const drawnPaths = (svg: string): string[] => [...svg.matchAll(/<path [^>]*aria-roledescription="line mark"[^>]*>/g)].map(([path]) => path);

describe("a drawn figure", () => {
  test.each([
    ["linear", [0, -1e300, 1, -1e9, 2], 0],
    ["linear", [0, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 2], undefined],
    ["linear", [0, 5e-324, 0, 1e-310, 5e-324], undefined],
    ["log", [0, 1e-300, 1, 1e-320, 2], 1e-3],
    ["log", [0, 5e-324, 1, 1e300, 1e-5], undefined],
    ["symlog", [0, -1e300, 1, -1e9, 2], -10],
    ["symlog", [0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 2], undefined],
  ] as const)("%s of %j from %d keeps every path within the picture, and every number in it is one", async (scale, values, from) => {
    const svg = await draw({ scale, ...(from !== undefined && { from }) }, values);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(farthest(svg)).toBeLessThan(Math.max(...sizeOf(svg)));
  });

  test("has a solid line without dashes, which is in the picture even where it was far out of the panel", async () => {
    const svg = await draw({ scale: "linear", from: 0 }, [0, 3, -1e300, -1e300, 3]);
    const [solid] = drawnPaths(svg).filter((path) => path.includes('stroke="#0072B2"'));
    expect(solid).toBeDefined();
    expect(svg).not.toMatch(/stroke-dasharray="(1,0)?"/);
    expect(pixelsOf(svg, [0x00, 0x72, 0xb2])).toBeGreaterThan(400); // 578; the legend alone has less than 100
    expect(renderPng(svg).subarray(1, 4)).toEqual(Buffer.from("PNG"));
  });

  test("has subnormal values where they belong: the curve rises from the bottom of the panel to just below its top", async () => {
    const svg = await draw({ scale: "log" }, [0, 5e-324, 1e-200, 1e-100, 1]);
    const line = drawnPaths(svg).find((path) => path.includes('stroke="#0072B2"')) ?? "";
    const heights = [...(/ d="([^"]*)"/.exec(line)?.[1] ?? "").matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, , y]) => Number(y));
    expect(heights).toEqual([260, 163.813, 85.807, 7.801]); // Python: 260 * (10 - log10(v)) / (10 - log10(5e-324)); 1e10 is round, and 3 % above 1
  });

  test("is as wide as its panels whatever its texts say", async () => {
    const [width, height] = sizeOf(await draw({ scale: "linear" }, steps));
    const label = "a label ".repeat(100);
    const arms = { gradient: { ...tiny.arms.gradient!, label }, sign: tiny.arms.sign };
    const [wide, high] = sizeOf(await draw({ scale: "linear" }, steps, { question: "is it? ".repeat(700), arms }));
    expect(wide).toBeLessThan(1.1 * width);
    expect(high).toBeLessThan(1.5 * height);
    expect(width).toBeLessThan(1.3 * 400); // of the panel
  });
});
