import { DataError, type StopRule } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type ArmDefinition, type ExperimentDefinition, type RunEnd, runsOf } from "../../src/index.js";
import { requireEndOfRows } from "../../src/record/endOfRows.js";
import { parseRows } from "../../src/record/row.js";
import { collect } from "../support/collect.js";
import { binary } from "../support/hosts.js";

/** A definition over four samples in a plane, with the given arm and stop. */
function planned(arm: ArmDefinition, stop: StopRule, changes: Partial<ExperimentDefinition> = {}) {
  const [{ run }] = runsOf({
    id: "ends",
    source: "a test",
    question: "does the end fit the rows?",
    dataset: {
      kind: "points",
      inputs: [
        [1, 2],
        [2, 1],
        [-1, -2],
        [-2, -1.5],
      ],
      labels: [1, 1, -1, -1],
      constant: 0,
    },
    network: { kind: "linear", init: { law: "normalFanIn", scale: 0.1 } },
    loss: { kind: "exponential", reduction: "sum" },
    arms: { only: arm },
    seeds: [3],
    stop,
    record: { probes: ["logRisk", "minMargin", "trainAccuracy"], pointsPerDecade: 3 },
    claims: [],
    figure: [],
    ...changes,
  }) as [ReturnType<typeof runsOf>[number]];
  return run;
}

const l2 = { kind: "steepest", norm: "l2", normalized: true } as const;
const slow: ArmDefinition = { optimizer: l2, step: { rule: "constant", size: 0.02 } };
const paced: ArmDefinition = { optimizer: l2, step: { rule: "marginPaced", c: 0.25 } };
const relu = (scale: number): ExperimentDefinition["network"] => ({
  kind: "mlp",
  hidden: [5],
  activation: "relu",
  init: { law: "normalFanIn", scale },
});
const logistic = { kind: "logistic", reduction: "mean" } as const;

/** Equal samples of opposite labels: no risk is below that of θ = 0. */
const contradicting: Partial<ExperimentDefinition> = {
  dataset: { kind: "points", inputs: [[1], [1]], labels: [1, -1], constant: 0, contradictions: "keep" },
  network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
};

/** Runs of every kind of end. */
const runs = {
  steps: planned(slow, { steps: 40 }),
  "steps, logistic": planned(slow, { steps: 40 }, { loss: logistic, network: relu(1) }),
  "no step": planned(slow, { steps: 0 }),
  logRiskBelow: planned(paced, { steps: 5000, logRiskBelow: -20 }),
  "logRiskBelow, no limit of steps": planned(paced, { logRiskBelow: -20 }, { loss: logistic }),
  "mini-batches": planned({ ...slow, batch: { size: 3, order: "shuffled" } }, { steps: 41 }),
  "mini-batches, logRiskBelow": planned({ ...paced, batch: { size: 3, order: "shuffled" } }, { steps: 5000, logRiskBelow: -20 }),
  phases: planned({ ...slow, phases: [{ when: "separation", step: { rule: "marginPaced", c: 0.5 } }] }, { steps: 90 }),
  "few probes": planned(slow, { steps: 40 }, { record: { probes: ["margin.l2"], pointsPerDecade: 3 } }),
  diverged: planned(
    { optimizer: { ...l2, normalized: false }, step: { rule: "constant", size: 1e200 } },
    { steps: 40 },
    { network: relu(1) },
  ),
  stationary: planned({ ...slow, optimizer: { ...l2, normalized: false } }, { steps: 40 }, contradicting),
  "taken back": planned(
    { optimizer: l2, step: { rule: "backtracking", relativeSize: 0.5, tolerance: 1e-9 } },
    { steps: 60 },
    { network: relu(1) },
  ),
  stalled: planned(
    {
      optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
      step: { rule: "lineSearch", size: 1, sufficientDecrease: 0.9 },
    },
    { steps: 600 },
    {
      dataset: {
        kind: "points",
        inputs: [
          [1, 2],
          [2, 1],
          [-1, -2],
          [1.1, 1],
        ],
        labels: [1, 1, -1, -1],
        constant: 0,
      },
    },
  ),
} as const;

