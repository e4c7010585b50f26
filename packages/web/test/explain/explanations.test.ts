import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/engine/message.js";
import { Race } from "../../src/engine/race.js";
import { type Explanation, explanations } from "../../src/explain/explanations.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { small } from "../engine/setups.js";
import { host } from "../hosts.js";

describe("every explanation", () => {
  const all = Object.entries(explanations) as [string, Explanation][];

  test.each(all)("%s says what it is, by formula and in words", (_, { title, formula, text }) => {
    expect(title).toMatch(/\S/);
    expect(formula).toMatch(/\S/);
    expect(text).toMatch(/^[A-Z0-9].*\.$/);
  });

  test("names the paper by its authors, and only theorems and definitions that the page relies on", () => {
    for (const [, { text, theorem = "" }] of all) {
      if (/JMLR|Tsilivis/.test(text + theorem))
        expect(theorem).toContain("Tsilivis, Gronich, Kempe, Vardi: Flavors of Margin. JMLR 27 (2026)");
      for (const [, number] of theorem.matchAll(/theorem (\d+)/g)) expect(["1", "4"]).toContain(number);
    }
  });

  test("no two share a title", () => {
    expect(new Set(all.map(([, { title }]) => title)).size).toBe(all.length);
  });
});

async function framesOf(setup: RaceSetup): Promise<readonly (readonly Frame[])[]> {
  const race = await Race.start(runsOfSetup(setup), undefined, host);
  while (race.advance(Infinity));
  return race.news(false).map(({ frames }) => frames);
}

/** Sums of a few hundred terms round by less. */
const rounding = 1e-12;

describe.each(["exponential", "logistic"] as const)("what is said holds in a race with the %s loss", async (loss) => {
  const setup: RaceSetup = { ...small, loss, reduction: loss === "logistic" ? "mean" : "sum", steps: 3000 };
  const arms = await framesOf(setup);
  const rows = arms.flatMap((frames) => frames.map(({ row }) => row));
  const samples = arms[0]![0]!.picture.sampleMargins.length;

  test("the margin lies between the soft margin and its ceiling, which is log m / ‖θ‖ᴸ above that for the exponential loss", () => {
    for (const { row, ceiling } of arms.flat()) {
      const [margin, soft, smallest] = [row["margin.own"]!, row["softMargin.own"]!, row.minMargin!];
      const slack = rounding * Math.max(Math.abs(margin), Math.abs(soft));
      expect(soft).toBeLessThanOrEqual(margin + slack);
      expect(margin).toBeLessThanOrEqual(ceiling + rounding * Math.abs(ceiling));
      const normToTheDegree = smallest / margin;
      if (loss === "exponential") expect(ceiling).toBeCloseTo(soft + Math.log(samples) / normToTheDegree, 12);
    }
  });

  test("the risk lies between the worst sample's loss and m times that", () => {
    const lossOf = (q: number): number => (loss === "exponential" ? -q : Math.log(Math.log1p(Math.exp(-q))));
    for (const row of rows) {
      const worst = lossOf(row.minMargin!);
      expect(row.logRisk).toBeGreaterThanOrEqual(worst - rounding * Math.abs(worst));
      expect(row.logRisk).toBeLessThanOrEqual(worst + Math.log(samples) + rounding * Math.abs(worst));
    }
  });

  test("after separation the alignment is in (0, 1], and there is separation", () => {
    const separated = rows.filter((row) => row.logRisk! < Math.log(loss === "exponential" ? 1 : Math.log(2)));
    expect(separated.length).toBeGreaterThan(40);
    for (const row of separated) {
      expect(row.alignment).toBeGreaterThan(0);
      expect(row.alignment).toBeLessThanOrEqual(1 + rounding);
    }
  });

  test("separation comes not before perfect accuracy", () => {
    for (const frames of arms) {
      const first = (isThere: (row: Frame["row"]) => boolean): number => frames.findIndex(({ row }) => isThere(row));
      const accurate = first((row) => row.trainAccuracy === 1);
      const separated = first((row) => row.logRisk! < Math.log(loss === "exponential" ? 1 : Math.log(2)));
      expect(accurate).toBeGreaterThanOrEqual(0);
      expect(accurate).toBeLessThanOrEqual(separated);
    }
  });

  test("support samples are those within 1 % of the smallest sample margin", () => {
    let several = 0;
    for (const { row, picture } of arms.flat()) {
      const margins = Array.from(picture.sampleMargins);
      const smallest = Math.min(...margins);
      const within = (limit: number): number => (smallest > 0 ? margins.filter((q) => q <= limit * smallest).length : 0);
      expect(row.supportCount).toBeGreaterThanOrEqual(within(1.01 - 1e-6)); // the picture's margins are float32
      expect(row.supportCount).toBeLessThanOrEqual(within(1.01 + 1e-6));
      if (row.supportCount! > 1) several++;
    }
    expect(several).toBeGreaterThan(0);
  });

  test("margin-paced steps change sample margins by about c", () => {
    const changes = rows.filter((row) => row.step > 0).map((row) => row["health.marginChange"]!);
    for (const change of changes) {
      expect(change).toBeGreaterThan(0.25 * 0.5);
      expect(change).toBeLessThan(0.25 * 2);
    }
  });
});
