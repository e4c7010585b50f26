import { describe, expect, test } from "vitest";
import { adam, constant, drive, EndedTraining, type LabelledData, lp, mlp, norms, Training, type TrainOptions } from "../../src/index.js";
import type { LabelledOptions } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { signBase } from "../support/teacherStudent.js";

const finished: LabelledOptions = {
  ...signBase,
  stop: { steps: 60 },
  track: [...Object.values(norms), lp(3)],
};

function withZeroColumn({ inputs, inputDim, labels }: LabelledData): LabelledData {
  const wider = new Float64Array((inputs.length / inputDim) * (inputDim + 1));
  inputs.forEach((x, i) => {
    wider[i + Math.floor(i / inputDim)] = x;
  });
  return { inputs: wider, inputDim: inputDim + 1, labels };
}

const cases: Readonly<Record<string, TrainOptions>> = {
  "that finished": finished,
  "in mini-batches, within an epoch": {
    ...finished,
    optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
    step: constant({ size: 0.01 }),
    batch: { size: 4, order: "shuffled" },
    stop: { steps: 41 },
  },
  "that diverged": { ...finished, step: constant({ size: 1e200 }) },
  "with a frozen layer and an input that is always zero": {
    ...finished,
    network: mlp({ widths: [11, 5, 4, 1], activation: "relu", frozenLayers: [0] }),
    data: withZeroColumn(finished.data),
    testData: withZeroColumn(finished.testData!),
  },
};

const endOf = (options: TrainOptions, host: (typeof hosts)[number]): Training => {
  const training = new Training(options, host);
  for (const _ of drive(training, { perDecade: 1 }, host));
  return training;
};

describe.each(hosts)("an ended training on the $host", (host) => {
  test.each(Object.keys(cases))("%s answers as the training itself", (name) => {
    const options = cases[name]!;
    const training = endOf(options, host);
    const ended = new EndedTraining(training, options, host);
    expect(ended.outcome).toEqual(training.outcome);
    expect(ended.outcome).toBeDefined();
    expect(ended.parameters()).toEqual(training.parameters());
    for (const norm of options.track!) expect(ended.kktResidual(norm)).toEqual(training.kktResidual(norm));
    expect([...drive(ended, { perDecade: 3 }, host)]).toEqual([...drive(training, { perDecade: 3 }, host)]);
  });

  test("refuses a norm that was not tracked, as the training does", () => {
    const options = { ...finished, track: [norms.l2] };
    const training = endOf(options, host);
    for (const asked of [training, new EndedTraining(training, options, host)]) {
      expect(() => asked.kktResidual(norms.l1)).toThrow("kktResidual: the norm l1 is not tracked");
    }
  });
});
