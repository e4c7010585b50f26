import { describe, expect, test } from "vitest";
import { conventionFindings, execute, expectationFindings, lossTexts, parseDefinition, trainOptions } from "../../src/index.js";
import { binary } from "../support/hosts.js";
import { imageFiles as files } from "../support/imageSet.js";

const written = {
  id: "heads",
  dataset: { kind: "mnist", classes: [3, 6, 8], trainSize: 12, testSize: 4 },
  network: { kind: "mlp", hidden: [5], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } },
  loss: { kind: "logistic", reduction: "sum" },
  arms: { gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 0.01 } } },
  seeds: [0],
  stop: { steps: 20 },
  record: { probes: ["logRisk", "trainAccuracy", "testAccuracy", "margin.l2"], pointsPerDecade: 8 },
} as const;
const pair = { kind: "mnist", classes: [3, 6], trainSize: 12, testSize: 4 } as const;
const squared = { kind: "squared", reduction: "sum" } as const;

const issuesOf = (change: object): string[] => {
  try {
    parseDefinition({ ...written, ...change });
    return [];
  } catch (error) {
    return (error as { issues: { path: string; message: string }[] }).issues.map(({ message }) => message);
  }
};

const runOf = (change: object) => {
  const { arms, seeds, ...definition } = parseDefinition({ ...written, ...change });
  return { ...definition, arm: arms.gradient!, seed: seeds[0]! };
};

describe("several classes in definitions", () => {
  test("the number of scores follows from the data set", async () => {
    for (const [dataset, outputs] of [
      [written.dataset, 3],
      [pair, 1],
    ] as const) {
      const run = runOf({ dataset });
      const events = execute(run, { kernels: binary, files });
      let last: unknown;
      for (let next = await events.next(); ; next = await events.next()) {
        if (next.done) {
          expect(next.value.outcome).toEqual({ kind: "finished", step: 20, reason: "steps" });
          break;
        }
        if (next.value.kind === "row") last = next.value.row;
      }
      expect(last).toMatchObject({ step: 20, logRisk: expect.any(Number) });
      const samples = { inputs: new Float64Array(784), inputDim: 784, labels: [0], ...(outputs > 1 && { classes: outputs }) };
      expect(trainOptions(run, samples, undefined).network.outputs).toBe(outputs);
    }
  });

  test("another number is refused, the same one is not", () => {
    const withOutputs = (outputs: number) => ({ network: { ...written.network, outputs } });
    expect(issuesOf(withOutputs(3))).toEqual([]);
    expect(issuesOf(withOutputs(1))).toEqual(["network.outputs: must be 3, which the data set needs, got 1"]);
    expect(issuesOf({ ...withOutputs(2), dataset: pair })).toEqual(["network.outputs: must be 1, which the data set needs, got 2"]);
    expect(issuesOf({ network: { kind: "linear", outputs: 4, init: written.network.init } })).toEqual([
      "network.outputs: must be 3, which the data set needs, got 4",
    ]);
  });

  test("reports say what the loss is with several classes", () => {
    const conventionsOf = (change: object): string[] =>
      conventionFindings(parseDefinition({ ...written, ...change })).map(({ convention }) => convention);
    expect(conventionsOf({})).toEqual([
      "3 classes: the logistic loss is cross-entropy, that of the smoothed margin s_y - log(sum of e^s_j over the other classes)",
    ]);
    expect(conventionsOf({ dataset: pair })).toEqual([]);
    expect(conventionsOf({ loss: squared })).toEqual(["the squared loss regresses on one-hot vectors of the labels"]);
    expect(conventionsOf({ loss: squared, dataset: pair })).toEqual(["the squared loss regresses on the labels -1 and +1"]);
    expect(lossTexts().find(({ name }) => name === "logistic")!.what).toContain("cross-entropy");
  });
});

describe("the squared loss in definitions", () => {
  test("trains, with margins of the classes and without expectations of theory", async () => {
    const run = runOf({ loss: squared });
    const events = execute(run, { kernels: binary, files });
    const rows = [];
    for (let next = await events.next(); !next.done; next = await events.next()) if (next.value.kind === "row") rows.push(next.value.row);
    expect(rows.at(-1)!.logRisk).toBeLessThan(rows[0]!.logRisk!);
    expect(rows.at(-1)!["margin.l2"]).not.toBeNaN();
    const [finding] = expectationFindings(parseDefinition({ ...written, loss: squared }), []);
    expect(finding).toMatchObject({ arm: "gradient", expects: "theory is silent", source: expect.stringContaining("no such tail") });
  });

  test("what it has no value for is refused, with its place", () => {
    const arm = (change: object) => ({ loss: squared, arms: { gradient: { ...written.arms.gradient, ...change } } });
    expect(issuesOf(arm({ step: { rule: "marginPaced", c: 1 } }))).toEqual([
      "arms.gradient.step.rule: marginPaced paces steps by margins, which the loss squared does not have",
    ]);
    const unnormalized = { optimizer: { kind: "steepest", norm: "l2", normalized: false } };
    expect(issuesOf(arm({ ...unnormalized, step: { rule: "lossBased", size: 0.1, rollback: true } }))).toEqual([]);
    expect(issuesOf(arm({ ...unnormalized, step: { rule: "lossBased", size: 0.1, rollback: false } }))).toEqual([
      "arms.gradient.step.rule: lossBased divides its sizes by the risk, and so they grow without bound as the loss squared vanishes, whose gradient falls as its root",
    ]);
    expect(issuesOf(arm({ phases: [{ when: "separation", step: { rule: "backtracking", relativeSize: 0.1, tolerance: 0 } }] }))).toEqual([
      "arms.gradient.phases[0].when: separation never comes with the loss squared",
      "arms.gradient.phases[0].step.rule: backtracking paces steps by margins, which the loss squared does not have",
    ]);
    const claims = [{ arm: "gradient", probe: "margin.l2", after: "separation", relation: "nondecreasing", relativeSlack: 0 }];
    expect(issuesOf({ claims })).toEqual([]);
    expect(issuesOf({ loss: squared, claims })).toEqual(["claims[0].after: separation never comes with the loss squared"]);
    for (const probe of [
      "softMargin.own",
      "softMargin.l2",
      "softMargin.lp(3)",
      "worstSoftMarginDrop",
      "health.marginChange",
      "health.softMarginFall",
    ]) {
      const record = { ...written.record, probes: ["logRisk", probe] };
      expect(issuesOf({ loss: squared, record })).toEqual([
        "record.probes[1]: has no value with the loss squared, which is none of margins",
      ]);
      expect(issuesOf({ record })).toEqual([]);
    }
  });
});
