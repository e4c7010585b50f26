import { describe, expect, test } from "vitest";
import { buildOptimizer, catalog, isHomogeneous, optimizers, probeOf, type Row, type RunDefinition, runsOf } from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary } from "./support/hosts.js";

type OptimizerDefinition = RunDefinition["arm"]["optimizer"];

const steepest = (norm: "l2" | "linf"): OptimizerDefinition =>
  ({ kind: "steepest", norm, normalized: true, ...(norm === "linf" && { smoothing: "none" }) }) as OptimizerDefinition;
const paced = (c: number) => ({ rule: "marginPaced", c }) as const;

function moons(optimizer: OptimizerDefinition, arm: Partial<RunDefinition["arm"]> = {}, steps = 2000): RunDefinition {
  return {
    dataset: { kind: "moons", trainSize: 60, noise: 0.1, constant: 1 },
    network: { kind: "mlp", hidden: [32], activation: "relu", init: { law: "uniformFanIn", scale: 1 } },
    loss: { kind: "exponential", reduction: "sum" },
    arm: { optimizer, step: paced(0.25), ...arm },
    stop: { steps },
    seed: 0,
    record: {
      probes: ["logRisk", "softMargin.own", "worstSoftMarginDrop", "health.marginChange", "health.softMarginFall"],
      pointsPerDecade: 24,
    },
  };
}

/** The fall of every row, by its definition, from the row of `start` on. */
function fallsOf(rows: readonly Row[], start = 0): number[] {
  const counted = rows.filter(({ step }) => step >= start);
  return counted.map((row, i) => {
    const seen = counted.slice(0, i + 1).filter(({ logRisk }) => logRisk! < -5);
    return seen.length === 0 ? 0 : 1 - row["softMargin.own"]! / Math.max(...seen.map((one) => one["softMargin.own"]!));
  });
}

const told = (rows: readonly Row[]): number[] => rows.map((row) => row["health.softMarginFall"]!);

describe("the accumulated fall of the own soft margin", () => {
  test("of sign descent at the kinks of a ReLU network is told, though no step shows it", async () => {
    const { rows, end } = await collect(moons(steepest("linf")), binary);
    expect(told(rows)).toEqual(fallsOf(rows));
    const last = rows.at(-1)!;
    expect(last.worstSoftMarginDrop).toBeLessThan(2e-3);
    expect(Math.max(...rows.map((row) => row["health.marginChange"]!).filter((change) => !Number.isNaN(change)))).toBeLessThan(2);
    expect(last["health.softMarginFall"]).toBeGreaterThan(0.25);
    const first = rows.find((row) => row["health.softMarginFall"]! > 0.05)!;
    expect(end.warnings).toEqual([
      {
        kind: "warning",
        what: "softMarginFall",
        step: first.step,
        value: first["health.softMarginFall"],
        advice: "use backtracking, which takes back steps that lower it, or a smaller c",
      },
    ]);
  });

  test("does not come where the advice is followed, nor to gradient descent", async () => {
    for (const run of [
      moons(steepest("linf"), { step: { rule: "backtracking", relativeSize: 0.02, tolerance: 1e-5 } }, 8000),
      moons(steepest("l2")),
    ]) {
      const { rows, end } = await collect(run, binary);
      expect(rows.at(-1)!.logRisk).toBeLessThan(-8);
      expect(Math.max(...told(rows))).toBeLessThan(1e-3);
      expect(end.warnings).toEqual([]);
    }
  });

  test("of a rule that may lower it a little in each step is told with that rule's remedy", async () => {
    const { end } = await collect(moons(steepest("linf"), { step: { rule: "backtracking", relativeSize: 0.02, tolerance: 1e-3 } }), binary);
    expect(end.warnings.map(({ what, advice }) => [what, advice])).toEqual([["softMarginFall", "use a smaller tolerance"]]);
  });

  test("starts anew with another optimiser, and is nobody's with mini-batches", async () => {
    const phases = [{ when: { step: 1500 }, optimizer: steepest("l2") }];
    const handed = (await collect(moons(steepest("linf"), { phases }), binary)).rows;
    const [before, after] = [handed.filter(({ step }) => step <= 1500), handed.filter(({ step }) => step > 1500)];
    expect(told(handed)).toEqual([...fallsOf(before), ...fallsOf(after)]);
    expect(told(before).at(-1)).toBeGreaterThan(0.1);
    expect(told(after)[0]).toBe(0);
    const batched = await collect(moons(steepest("linf"), { batch: { size: 20, order: "cyclic" } }, 300), binary);
    expect(told(batched.rows).every(Number.isNaN)).toBe(true);
  });
});

