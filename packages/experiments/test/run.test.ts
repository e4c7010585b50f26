import type { TrainWarning } from "@steepest/core";
import { expect, test } from "vitest";
import {
  type ArmDefinition,
  type ExperimentDefinition,
  execute,
  parseDefinition,
  probes,
  type RunDefinition,
  runsOf,
} from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary, twin } from "./support/hosts.js";
import { imageSet } from "./support/imageSet.js";
import { noFiles, tiny } from "./support/tiny.js";

const withRecord = (record: Partial<ExperimentDefinition["record"]>): ExperimentDefinition => ({
  ...tiny,
  record: { ...tiny.record, ...record },
});
const run = (definition: ExperimentDefinition, index = 0): RunDefinition => runsOf(definition)[index]!.run;

test("an experiment is planned arm by arm, seed by seed", () => {
  expect(runsOf(tiny).map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(["gradient 0", "gradient 1", "sign 0", "sign 1"]);
});

test("a run is described by what decides its rows, not by labels, claims, figures, other arms or other seeds", () => {
  const described = {
    dataset: tiny.dataset,
    network: tiny.network,
    loss: tiny.loss,
    record: tiny.record,
    arm: { optimizer: tiny.arms.sign!.optimizer, step: tiny.arms.sign!.step },
    stop: { steps: 60 },
    seed: 1,
  };
  expect(run(tiny, 3)).toEqual(described);
  const { gradient, sign } = tiny.arms;
  const relabelled = {
    ...tiny,
    question: "another?",
    claims: [],
    figure: [],
    seeds: [1],
    arms: { sign: { ...sign!, label: "sign" }, gradient: gradient! },
  };
  expect(run(relabelled, 0)).toEqual(described);
});

test("rows hold the step and then exactly the probes, in the definition's order", async () => {
  const names = ["margin.own", "alignment", "logRisk", "norm.l1"];
  const { rows } = await collect(run(withRecord({ probes: names })), binary);
  for (const row of rows) expect(Object.keys(row)).toEqual(["step", ...names]);
});

test("every probe but those of linear models and of targets can be recorded and gives a number; those of Adam are NaN elsewhere, for Adam the fall of a soft margin that need not grow, and without decay the gap in its ball", async () => {
  const names = [...probes.values()].flatMap(({ name, needsTeacher, needsTargets, needsLargest, needsCertificate }) =>
    needsTeacher || needsTargets || needsLargest || needsCertificate ? [] : [name],
  );
  const adam = { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-2, decay: 1e-3 } as const;
  const stop = { steps: 5000, logRiskBelow: -6 };
  const definition = { ...withRecord({ probes: names }), stop, arms: { ...tiny.arms, adam: { ...tiny.arms.sign!, optimizer: adam } } };
  const last = async (index: number) => (await collect(run(definition, index), binary)).rows.at(-1)!;
  const [sign, own] = [await last(2), await last(4)];
  for (const name of names) expect(own[name], name).toBeTypeOf("number");
  expect(names.filter((name) => Number.isNaN(own[name]))).toEqual(["health.softMarginFall"]);
  expect(names.filter((name) => Number.isNaN(sign[name]))).toEqual(
    names.filter((name) => /^optimizer\.epsilonShare$|^frankWolfeGap\./.test(name)),
  );
});

test("a phase hands the run over: rows agree with the plain run up to the condition, and the own norm is the new one's afterwards", async () => {
  const probeNames = withRecord({ probes: ["margin.own", "margin.l2", "margin.linf"], at: [19, 20, 21] });
  const { sign } = tiny.arms;
  const later = { when: { step: 20 }, optimizer: tiny.arms.gradient!.optimizer, step: { rule: "constant", size: 0.02 } } as const;
  const plain = await collect(run({ ...probeNames, arms: { sign: sign! } }), binary);
  const phased = await collect(run({ ...probeNames, arms: { sign: { ...sign!, phases: [later] } } }), binary);
  const until = (rows: readonly { step: number }[], step: number) => rows.filter((row) => row.step <= step);
  expect(until(phased.rows, 20)).toEqual(until(plain.rows, 20));
  expect(phased.rows.find(({ step }) => step === 21)).not.toEqual(plain.rows.find(({ step }) => step === 21));
  const last = phased.rows.at(-1)!;
  expect(last["margin.own"]).toBe(last["margin.l2"]);
});

test("phases and batch are part of what a run is, and where there are none there is no key for them", () => {
  const phases = [{ when: "separation", step: { rule: "constant", size: 0.02 } }] as const;
  const batch = { size: 5, order: "shuffled" } as const;
  const both = { ...tiny, arms: { sign: { ...tiny.arms.sign!, phases, batch, look: { color: 1, dash: 1 } } } };
  const { optimizer, step } = tiny.arms.sign!;
  expect(run(both).arm).toEqual({ optimizer, step, phases, batch });
  expect(Object.keys(run({ ...tiny, arms: { sign: { ...tiny.arms.sign!, phases: [], batch: undefined } } }).arm)).toEqual([
    "optimizer",
    "step",
  ]);
});

test("a batch of all samples in their order is the full-batch run, a smaller one is not", async () => {
  const withBatch = (size: number) =>
    collect(run({ ...tiny, arms: { sign: { ...tiny.arms.sign!, batch: { size, order: "cyclic" } as const } } }), binary);
  const plain = await collect(run({ ...tiny, arms: { sign: tiny.arms.sign! } }), binary);
  expect((await withBatch(10)).rows).toEqual(plain.rows);
  expect((await withBatch(5)).rows.at(-1)).not.toEqual(plain.rows.at(-1));
});

test("variance-reduced gradients are part of what a run is, with rows of their own, the same from the binary and from the twin", async () => {
  const { sign } = tiny.arms;
  const withBatch = (batch: object) =>
    run({ ...tiny, arms: { sign: { ...sign!, batch: { size: 5, order: "cyclic", ...batch } as never } } });
  const reduced = withBatch({ varianceReduced: { every: 3 } });
  expect(reduced.arm.batch).toEqual({ size: 5, order: "cyclic", varianceReduced: { every: 3 } });
  const [fast, plain] = [await collect(reduced, binary), await collect(reduced, twin)];
  expect(fast).toEqual(plain);
  const others = [{}, { varianceReduced: {} }, { varianceReduced: { every: 4 } }].map((batch) => collect(withBatch(batch), binary));
  for (const { rows } of await Promise.all(others)) expect(rows.at(-1)).not.toEqual(fast.rows.at(-1));
  const whole = withBatch({ size: 10, varianceReduced: {} });
  expect((await collect(whole, binary)).rows).toEqual((await collect(run({ ...tiny, arms: { sign: sign! } }), binary)).rows);
});

test("steps that change margins by more than 2 after separation are told once, when they happen and at the end; margin-paced ones are not", async () => {
  const told = async (step: ArmDefinition["step"]) => {
    const warnings: TrainWarning[] = [];
    const events = execute(run({ ...tiny, arms: { sign: { ...tiny.arms.sign!, step } } }), { kernels: binary, files: noFiles });
    for (;;) {
      const next = await events.next();
      if (next.done) {
        expect(next.value.warnings).toEqual(warnings);
        return { chatter: warnings.filter(({ what }) => what === "chatter"), separationStep: next.value.separationStep! };
      }
      if (next.value.kind === "warning") warnings.push(next.value);
    }
  };
  const { chatter, separationStep } = await told({ rule: "constant", size: 0.3 });
  expect(chatter).toHaveLength(1);
  expect(chatter[0]!.value).toBeGreaterThan(2);
  expect(chatter[0]!.step).toBeGreaterThanOrEqual(separationStep);
  expect(await told({ rule: "marginPaced", c: 1 })).toEqual({ chatter: [], separationStep: expect.any(Number) });
});

test("the own norm is the optimiser's", async () => {
  const both = withRecord({ probes: ["margin.own", "margin.l2", "margin.linf", "softMargin.own", "softMargin.linf"] });
  const [gradient, sign] = [(await collect(run(both, 0), binary)).rows.at(-1)!, (await collect(run(both, 2), binary)).rows.at(-1)!];
  expect(gradient["margin.own"]).toBe(gradient["margin.l2"]);
  expect(sign["margin.own"]).toBe(sign["margin.linf"]);
  expect(sign["softMargin.own"]).toBe(sign["softMargin.linf"]);
});

test("recorded are 0, the steps nearest to powers of 10^(1 / pointsPerDecade), those asked for, perfect accuracy, separation, and the last", async () => {
  const { rows, end } = await collect(run({ ...withRecord({ pointsPerDecade: 2, at: [5, 41] }), stop: { steps: 100 } }), binary);
  const { perfectAccuracyStep, separationStep } = end;
  expect(perfectAccuracyStep).toBeLessThan(100);
  expect(separationStep).toBeLessThan(100);
  const expected = new Set([0, 1, 3, 5, 10, 32, 41, 100, perfectAccuracyStep!, separationStep!]);
  expect(rows.map(({ step }) => step)).toEqual([...expected].sort((a, b) => a - b));
});

test("under the mean an unnormalised step is that of the sum divided by the number of samples; the recorded log risk is the sum's", async () => {
  const mean = await collect(run({ ...tiny, loss: { kind: "logistic", reduction: "mean" } }), binary);
  const { gradient } = tiny.arms;
  const tenth = { ...tiny, arms: { gradient: { ...gradient!, step: { rule: "constant", size: 0.005 } as const } } };
  const sum = await collect(run(tenth), binary);
  expect(mean.rows[0]).toEqual(sum.rows[0]);
  expect(mean.rows.at(-1)!.logRisk).toBeCloseTo(sum.rows.at(-1)!.logRisk!, 12);
  expect(mean.rows.at(-1)!.logRisk).not.toBeCloseTo((await collect(run(tiny), binary)).rows.at(-1)!.logRisk!, 2);
});

test("an arm with a stop of its own is frozen there, the other goes on", async () => {
  const { gradient, sign } = tiny.arms;
  const definition = { ...tiny, arms: { gradient: { ...gradient!, stop: { logRiskBelow: 0.5 } }, sign: sign! } };
  const frozen = await collect(run(definition, 0), binary);
  expect(frozen.end.outcome).toMatchObject({ kind: "finished", reason: "logRiskBelow" });
  expect(frozen.end.outcome.step).toBeLessThan(60);
  expect(frozen.rows.at(-1)!.step).toBe(frozen.end.outcome.step);
  expect(frozen.rows.at(-1)!.logRisk).toBeLessThan(0.5);
  expect((await collect(run(definition, 2), binary)).end.outcome).toEqual({ kind: "finished", step: 60, reason: "steps" });
});

test("divergence is an outcome, and the rows before it are kept", async () => {
  const { gradient } = tiny.arms;
  const definition = { ...tiny, arms: { gradient: { ...gradient!, step: { rule: "constant", size: 1e300 } as const } } };
  const { rows, end } = await collect(run(definition), binary);
  expect(end.outcome.kind).toBe("diverged");
  expect(rows.map(({ step }) => step)).toEqual([0]);
});

test("a selection that happens to hold one class only is a DataError before the first row", async () => {
  const files = { images: async () => ({ train: imageSet(30, [3, ...Array(29).fill(6)]), test: imageSet(4, [3, 6]) }) };
  const definition: RunDefinition = { ...run(tiny), dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 2 } };
  await expect(execute(definition, { kernels: binary, files }).next()).rejects.toMatchObject({
    code: "DATA",
    message: "data: every label is 1, expected samples of both classes",
  });
});

