import { describe, expect, test } from "vitest";
import {
  constant,
  type FreshBatches,
  type LabelledData,
  linear,
  losses,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
  trainingBytes,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { batchBase, teacherStudentData } from "../support/teacherStudent.js";

/** Samples of step t: the first `count` of the teacher of seed t + 1; the first two are given both labels, without which they would be no data of their own. */
const fresh = (count: number): FreshBatches => ({
  fresh: count,
  samples: (step) => {
    const { inputs, labels, inputDim } = teacherStudentData(step + 1);
    return { inputs: inputs.slice(0, count * inputDim), labels: [1, -1, ...Array.from(labels).slice(2, count)], inputDim };
  },
});

const start = (change: Partial<TrainOptions>, host = hosts[1]!) => new Training({ ...batchBase, ...change } as TrainOptions, host);

/** θ after some steps. */
function after(steps: number, training: Training): Float64Array {
  for (let t = 0; t < steps; t++) training.advance();
  return training.parameters();
}

describe.each(hosts)("on the $host", (host) => {
  test("a step sees its own samples only: it is the full-batch step on them", () => {
    const batch = fresh(7);
    let theta = start({}, host).parameters();
    const training = start({ batch }, host);
    for (let t = 0; t < 9; t++) {
      const data = batch.samples(t) as LabelledData;
      theta = after(1, start({ data, init: theta }, host));
      training.advance();
      expect(training.parameters()).toEqual(theta);
    }
  });
});

test("margins and risk are those of the data, which no step sees", () => {
  const training = start({ batch: fresh(7) });
  after(20, training);
  const looked = start({ init: training.parameters() });
  const [point, expected] = [training.point(), looked.point()];
  expect([point.logRisk, point.minMargin, point.margin, point.alignment]).toEqual([
    expected.logRisk,
    expected.minMargin,
    expected.margin,
    expected.alignment,
  ]);
  expect(training.scores()).toEqual(looked.scores());
});

test("looking changes nothing", () => {
  const [quiet, watched] = [start({ batch: fresh(4) }), start({ batch: fresh(4) })];
  for (let t = 0; t < 30; t++) {
    quiet.advance();
    watched.advance();
    watched.inspect();
    watched.point();
  }
  expect(watched.parameters()).toEqual(quiet.parameters());
});

test("the data is looked at as often as so many samples have been seen: its log risk ends the run there", () => {
  const all = start({ batch: fresh(10) });
  const looks: number[] = [];
  for (let t = 1; t <= 40; t++) {
    all.advance();
    if (t % 5 === 0)
      looks.push(all.logRisk); // 50 samples of the data, 10 per step
    else expect(all.logRisk).toBe(looks.at(-1) ?? start({}).logRisk);
  }
  const lowest = Math.min(...looks);
  const training = start({ batch: fresh(10), stop: { logRiskBelow: lowest + 1e-9 } });
  after(50, training);
  expect(training.outcome).toEqual({ kind: "finished", step: 5 * (looks.indexOf(lowest) + 1), reason: "logRiskBelow" });
});

test("a batch may be larger than the data, and use columns that are zero in all of it", () => {
  const data: LabelledData = { inputs: Float64Array.of(1, 0, -1, 0), labels: [1, -1], inputDim: 2 };
  const samples = (): LabelledData => ({ inputs: Float64Array.of(0, 1, 0, 2, 0, -1), labels: [1, 1, -1], inputDim: 2 });
  const options: TrainOptions = {
    network: linear({ inputDim: 2 }),
    data,
    loss: losses.exponential,
    optimizer: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
    step: constant({ size: 0.5 }),
    init: { law: "normalFanIn", scale: 0 },
    seed: 0,
    batch: { fresh: 3, samples },
  };
  const training = new Training(options, hosts[1]!);
  expect(after(2, training)).toEqual(Float64Array.of(0, 1));
});

test("several classes", () => {
  const classes = 3;
  const data = (step: number): LabelledData => ({
    inputs: Float64Array.from({ length: 12 }, (_, k) => Math.fround(((k * 7 + step * 5) % 11) - 5)),
    labels: [0, 1, 2, ((step % 3) + 3) % 3],
    inputDim: 3,
    classes,
  });
  const options = { network: linear({ inputDim: 3, outputs: 3 }), data: data(-1), init: { law: "normalFanIn", scale: 0.5 } } as const;
  const training = start({ ...options, batch: { fresh: 4, samples: data } });
  let theta = training.parameters();
  for (let t = 0; t < 6; t++) {
    training.advance();
    theta = after(1, start({ ...options, data: data(t), init: theta }));
    expect(training.parameters()).toEqual(theta);
  }
});

describe("looks at the data", () => {
  /** Steps after which the log risk is another one. */
  const looks = (batch: FreshBatches, steps: number): number[] => {
    const training = start({ batch });
    return Array.from({ length: steps }, (_, t) => t + 1).filter(() => {
      const before = training.logRisk;
      training.advance();
      return training.logRisk !== before;
    });
  };
  test("as often as so many samples were seen, or after every lookEvery steps", () => {
    expect(looks(fresh(25), 6)).toEqual([2, 4, 6]);
    expect(looks({ ...fresh(25), lookEvery: 3 }, 8)).toEqual([3, 6]);
    expect(looks({ ...fresh(25), lookEvery: 9 }, 8)).toEqual([]);
  });
  test("without an effect on the steps, and a point is of the θ where it is asked for", () => {
    const [often, never] = [start({ batch: fresh(25) }), start({ batch: { ...fresh(25), lookEvery: 99 } })];
    expect(after(8, never)).toEqual(after(8, often));
    const { logRisk, minMargin, trainAccuracy } = often.point();
    expect(never.point()).toMatchObject({ logRisk, minMargin, trainAccuracy });
  });
});

describe("is refused", () => {
  const one = (change: Partial<LabelledData>): FreshBatches => ({
    fresh: 7,
    samples: (step) => ({ ...(fresh(7).samples(step) as LabelledData), ...change }),
  });
  test.each<[string, unknown, string]>([
    ["no number", { fresh: 0, samples: () => teacherStudentData(1) }, "batch.fresh: must be an integer >= 1, got 0"],
    ["no function", { fresh: 3 }, "batch.samples: must be a function, got undefined"],
    ["no steps between looks", { ...fresh(3), lookEvery: 0 }, "batch.lookEvery: must be an integer >= 1, got 0"],
    ["an order", { ...fresh(3), order: "cyclic" }, 'batch: unknown option "order"'],
    [
      "another number of samples",
      { fresh: 7, samples: () => teacherStudentData(1) },
      "batch.samples(0): holds 50 samples, expected batch.fresh = 7",
    ],
    [
      "other columns",
      one({ inputs: new Float64Array(14).fill(1), inputDim: 2 }),
      "batch.samples(0).inputDim: must be 10 as in data, got 2",
    ],
    [
      "several classes",
      one({ classes: 3, labels: [0, 1, 2, 0, 1, 2, 0] }),
      "batch.samples(0): has labels of 3 classes, expected labels -1 and +1 as data",
    ],
    ["an input that is no number", one({ inputs: new Float64Array(70).fill(Number.NaN) }), "batch.samples(0): input 0 of sample 0 is NaN"],
  ])("%s", (_, batch, message) => {
    expect(() => start({ batch: batch as FreshBatches })).toThrow(message);
  });
});

test("trainingBytes knows the memory of fresh samples from their number", () => {
  const { network, optimizer } = batchBase;
  const samples = { sampleCount: 50, inputDim: 10, usedColumns: 10, nonzeroCount: 500 };
  const bytes = (count: number) => trainingBytes({ network, optimizer, batch: { fresh: count } }, samples);
  expect(bytes(200)).toBeGreaterThan(bytes(100));
  expect(bytes(20)).toBe(trainingBytes({ network, optimizer, batch: { size: 20, order: "withReplacement" } }, samples));
});
