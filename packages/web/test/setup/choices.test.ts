import { activation, activations } from "@steepest/core";
import {
  type DatasetDefinition,
  datasets,
  fittingStep,
  isLabelled,
  needsFiles,
  optimizers,
  parseDefinition,
  rulesFor,
  stepStarts,
} from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import {
  activationKind,
  activationNames,
  dataNames,
  dataStarts,
  defaultsAt,
  isWhole,
  optimizerStarts,
  stepAfterChoice,
  wordsAt,
} from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { definitionOf } from "../../src/setup/definition.js";
import { dataFieldName, dataNumbers } from "../../src/setup/fieldPath.js";
import type { ArmSetup } from "../../src/setup/raceSetup.js";

const sorted = (names: object): string[] => Object.keys(names).sort();

describe("every member of a registry has its place on the page", () => {
  test("data sets that no file is needed for, and the shipped pair: a name and a start, and a file beside them", () => {
    const offered = Object.values(datasets)
      .map(({ examples: [data] }): DatasetDefinition => data)
      .filter((data) => (!needsFiles(data) && isLabelled(data)) || data.kind === "mnistPair")
      .map(({ kind }) => kind);
    expect(sorted(dataStarts)).toEqual([...offered].sort());
    expect(sorted(dataNames)).toEqual([...offered, "dropped"].sort());
  });

  test.each(Object.entries(dataStarts))("a field for every number of data set %s that it draws", (kind, start) => {
    for (const key of dataNumbers(start)) {
      expect(dataFieldName(key)).toEqual(expect.any(String));
      const refused = (value: number) => {
        try {
          parseDefinition({ ...definitionOf(defaultSetup), dataset: { ...start, [key]: value } });
          return false;
        } catch {
          return true;
        }
      };
      expect(isWhole("kind", kind, [key]), key).toBe(refused((start as unknown as Record<string, number>)[key]! + 0.5));
    }
  });

  test("every activation, with a value that makes one", () => {
    expect(activationNames.map(([, choice]) => activationKind(choice)).sort()).toEqual(Object.keys(activations).sort());
    for (const [, choice] of activationNames) expect(activation(choice)).toHaveProperty("degree");
  });

  test("optimisers: an example to start with", () => {
    expect(sorted(optimizerStarts)).toEqual(sorted(optimizers));
    for (const [kind, start] of Object.entries(optimizerStarts)) expect(start.kind).toBe(kind);
  });
});

describe("what a choice starts with is a race that makes sense", () => {
  test.each(Object.entries(dataStarts))("data set %s", (kind, data) => {
    expect(data.kind).toBe(kind);
    expect(definitionOf({ ...defaultSetup, data }).dataset).toEqual(data);
  });

  test.each(Object.entries(optimizerStarts))("optimiser %s, with every rule that is offered", (_, optimizer) => {
    const rules = rulesFor(optimizer);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      const arm = { optimizer, step: stepStarts[rule] };
      expect(() => parseDefinition(definitionOf({ ...defaultSetup, arms: [arm, arm] }))).not.toThrow();
    }
  });

  test.each(activationNames)("activation %s", (_, activation) => {
    expect(definitionOf({ ...defaultSetup, activation }).network).toMatchObject({ activation });
  });
});

describe("the step after another optimiser was chosen", () => {
  const { steepest, heavyBall, progressiveRescaling } = optimizerStarts;
  const start = (optimizer: ArmSetup["optimizer"]) => fittingStep(optimizer, stepStarts.marginPaced);

  test("is what the new one starts with, there and back", () => {
    expect(stepAfterChoice({ optimizer: steepest, step: stepStarts.marginPaced }, heavyBall)).toEqual({ rule: "constant", size: 0.001 });
    expect(stepAfterChoice({ optimizer: heavyBall, step: start(heavyBall) }, progressiveRescaling).rule).toBe("lossBased");
    expect(stepAfterChoice({ optimizer: heavyBall, step: start(heavyBall) }, steepest)).toEqual(stepStarts.marginPaced);
  });

  test("stays where somebody has changed it", () => {
    const step = { rule: "constant", size: 0.002 } as const;
    expect(stepAfterChoice({ optimizer: heavyBall, step }, progressiveRescaling)).toBe(step);
  });
});

describe("the words of a key", () => {
  test("are those that the definition accepts", () => {
    expect(wordsAt("kind", "muon", ["orthogonalization"])).toEqual(["exact", "newtonSchulz"]);
    expect(wordsAt("kind", "muon", ["scale"])).toEqual(["spectral", "aspect", "rms"]);
    expect(wordsAt("kind", "steepest", ["smoothing"])).toEqual(["none", "alignment"]);
    expect(wordsAt("rule", "marginPaced", ["gradients"])).toEqual(["exact", "bound"]);
  });

  test("what stands for an option that is left out is the schema's default", () => {
    expect(defaultsAt("kind", "adam", [])).toEqual(new Map([["epsilonPlacement", "outside"]]));
    expect(defaultsAt("kind", "muonAdam", ["adam"])).toEqual(new Map([["epsilonPlacement", "outside"]]));
    expect(defaultsAt("kind", "muon", [])).toEqual(new Map([["decay", 0]]));
    expect(defaultsAt("kind", "steepest", [])).toEqual(new Map());
    expect(defaultsAt("kind", "nothing", [])).toEqual(new Map());
  });

  test("are unknown where anything else may stand", () => {
    expect(wordsAt("kind", "muon", ["momentum"])).toBeUndefined();
    expect(wordsAt("kind", "adam", ["nothing"])).toBeUndefined();
    expect(wordsAt("kind", "nothing", ["momentum"])).toBeUndefined();
  });
});