/** The runs as they were recorded. */
const made = await Promise.all(Object.entries(runs).map(async ([name, run]) => ({ name, run, ...(await collect(run, binary)) })));
type Made = (typeof made)[number];

function problem({ rows, run }: Made, end: RunEnd): string {
  try {
    requireEndOfRows({ path: "x", end, rows, run });
    return "none";
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}

test("these are runs of every kind of end", () => {
  const kinds = new Set(made.map(({ end: { outcome } }) => (outcome.kind === "finished" ? outcome.reason : outcome.kind)));
  expect([...kinds].sort()).toEqual(["diverged", "logRiskBelow", "stalled", "stationary-not-separated", "steps"]);
});

test.each(made)("the end of a run is what its rows say: $name", (one) => {
  expect(parseRows("x", one.rows, one.run)).toEqual(one.rows);
  expect(problem(one, one.end)).toBe("none");
});

test("a run that diverged at its first step, as one of an earlier version may have, has no row and is no contradiction", () => {
  const one = { ...made[0]!, rows: [] };
  const end: RunEnd = {
    outcome: { kind: "diverged", step: 0, what: "scores" },
    perfectAccuracyStep: undefined,
    separationStep: undefined,
    warnings: [],
  };
  expect(problem(one, end)).toBe("none");
  expect(problem(one, { ...end, outcome: { kind: "stalled", step: 0 } })).toMatch(/expected a row for it/);
});

describe("an end that the rows contradict is refused:", () => {
  const others = made.filter(({ end }) => end.outcome.kind !== "diverged");

  test.each(others)("another last step: $name", (one) => {
    const { outcome } = one.end;
    for (const step of [outcome.step - 1, outcome.step + 1])
      expect(problem(one, { ...one.end, outcome: { ...outcome, step } })).toMatch(/^x: has outcome\.outcome\.step/);
  });

  test.each(made.filter(({ end }) => end.outcome.kind === "diverged"))("a divergence before the last row: $name", (one) => {
    const { step } = one.rows.at(-1) ?? { step: 0 };
    expect(problem(one, { ...one.end, outcome: { ...one.end.outcome, step: step - 1 } })).toMatch(/^x: has outcome\.outcome\.step/);
    expect(problem(one, { ...one.end, outcome: { ...one.end.outcome, step: 41 } })).toMatch(/^x: has outcome\.outcome\.step/);
  });

  test.each(others)("another reason: $name", (one) => {
    const { outcome } = one.end;
    const reason = outcome.kind === "finished" && outcome.reason === "steps" ? "logRiskBelow" : "steps";
    if (outcome.kind !== "finished" && reason === "steps" && outcome.step === one.run.stop.steps) return;
    const said = problem(one, { ...one.end, outcome: { kind: "finished", step: outcome.step, reason } });
    expect(said).toMatch(/^x: has outcome\.outcome\.(reason|step)/);
  });

  const recorded = made.filter(({ run, rows }) => run.record.probes.includes("minMargin") && rows.length > 0);
  test.each(recorded)("another step of perfect accuracy or of separation: $name", (one) => {
    const { perfectAccuracyStep, separationStep, outcome } = one.end;
    const said = { perfectAccuracyStep, separationStep };
    for (const [name, step] of Object.entries(said)) {
      const later = one.rows.find((row) => row.step > (step ?? -1))?.step;
      const wrong = [...(step === undefined ? [0] : [step + 1, step - 1, outcome.step]), later].filter(
        (other) => other !== undefined && other >= 0 && other !== step,
      );
      // with mini-batches nobody says which rows lie at the end of an epoch
      const changes = one.run.arm.batch ? wrong.filter((other) => !one.rows.some((row) => row.step === other)) : wrong;
      for (const other of changes)
        expect(problem(one, { ...one.end, [name]: other }), `${name} ${other}`).toMatch(`x: has outcome.${name} `);
      if (step === undefined || one.run.arm.batch || !one.rows.some((row) => row.step === step)) continue;
      expect(problem(one, { ...one.end, [name]: undefined })).toBe(
        `x: has outcome.${name} nothing, but the row of step ${step} is an earlier one`,
      );
    }
  });
});