test("an arm with an initialisation of its own is the run of a network with it, for every other arm the network's own", () => {
  const init = { law: "uniformFanIn", scale: 0.05 } as const;
  const { gradient, sign } = tiny.arms;
  const arms = { gradient: { ...gradient!, init }, sign: sign! };
  const planned = runsOf(parseDefinition({ ...tiny, arms }));
  const network = { ...tiny.network, init };
  const expected = runsOf({ ...tiny, network }).filter(({ arm }) => arm === "gradient");
  expect(planned.filter(({ arm }) => arm === "gradient")).toEqual(expected);
  expect(planned.filter(({ arm }) => arm === "sign")).toEqual(runsOf(tiny).filter(({ arm }) => arm === "sign"));
});

test("a step rule that an arm's own initialisation does not let go is refused with that arm", () => {
  const step = { rule: "backtracking", relativeSize: 0.1, tolerance: 0 } as const;
  const init = { law: "uniformFanIn", scale: 0 } as const;
  expect(() => parseDefinition({ ...tiny, arms: { ...tiny.arms, sign: { ...tiny.arms.sign!, step } } })).not.toThrow();
  expect(() => parseDefinition({ ...tiny, arms: { ...tiny.arms, sign: { ...tiny.arms.sign!, step, init } } })).toThrow("arms.sign");
});
