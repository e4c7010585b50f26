import { describe, expect, test } from "vitest";
import {
  constant,
  drive,
  type LabelledData,
  losses,
  type Measurement,
  marginPaced,
  mlp,
  type Norm,
  norms,
  type Optimizer,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../../src/index.js";
import { everyOptimizer } from "../../support/everyOptimizer.js";
import { hosts } from "../../support/hosts.js";
import { type PlainRun, type PlainStep, plainMeasured, plainState } from "../../support/plainMeasured.js";
import type { PlainNetwork } from "../../support/plainNetwork.js";
import { samples } from "../../support/samples.js";
import { mixture } from "../../support/severalClasses.js";

const everything: readonly Measurement[] = [
  "alignment",
  "kkt",
  "averageMultipliers",
  "effectiveSupport",
  "sandwich",
  "softMarginGrowth",
  "update",
  "direction",
  "pathLength",
  "gradient",
  "speed",
  "frankWolfeGap",
];

/** The third column is zero, so that the weights are stored in another order than the network's where nobody looks at positions. */
const inputDim = 5;
const binary: LabelledData = (() => {
  const drawn = samples({ seed: 5, sampleCount: 8, inputDim });
  const inputs = drawn.inputs.map((x, i) =>
    i % inputDim === 2 ? 0 : i % inputDim === 0 ? x + 3 * drawn.labels[Math.floor(i / inputDim)]! : x,
  );
  return { ...drawn, inputs };
})();
const classes = mixture({ seed: 3, classes: 3, perClass: 3, inputDim, spread: 0.3 });

const steps = 6;

interface Kind {
  readonly track: readonly Norm[];
  readonly network: PlainNetwork;
  readonly loss: PlainRun["loss"];
  readonly data: LabelledData;
  readonly batch?: TrainOptions["batch"];
  /** true: another optimiser takes over after three steps. */
  readonly hasPhases?: boolean;
}

const few = [norms.l2, norms.linf, norms.spectral];
const kinds: Readonly<Record<string, Kind>> = {
  "exponential, squared relu": {
    network: { widths: [inputDim, 4, 1], activation: { reluPower: 2 } },
    loss: "exponential",
    data: binary,
    track: few,
  },
  "logistic, phases": {
    network: { widths: [inputDim, 4, 1], activation: "relu" },
    loss: "logistic",
    data: binary,
    track: few,
    hasPhases: true,
  },
  "three classes, exponential": {
    network: { widths: [inputDim, 4, 3], activation: "relu" },
    loss: "exponential",
    data: classes,
    track: few,
  },
  "three classes, cross-entropy": {
    track: few,
    network: { widths: [inputDim, 4, 3], activation: { leakyRelu: 0.2 } },
    loss: "logistic",
    data: classes,
  },
  "mini-batches": {
    track: few,
    network: { widths: [inputDim, 4, 1], activation: "relu" },
    loss: "logistic",
    data: binary,
    batch: { size: 3, order: "cyclic" },
  },
};

const stepOf = ({ lengthUnit }: Optimizer, size: number): StepRule => constant({ size: lengthUnit === "unit" ? size : 20 * size });

/** Others make steps in proportion to the gradient, too long ones where the risk is large. */
const steady = ({ lengthUnit }: Optimizer): boolean => lengthUnit === "unit";

/** Weights from which all runs of a kind start: random ones, and trained ones with a log risk below -6, where the theorem holds. */
function startsOf({ network, loss, data }: Kind): readonly NonNullable<TrainOptions["init"]>[] {
  const training = new Training(
    {
      network: mlp(network),
      data,
      loss: losses[loss],
      optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
      step: marginPaced({ c: 0.25 }),
      init: { law: "normalFanIn", scale: 1 },
      seed: 4,
      stop: { logRiskBelow: -6 },
    },
    { kernels: hosts[0]!.kernels },
  );
  while (!training.outcome) training.advance();
  return [{ law: "normalFanIn", scale: 0.5 }, training.parameters()];
}

/** Measured numbers of every record point, all steps being one, next to those of plain arithmetic on the weights of the steps. */
function comparisons(
  { track, network, loss, data, batch, hasPhases }: Kind,
  optimizers: readonly [Optimizer, Optimizer],
  init: TrainOptions["init"],
  size: number,
  kernels: PlainRun["kernels"],
) {
  const [optimizer, next] = optimizers;
  const built = mlp(network);
  const options: TrainOptions = {
    network: built,
    data,
    loss: losses[loss],
    optimizer,
    step: stepOf(optimizer, size),
    init,
    seed: 4,
    stop: { steps },
    measure: everything,
    track,
    ...(batch && { batch }),
    ...(hasPhases && { phases: [{ when: { step: 3 }, optimizer: next, step: stepOf(next, size) }] }),
  };
  const run: PlainRun = { network, degree: built.degree, loss, data, kernels };
  const training = new Training(options, { kernels });
  const seen: PlainStep[] = [];
  const n = data.labels.length;
  const found: { readonly step: number; readonly measured: Readonly<Record<string, number>>; readonly plain: Record<string, number> }[] =
    [];
  for (const event of drive(training, { perDecade: 1, at: [...Array(steps).keys()] }, { kernels })) {
    if (event.kind !== "point") continue;
    const { step, measured } = event.point;
    const weights = training.parameters();
    const state = plainState(run, weights);
    const perEpoch = Math.ceil(n / 3);
    const rows = batch && [0, 1, 2].map((i) => 3 * (step % perEpoch) + i).filter((i) => i < n);
    const used = hasPhases && step > 3 ? next : optimizer;
    seen.push({ state, seen: rows ? plainState(run, weights, rows).ghat : state.ghat, optimizer: used });
    const tracked = [...new Map([...track, optimizer.ownNorm, ...(hasPhases ? [next.ownNorm] : [])].map((one) => [one.id, one])).values()];
    found.push({ step, measured, plain: plainMeasured(run, seen, tracked, batch === undefined) });
    expect(training.point().measured, "asked a second time").toEqual(measured);
  }
  expect(found).toHaveLength(steps + 1);
  return found;
}

/** Both sides add up the same terms in other orders; gradients are sums over samples that may cancel. */
const tolerance = 1e-9;

const asked = hosts.flatMap(({ host, kernels }) =>
  Object.entries(kinds)
    .filter(([name]) => host === "binary" || name === "logistic, phases")
    .map(([name, kind]) => ({ host, kernels, name, kind })),
);

describe.each(asked)("$name on the $host", ({ kind, kernels }) => {
  const starts = startsOf(kind);
  const list = Object.entries(everyOptimizer);
  const finite = new Set<string>();
  test.each(list.map(([name, optimizer], i) => [name, optimizer, list[(i + 1) % list.length]![1], i] as const))(
    "every measured number along %s equals plain arithmetic on the weights",
    (_, optimizer, next, i) => {
      const fromFarAway = i % 3 === 0 && steady(optimizer) && (!kind.hasPhases || steady(next));
      for (const init of fromFarAway ? starts : starts.slice(1)) {
        for (const { step, measured, plain } of comparisons(kind, [optimizer, next], init, 0.01, kernels)) {
          expect(Object.keys(measured).sort(), `step ${step}`).toEqual(Object.keys(plain).sort());
          for (const [name, expected] of Object.entries(plain)) {
            const actual = measured[name]!;
            if (Number.isNaN(expected)) expect(actual, `${name} at step ${step}`).toBeNaN();
            else {
              finite.add(name);
              const text = `${name} at step ${step}: ${actual}, expected ${expected}`;
              expect(Math.abs(actual - expected), text).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
            }
          }
        }
      }
    },
    30_000,
  );
  test("and every one of them had a value somewhere", () => {
    const first = everyOptimizer["steepest l2"]!;
    const names = Object.keys(comparisons(kind, [first, first], starts[1]!, 0.01, kernels)[0]!.measured);
    expect(names.length).toBe(12 + 10 * few.length);
    const never = kind.batch ? names.filter((name) => /^softMarginGrowth|^kkt\.average/.test(name)) : [];
    expect(names.filter((name) => !finite.has(name))).toEqual(never);
  });
});
