import { describe, expect, test } from "vitest";
import {
  constant,
  drive,
  type LabelledData,
  linear,
  losses,
  maxOf,
  mlp,
  type Network,
  norms,
  recordPoints,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { optimizersInFrame } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

type Host = (typeof hosts)[number];

/** Every number of a list that a caller may change. */
function overwrite(list: ArrayLike<number> | undefined): void {
  const numbers = list as number[];
  for (let i = 0; i < (list?.length ?? 0); i++) numbers[i] = -7 * numbers[i]! + i;
}

function overwriteData(data: LabelledData | undefined): void {
  overwrite(data?.inputs);
  overwrite(data?.labels);
}

/** Events and result of a run of six steps; `spoil` gets every array that its caller gave. */
function told(make: () => TrainOptions, host: Host, spoil: (options: TrainOptions) => void): unknown {
  const options = make();
  const training = new Training(options, host);
  const schedule = { perDecade: 8, at: [4, 5] };
  const events = drive(training, schedule, host, 1);
  const all: unknown[] = [];
  for (;;) {
    const next = events.next();
    if (next.done) return { all, outcome: next.value, theta: training.parameters(), scores: training.scores() };
    all.push(next.value);
    spoil(options);
    overwrite(schedule.at);
  }
}

const { dense, sparse, idle } = {
  dense: () => samples({ seed: 3, sampleCount: 10, inputDim: 4 }),
  sparse: () => samples({ seed: 3, sampleCount: 10, inputDim: 4, density: 0.3 }),
  /** One column is zero in every sample, so that training leaves it out. */
  idle: () => {
    const data = samples({ seed: 3, sampleCount: 10, inputDim: 4 });
    data.inputs.forEach((_, i) => {
      if (i % 4 === 1) data.inputs[i] = 0;
    });
    return data;
  },
};
/** Labels in a list that can be overwritten. */
const owned = (data: LabelledData): LabelledData => ({ ...data, labels: Array.from(data.labels) });

describe.each(hosts)("what a caller does to its arrays changes no run, on the $host", (host) => {
  const networks: Readonly<Record<string, () => Network>> = {
    linear: () => linear({ inputDim: 4 }),
    relu: () => mlp({ widths: [4, 3, 1], activation: "relu" }),
    "relu, first layer frozen": () => mlp({ widths: [4, 3, 1], activation: "relu", frozenLayers: [0] }),
    "squared relu, 3 layers": () => mlp({ widths: [4, 3, 2, 1], activation: { reluPower: 2 } }),
  };
  const batches = {
    "whole data": undefined,
    "cyclic batches": { size: 4, order: "cyclic" },
    "shuffled batches": { size: 3, order: "shuffled" },
    "variance-reduced gradients": { size: 3, order: "shuffled", varianceReduced: { every: 2 } },
  } as const;
  const kinds = { dense, sparse, idle };
  const optionsOf = (network: Network, data: LabelledData, change: Partial<TrainOptions>): TrainOptions => ({
    network,
    data: owned(data),
    testData: owned(samples({ seed: 8, sampleCount: 7, inputDim: 4 })),
    loss: losses.logistic,
    optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
    step: constant({ size: 0.05 }),
    init: Float64Array.from({ length: network.layout.totalCount }, (_, i) => (((i * 7) % 11) - 3) / 8),
    seed: 1,
    stop: { steps: 6 },
    ...change,
  });
  const same = (make: () => TrainOptions): void => {
    const expected = told(make, host, () => {});
    const found = told(make, host, (options) => {
      overwriteData(options.data as LabelledData);
      overwriteData(options.testData as LabelledData | undefined);
      overwrite(options.init as Float64Array);
      if (options.stop) (options.stop as { steps: number }).steps = 2;
      if (options.batch) (options.batch as { size: number }).size = 1;
      (options.track as unknown[] | undefined)?.splice(0);
      for (const phase of options.phases ?? []) (phase as { when: unknown }).when = { step: 1 };
    });
    expect(found).toEqual(expected);
  };

  const cases = Object.keys(networks).flatMap((name) =>
    Object.keys(kinds).flatMap((kind) => Object.keys(batches).map((batch) => [name, kind, batch] as const)),
  );
  test.each(cases)("%s, %s inputs, %s", (name, kind, batch) => {
    same(() => {
      const data = kinds[kind as keyof typeof kinds]();
      const rule = batches[batch as keyof typeof batches];
      return optionsOf(networks[name]!(), data, { ...(rule && { batch: { ...rule } }), watchSoftMargin: true });
    });
  });

  test.each(Object.keys(optimizersInFrame(0)))("%s, in batches", (id) => {
    same(() => {
      const optimizer = optimizersInFrame(0)[id]!;
      return optionsOf(mlp({ widths: [4, 3, 1], activation: "relu" }), dense(), { optimizer, batch: { size: 4, order: "shuffled" } });
    });
  });

  test("phases, and the norms that are tracked", () => {
    same(() =>
      optionsOf(mlp({ widths: [4, 3, 1], activation: "relu" }), dense(), {
        phases: [{ when: { step: 3 }, optimizer: steepestDescent({ norm: norms.linf, normalized: true }) }],
        track: [norms.l1, norms.spectral],
      }),
    );
  });

  test("lists that make a network or a norm", () => {
    const widths = [4, 3, 1];
    const frozenLayers = [1];
    const network = mlp({ widths, activation: "relu", frozenLayers });
    const [parts, weights] = [
      [norms.l2, norms.linf],
      [1, 2],
    ];
    const norm = maxOf(parts, weights);
    const told6 = (): unknown =>
      told(
        () => optionsOf(network, idle(), { optimizer: steepestDescent({ norm: norms.linf, normalized: true }) }),
        host,
        () => {},
      );
    const [before, id] = [told6(), norm.dual.id];
    overwrite(widths);
    overwrite(weights);
    frozenLayers.pop();
    parts.reverse();
    expect(told6()).toEqual(before);
    expect([norm.id, norm.dual.id]).toEqual(["max(1*l2,2*linf)", id]);
    const plain = mlp({ widths: [4, 3, 2, 1], activation: "relu" });
    const steps = (of: typeof norm): unknown =>
      told(
        () =>
          optionsOf(mlp({ widths: [4, 3, 1], activation: "relu" }), dense(), {
            optimizer: steepestDescent({ norm: of, normalized: true }),
          }),
        host,
        () => {},
      );
    expect(steps(norm)).toEqual(steps(maxOf([norms.l2, norms.linf], [1, 2])));
    expect(plain.withInputDim!(3).layout.totalCount).toBe(3 * 3 + 3 * 2 + 2);
  });

  test("a schedule of record points", () => {
    const schedule = { perDecade: 1, at: [7] };
    const points = recordPoints(host.kernels(0), schedule);
    schedule.perDecade = 50;
    schedule.at[0] = 8;
    expect(Array.from({ length: 11 }, (_, step) => step).filter((step) => points.isDue(step))).toEqual([0, 1, 7, 10]);
  });
});
