import type { KernelFactory } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  constant,
  drive,
  type LabelledData,
  linear,
  losses,
  mlp,
  type Norm,
  norms,
  type Optimizer,
  type Phase,
  type StepRule,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "../../src/index.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";
import type { PlainNetwork } from "../support/plainNetwork.js";
import { type PlainPoint, type PlainProblem, plainPoint } from "../support/plainPoint.js";
import { samples } from "../support/samples.js";

/** The third column is zero in training, so that the weights are stored in another order than the network's; not so in the test data. */
const inputDim = 5;
const data: LabelledData = (() => {
  const drawn = samples({ seed: 5, sampleCount: 8, inputDim });
  const inputs = drawn.inputs.map((x, i) =>
    i % inputDim === 2 ? 0 : i % inputDim === 0 ? x + 3 * drawn.labels[Math.floor(i / inputDim)]! : x,
  );
  return { ...drawn, inputs };
})();
const testData = samples({ seed: 6, sampleCount: 64, inputDim });

const linearModel: PlainNetwork = { widths: [inputDim, 1], activation: "identity" };
const networks: Readonly<Record<string, PlainNetwork>> = {
  linear: linearModel,
  relu: { widths: [inputDim, 4, 1], activation: "relu" },
  "relu, second layer frozen": { widths: [inputDim, 4, 1], activation: "relu", frozenLayers: [1] },
  "relu, first layer frozen": { widths: [inputDim, 4, 1], activation: "relu", frozenLayers: [0] },
  "leaky, three layers": { widths: [inputDim, 3, 3, 1], activation: { leakyRelu: 0.1 } },
  "squared relu": { widths: [inputDim, 3, 1], activation: { reluPower: 2 } },
};

const steps = 7;

/** Steps that scale with the gradient are long at first. */
const stepOf = ({ lengthUnit }: Optimizer, size: number): StepRule => constant({ size: lengthUnit === "unit" ? size : size / 20 });

type Mode = Pick<TrainOptions, "phases" | "batch"> & { readonly loss: PlainProblem["loss"]; readonly init?: TrainOptions["init"] };

/** Mini-batches of 3, 3 and 2; and a second optimiser of the list from the fourth step on. */
const modes = (next: Optimizer): Readonly<Record<string, Mode>> => {
  const phases: Phase[] = [{ when: { step: 3 }, optimizer: next, step: stepOf(next, 0.04) }];
  return {
    plain: { loss: "exponential" },
    "phases and mini-batches": { loss: "logistic", phases, batch: { size: 3, order: "shuffled" } },
    ...(next.id === "steepest" && {
      phases: { loss: "exponential", phases },
      "mini-batches": { loss: "logistic", batch: { size: 3, order: "shuffled" } },
    }),
  };
};

/** Optimisers with rescalings, which are no steps along a direction: the last move is not compared. */
const movesOtherwise = new Set(["prgd"]);

const near = (scale: number) => 1e-10 * Math.max(1, Math.abs(scale));

