import { describe, expect, test } from "vitest";
import {
  backtracking,
  constant,
  DataError,
  DefinitionError,
  DimensionError,
  EndedTraining,
  isSteepestError,
  linear,
  losses,
  marginPaced,
  mlp,
  type SupervisedData,
  type TargetData,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { type Refusal, testRefusals, untyped } from "../support/refusal.js";
import { threeClasses } from "../support/severalClasses.js";

const host = hosts[0]!;
const start = (options: TrainOptions): Training => new Training(options, host);
const inThree = (change: Partial<TrainOptions>): Training => start({ ...threeClasses, ...change });
const ofThree = (change: object): SupervisedData => untyped({ ...threeClasses.data, ...change });

const regression: TargetData = { inputs: Float64Array.of(1, 0, 0, 1), inputDim: 2, targets: Float64Array.of(1, 2, 3, 4), outputs: 2 };
const regressed: TrainOptions = {
  ...linearByHand,
  network: linear({ inputDim: 2, outputs: 2 }),
  data: regression,
  loss: losses.squared,
  init: Float64Array.of(1, 0, 0, 1),
};
const onTargets = (change: Partial<TrainOptions>): Training => start({ ...regressed, ...change });
const ofTargets = (change: object): SupervisedData => untyped({ ...regression, ...change });

const refusals: Refusal[] = [
  [
    "several classes, one score",
    () => inThree({ network: mlp({ widths: [4, 6, 1], activation: "relu" }) }),
    DefinitionError,
    "network: gives 1 score per sample, expected 3 for labels of 3 classes",
    "network",
  ],
  [
    "labels -1 and +1, several scores",
    () => start({ ...linearByHand, network: linear({ inputDim: 2, outputs: 2 }), init: new Float64Array(4) }),
    DefinitionError,
    "network: gives 2 scores per sample, expected 1 for labels -1 and +1",
    "network",
  ],
  [
    "another number of classes",
    () => inThree({ data: ofThree({ classes: 4 }) }),
    DefinitionError,
    "network: gives 3 scores per sample, expected 4 for labels of 4 classes",
    "network",
  ],
  [
    "a label out of range",
    () => inThree({ data: ofThree({ labels: [0, 1, 3, 0, 1, 2, 0, 1, 2, 0, 1, 2] }) }),
    DataError,
    "data: label of sample 2 must be an integer from 0 to 2, got 3",
    "data.labels",
  ],
  [
    "labels -1 and +1 with classes",
    () => start({ ...linearByHand, data: { ...linearByHand.data, classes: 2 } }),
    DataError,
    "data: label of sample 1 must be an integer from 0 to 1, got -1",
    "data.labels",
  ],
  [
    "one class",
    () => inThree({ data: ofThree({ classes: 1 }) }),
    DefinitionError,
    "data.classes: must be an integer >= 2, got 1",
    "data.classes",
  ],
  [
    "test data of two classes",
    () => inThree({ testData: { inputs: new Float64Array(4), inputDim: 4, labels: [1] } }),
    DataError,
    "testData: has labels -1 and +1, expected labels of 3 classes as data",
    "testData",
  ],
  [
    "test data of targets",
    () => start({ ...linearByHand, testData: { inputs: new Float64Array(2), inputDim: 2, targets: Float64Array.of(1), outputs: 1 } }),
    DataError,
    "testData: has one target per sample, expected labels -1 and +1 as data",
    "testData",
  ],
  [
    "a loss of margins on targets",
    () => onTargets({ loss: losses.logistic }),
    DefinitionError,
    "loss: logistic is a loss of margins, which data with 2 targets per sample does not have",
    "loss",
  ],
  [
    "other targets than scores",
    () => onTargets({ network: linear({ inputDim: 2, outputs: 3 }), init: new Float64Array(6) }),
    DefinitionError,
    "network: gives 3 scores per sample, expected 2 for 2 targets per sample",
    "network",
  ],
  [
    "a target too few",
    () => onTargets({ data: ofTargets({ targets: new Float64Array(3) }) }),
    DimensionError,
    "data: targets has length 3, expected a multiple of 2",
    "data.targets",
  ],
  [
    "targets of another number of samples",
    () => onTargets({ data: ofTargets({ targets: new Float64Array(6) }) }),
    DimensionError,
    "data: inputs has length 4, expected 3 samples x 2",
    "data.inputs",
  ],
  [
    "a target that is not finite",
    () => onTargets({ data: ofTargets({ targets: Float64Array.of(1, 2, 3, Infinity) }) }),
    DataError,
    "data: target 1 of sample 1 is Infinity",
    "data.targets",
  ],
  [
    "targets as a list",
    () => onTargets({ data: ofTargets({ targets: [1, 2, 3, 4] }) }),
    DefinitionError,
    "data.targets: must be a Float64Array",
    "data.targets",
  ],
  [
    "no outputs",
    () => onTargets({ data: ofTargets({ outputs: 0 }) }),
    DefinitionError,
    "data.outputs: must be an integer >= 1, got 0",
    "data.outputs",
  ],
  [
    "targets and labels",
    () => onTargets({ data: ofTargets({ labels: [1, -1] }) }),
    DefinitionError,
    'data: unknown option "labels", expected one of inputs, targets, inputDim, outputs',
    "data.labels",
  ],
  [
    "neither labels nor targets",
    () => onTargets({ data: untyped({ inputs: regression.inputs, inputDim: 2 }) }),
    DefinitionError,
    "data.labels: must be a list of labels",
    "data.labels",
  ],
  [
    "margin-paced steps of the squared loss",
    () => onTargets({ step: marginPaced({ c: 1 }) }),
    DefinitionError,
    "step.rule: marginPaced paces steps by margins, which the loss squared does not have",
    "step.rule",
  ],
  [
    "backtracking in a later phase of the squared loss",
    () => onTargets({ phases: [{ when: { step: 3 }, step: backtracking({ relativeSize: 0.1, tolerance: 0 }) }] }),
    DefinitionError,
    "phases[0].step.rule: backtracking paces steps by margins, which the loss squared does not have",
    "phases[0].step.rule",
  ],
  [
    "separation under the squared loss",
    () => start({ ...linearByHand, loss: losses.squared, phases: [{ when: "separation", step: constant({ size: 1 }) }] }),
    DefinitionError,
    "phases[0].when: separation never comes with the loss squared",
    "phases[0].when",
  ],
  [
    "perfect accuracy on targets",
    () => onTargets({ phases: [{ when: "perfectAccuracy", step: constant({ size: 1 }) }] }),
    DefinitionError,
    "phases[0].when: perfectAccuracy never comes with the loss squared",
    "phases[0].when",
  ],
  [
    "the soft margin of the squared loss watched",
    () => onTargets({ watchSoftMargin: true }),
    DefinitionError,
    "watchSoftMargin: the loss squared has no soft margin",
    "watchSoftMargin",
  ],
  [
    "a KKT residual of the squared loss",
    () => onTargets({}).kktResidual("l2"),
    DefinitionError,
    "kktResidual: a run of the loss squared gives no multipliers of margins",
    "kktResidual",
  ],
  [
    "a KKT residual of a run of the squared loss that has ended",
    () => {
      const options = { ...regressed, stop: { steps: 0 } };
      return new EndedTraining(start(options), options, host).kktResidual("l2");
    },
    DefinitionError,
    "kktResidual: a run of the loss squared gives no multipliers of margins",
    "kktResidual",
  ],
  [
    "a loss that sees something else",
    () => start({ ...linearByHand, loss: untyped({ ...losses.squared, sees: "scores" }) }),
    DefinitionError,
    "loss.sees: must be",
    "loss.sees",
  ],
];

describe("network, data and loss that do not fit are refused where the run is made", () => {
  testRefusals(refusals);

  test("every refusal of a fit says what to do", () => {
    for (const [what, build, kind] of refusals) {
      if (kind !== DefinitionError || /sees|outputs|one class|list|Float64/.test(what) || what.startsWith("targets and")) continue;
      let hint: string | undefined;
      try {
        build();
      } catch (error) {
        if (isSteepestError(error)) hint = (error as { hint?: string }).hint;
      }
      expect(hint, what).toMatch(/\w/);
    }
  });

  test("a network of others that does not say how many scores it gives gives one", () => {
    const { outputs, ...foreign } = linearByHand.network;
    expect(outputs).toBe(1);
    const training = start({ ...linearByHand, network: untyped(foreign) });
    training.advance();
    expect(training.logRisk).toBeLessThan(start(linearByHand).logRisk);
  });
});