const quick = [...catalog.values()].filter(({ definition: { dataset } }) => "inputDim" in dataset && dataset.inputDim < 100);

test("the catalog has small experiments", () => expect(quick.length).toBeGreaterThan(1));

test.each(quick.map((entry) => [entry.definition.id, entry] as const))(
  "%s tells every fall, and has none",
  async (_id, { definition, quick, losesMargin = false }) => {
    const { certifyBelow: _, ...record } = definition.record;
    const recorded = record.probes.filter((probe) => !probeOf(probe)!.needsCertificate); // nothing here certifies
    const probes = [...new Set([...recorded, "softMargin.own", "health.softMarginFall"])];
    const runs = runsOf({ ...definition, ...quick, seeds: [0], record: { ...record, probes } });
    let mostLost = 0;
    for (const { arm, run } of runs) {
      const { grows = false } = buildOptimizer(run.arm.optimizer).expectation;
      const speaks = grows && isHomogeneous(definition) && run.arm.batch === undefined;
      const { rows, end } = await collect({ ...run, stop: { ...run.stop, steps: speaks ? 3000 : 300 } }, binary);
      expect(told(rows).map(Number.isNaN), arm).toEqual(rows.map(() => !speaks)); // where theory is silent nothing is told
      const largest = speaks ? Math.max(...told(rows)) : 0;
      if (speaks && run.arm.phases === undefined) expect(told(rows), arm).toEqual(fallsOf(rows));
      if (!losesMargin) expect(largest, arm).toBeLessThan(1e-3);
      mostLost = Math.max(mostLost, largest);
      expect(
        end.warnings.some(({ what }) => what === "softMarginFall"),
        arm,
      ).toBe(largest > 0.05);
    }
    if (losesMargin) expect(mostLost, "an entry that says so loses margin").toBeGreaterThan(1e-3);
  },
);

const examples = Object.values(optimizers).flatMap(({ examples = [] }) => examples as readonly OptimizerDefinition[]);

describe.each(examples.map((example) => [JSON.stringify(example), example] as const))("%s", (_text, example) => {
  const optimizer = buildOptimizer(example);
  const { expectation, ownNorm, lengthUnit } = optimizer;
  // where theory promises growth, short steps on a network without kinks show it
  const run: RunDefinition = {
    ...moons(example, { step: lengthUnit === "unit" ? paced(0.05) : { rule: "lossBased", size: 0.02, rollback: false } }, 2500),
    network: { kind: "mlp", hidden: [12], activation: { reluPower: 2 }, init: { law: "normalFanIn", scale: 0.6 } },
    dataset: { kind: "separable", trainSize: 12, noise: 0.05, constant: 1 },
  };

  test("is observed exactly if theory promises growth in its own norm, which short steps show", async () => {
    if (expectation.grows) expect(expectation.margin?.id).toBe(ownNorm.id);
    const { rows } = await collect(run, binary);
    const falls = told(rows);
    expect(falls.map(Number.isNaN)).toEqual(falls.map(() => !expectation.grows));
    if (!expectation.grows) return;
    expect(rows.at(-1)!.logRisk).toBeLessThan(-6);
    expect(Math.max(...falls)).toBeLessThan(1e-3);
  });
});