function expectPoint(point: TrainPoint, plain: PlainPoint, own: Norm, degree: number): void {
  expect(point.trainAccuracy).toBe(plain.trainAccuracy);
  expect(point.testAccuracy).toBe(plain.testAccuracy);
  expect(point.supportCount).toBe(plain.supportCount);
  expect(point.health.deadSamples).toBe(plain.deadSamples);
  const about = (name: string, actual: number, expected: number, scale = expected): void =>
    expect(Math.abs(actual - expected), `${name}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(near(scale));
  about("logRisk", point.logRisk, plain.logRisk);
  about("minMargin", point.minMargin, plain.minMargin);
  expect(point.ownNorm).toBe(own.id);
  expect(Object.keys(point.norm)).toEqual([...new Set([...Object.keys(norms), ...Object.keys(point.norm)])]);
  for (const norm of [...Object.values(norms), own]) {
    const length = plain.norm(norm);
    about(`norm.${norm.id}`, point.norm[norm.id]!, length);
    about(`margin.${norm.id}`, point.margin[norm.id]!, plain.minMargin / length ** degree);
    about(`softMargin.${norm.id}`, point.softMargin[norm.id]!, plain.softMarginNumerator / length ** degree);
  }
  about("alignment", point.alignment, plain.alignment(own));
}

interface Case {
  readonly options: TrainOptions;
  readonly problem: PlainProblem;
  readonly optimizerAt: (step: number) => Optimizer;
}

function caseOf(network: PlainNetwork, optimizer: Optimizer, mode: Mode, kernels: KernelFactory): Case {
  const built = network.widths.length === 2 ? linear({ inputDim }) : mlp(network);
  const second = mode.phases?.[0]?.optimizer;
  return {
    problem: { network, degree: built.degree, loss: mode.loss, data, testData, kernels },
    optimizerAt: (step) => (second && step > 3 ? second : optimizer),
    options: {
      ...mode,
      network: built,
      data,
      testData,
      loss: losses[mode.loss],
      optimizer,
      step: stepOf(optimizer, 0.06),
      init: mode.init ?? { law: "normalFanIn", scale: 0.5 },
      seed: 4,
      stop: { steps },
      watchSoftMargin: true,
    },
  };
}

/** Drives a case and compares every point with plain arithmetic on the weights of its step. */
function check({ options, problem, optimizerAt }: Case, isMultiple: boolean): Training {
  const training = new Training(options, { kernels: problem.kernels });
  const seen = new Map<number, PlainPoint>();
  let perfectAccuracyStep: number | undefined;
  let separationStep: number | undefined;
  let drop = 0;
  for (const event of drive(training, { perDecade: 1, at: [...Array(steps).keys()] }, { kernels: problem.kernels })) {
    if (event.kind !== "point") continue;
    const { point } = event;
    const { step } = point;
    const plain = plainPoint(problem, training.parameters());
    const own = optimizerAt(step).ownNorm;
    seen.set(step, plain);
    const ownSoftMargin = (one: PlainPoint): number => one.softMarginNumerator / one.norm(own) ** problem.degree;
    const isEpochEnd = options.batch === undefined || step % 3 === 0;
    if (isEpochEnd) {
      if (plain.minMargin > 0) perfectAccuracyStep ??= step;
      if (plain.logRisk < (problem.loss === "exponential" ? 0 : Math.log(Math.LN2))) separationStep ??= step;
      const before = seen.get(step - (options.batch ? 3 : 1));
      if (before && before.logRisk < -5) drop = Math.max(drop, 1 - ownSoftMargin(plain) / ownSoftMargin(before));
    }
    expectPoint(point, plain, own, problem.degree);
    expect([point.perfectAccuracyStep, point.separationStep]).toEqual([perfectAccuracyStep, separationStep]);
    expect(Math.abs(point.worstSoftMarginDrop - drop)).toBeLessThanOrEqual(1e-9);
    const { marginChange, lostUpdates } = point.health;
    const before = seen.get(step - 1);
    if (!before || optimizerAt(step).movesAlongDirection === false) expect([marginChange, lostUpdates]).toEqual([Number.NaN, Number.NaN]);
    else if (isMultiple) {
      const moved = plain.theta.map((value, j) => value - before.theta[j]!);
      const expected = plain.lengthOf(own, moved) * plain.maxSampleGradient(own);
      expect(Math.abs(marginChange - expected), `marginChange: ${marginChange}, expected ${expected}`).toBeLessThanOrEqual(near(expected));
      if (moved.every((value, j) => value !== 0 || plain.ghat[j] === 0)) expect(lostUpdates).toBe(0);
    }
  }
  expect(training.outcome?.kind).toBe("finished");
  expect(seen.size).toBe(steps + 1);
  return training;
}

/** Optimisers whose norm is written for two layers. */
const forTwoLayers = new Set(["scion"]);

function optimizersOf(network: PlainNetwork) {
  const layers = network.widths.length - 1 - (network.frozenLayers?.length ?? 0);
  const fitting = Object.entries(everyOptimizer).filter(([name]) => layers === 2 || !forTwoLayers.has(name));
  return fitting.map(([name, optimizer], i) => ({ name, optimizer, next: fitting[(i + 1) % fitting.length]! }));
}

/** All networks on the binary, one on the twin: the host changes no order of events. */
const asked = hosts.map(({ host, kernels }) => ({
  host,
  kernels,
  networks: host === "binary" ? Object.entries(networks) : [["relu", networks.relu!] satisfies [string, PlainNetwork]],
}));

describe.each(asked)(
  "every field of every record point on the $host equals plain arithmetic on the weights of its own step",
  ({ kernels, networks }) => {
    describe.each(networks)("%s", (_, network) => {
      test.each(optimizersOf(network))("$name", ({ name, optimizer, next: [nextName, next] }) => {
        for (const mode of Object.values(modes(next))) {
          const names = mode.phases ? [name, nextName] : [name];
          check(caseOf(network, optimizer, mode, kernels), !names.some((one) => movesOtherwise.has(one)));
        }
      });
    });

    test("late, where the own soft margin falls: the linear model in too long a step", () => {
      const late: Mode = { loss: "exponential", init: Float64Array.of(6, 1, 0.5, -1, 1) };
      const { problem, ...rest } = caseOf(linearModel, everyOptimizer.signum!, late, kernels);
      const training = check({ ...rest, problem, options: { ...rest.options, step: constant({ size: 0.9 }) } }, true);
      expect(training.point().logRisk).toBeLessThan(-5);
      expect(training.point().worstSoftMarginDrop).toBeGreaterThan(0.01);
    });

    test("scored on the training data, the test accuracy is the training accuracy", () => {
      const { options } = caseOf(networks.at(-1)![1], everyOptimizer.signum!, { loss: "exponential" }, kernels);
      const accuracies = [...drive(new Training({ ...options, testData: data }, { kernels }), { perDecade: 8 }, { kernels })].flatMap(
        (event) => (event.kind === "point" ? [[event.point.trainAccuracy, event.point.testAccuracy]] : []),
      );
      expect(new Set(accuracies.map(([train]) => train)).size).toBeGreaterThan(1);
      for (const [train, tested] of accuracies) expect(tested).toBe(train);
    });
  },
);
