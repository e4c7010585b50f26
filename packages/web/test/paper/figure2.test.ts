import { catalog, type ExperimentDefinition } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { figure2Setup, matchingArms, publishedFigure2 } from "../../src/paper/figure2.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import { checkSetup } from "../../src/setup/link.js";

const { definition } = catalog.get("mnist-3v6") as { readonly definition: ExperimentDefinition };

/** Some values as they are read in figure 2 of JMLR 27 (2026). */
const read: Readonly<Record<string, { readonly linf: number; readonly l2: number }>> = {
  gradient: { linf: 22.9, l2: 0.628 },
  sign: { linf: 877, l2: 0.053 },
  "adam-0-0-1e-8": { linf: 561, l2: 0.111 },
  "adam-0-0-1e-2": { linf: 260, l2: 0.281 },
  "adam-.9-.99-1e-8": { linf: 161, l2: 0.061 },
  "adam-.9-.99-1e-2": { linf: 417, l2: 0.136 },
};

describe("the published curves", () => {
  test("are those of the paper's six arms, each margin its own, up to step 5000", () => {
    expect(publishedFigure2.map(({ arm }) => arm)).toEqual(Object.keys(read));
    for (const { arm, label, curves } of publishedFigure2) {
      expect(label).toBe(definition.arms[arm]!.label);
      for (const norm of ["linf", "l2"] as const) {
        expect(curves[norm].map(([step]) => step)).toEqual([20, 50, 100, 500, 1000, 5000]);
        expect(curves[norm].at(-1), `${arm} ${norm}`).toEqual([5000, read[arm]![norm]]);
      }
    }
  });
});

describe("figure 2 as a race", () => {
  test("trains what the catalog's experiment trains: data, network, loss, steps, and four of its arms", () => {
    checkSetup(figure2Setup);
    const races = runsOfSetup(figure2Setup);
    const arms = ["gradient", "sign", "adam-0-0-1e-8", "adam-.9-.99-1e-2"];
    expect(races.length).toBe(arms.length);
    arms.forEach((name, i) => {
      const { dataset, network, loss, stop } = definition;
      const { optimizer, step, stop: ownStop } = definition.arms[name]!;
      expect(races[i]).toMatchObject({ dataset, network, loss, seed: definition.seeds[0], arm: { optimizer, step } });
      expect(races[i]!.stop).toEqual({ ...stop, ...ownStop });
    });
    expect(figure2Setup).toMatchObject({
      width: 128,
      depth: 1,
      activation: "relu",
      loss: "logistic",
      reduction: "sum",
      steps: 5000,
      seed: 0,
    });
  });

  test("has its arms found beside the published ones, in any order, under any seed and number of steps", () => {
    const all = [
      ["gradient", 0],
      ["sign", 1],
      ["adam-0-0-1e-8", 2],
      ["adam-.9-.99-1e-2", 3],
    ] as const;
    expect([...matchingArms(figure2Setup)]).toEqual(all);
    const [gradient, sign] = figure2Setup.arms as [(typeof figure2Setup.arms)[0], (typeof figure2Setup.arms)[0]];
    expect([...matchingArms({ ...figure2Setup, seed: 2, steps: 10, arms: [sign, gradient] })]).toEqual([
      ["gradient", 1],
      ["sign", 0],
    ]);
  });

  test("is another race with other data, another network or another loss, and an arm with another step is none of its own", () => {
    for (const change of [
      { data: { ...figure2Setup.data, trainSize: 50 } },
      { width: 64 },
      { depth: 2 },
      { loss: "exponential" },
      { reduction: "mean" },
      { activation: "identity" },
      { init: { law: "uniformFanIn", scale: 0.1 } },
    ]) {
      expect([...matchingArms({ ...figure2Setup, ...change } as typeof figure2Setup)], JSON.stringify(change)).toEqual([]);
    }
    const arms = figure2Setup.arms.map((arm) => ({ ...arm, step: { rule: "constant", size: 0.1 } as const }));
    expect([...matchingArms({ ...figure2Setup, arms })]).toEqual([]);
  });
});
