import { describe } from "vitest";
import {
  backtracking,
  constant,
  DefinitionError,
  lineSearch,
  lossBased,
  marginPaced,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
  warmUp,
} from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { type Refusal, testRefusals, untyped } from "../support/refusal.js";

const start = (change: Partial<TrainOptions>) => new Training({ ...linearByHand, ...change }, hosts[1]!);
const unnormalised = steepestDescent({ norm: norms.l2, normalized: false });

const refusals: readonly Refusal[] = [
  [
    "unknown gradients of a margin-paced step",
    () => marginPaced({ c: 0.1, gradients: untyped("most") }),
    DefinitionError,
    'step.gradients: must be one of exact, bound, got "most"',
    "step.gradients",
  ],
  ["rollback left out", () => lossBased(untyped({ size: 1 })), DefinitionError, "step.rollback: must be true or false", "step.rollback"],
  [
    "backtracking from 0",
    () => backtracking({ relativeSize: 0, tolerance: 0 }),
    DefinitionError,
    "step.relativeSize: must be finite and > 0, got 0",
    "step.relativeSize",
  ],
  [
    "a negative tolerance",
    () => backtracking({ relativeSize: 0.02, tolerance: -1e-9 }),
    DefinitionError,
    "step.tolerance: must be finite and >= 0",
    "step.tolerance",
  ],
  [
    "a line search for the whole slope",
    () => lineSearch({ size: 1, sufficientDecrease: 1 }),
    DefinitionError,
    "step.sufficientDecrease: must be in (0, 1), got 1",
    "step.sufficientDecrease",
  ],
  [
    "a warm-up of no step",
    () => warmUp({ size: 1, steps: 0 }),
    DefinitionError,
    "step.steps: must be an integer >= 1, got 0",
    "step.steps",
  ],
  [
    "backtracking and unnormalised",
    () => start({ optimizer: unnormalised, step: backtracking({ relativeSize: 0.02, tolerance: 0 }) }),
    DefinitionError,
    "step.rule: backtracking is for a normalised optimiser",
    "step.rule",
  ],
  [
    "smoothing of l2",
    () => steepestDescent({ norm: norms.l2, normalized: true, smoothing: "alignment" }),
    DefinitionError,
    "the norm l2 has no smoothed direction, expected l1 or linf",
    "smoothing",
  ],

  [
    "an empty phase",
    () => start({ phases: [{ when: "separation" }] }),
    DefinitionError,
    "phases[0]: must hold an optimizer or a step",
    "phases[0]",
  ],
  [
    "a phase at an unknown moment",
    () => start({ phases: [{ when: untyped("convergence"), step: constant({ size: 1 }) }] }),
    DefinitionError,
    'phases[0].when: must be "perfectAccuracy", "separation", { logRiskBelow } or { step }',
    "phases[0].when",
  ],
  [
    "a phase at step -1",
    () => start({ phases: [{ when: { step: -1 }, step: constant({ size: 1 }) }] }),
    DefinitionError,
    "phases[0].when.step: must be an integer >= 0, got -1",
    "phases[0].when.step",
  ],
  [
    "a phase below NaN",
    () => start({ phases: [{ when: { logRiskBelow: Number.NaN }, step: constant({ size: 1 }) }] }),
    DefinitionError,
    "phases[0].when: must be",
    "phases[0].when",
  ],
  [
    "a phase at two moments",
    () => start({ phases: [{ when: { step: 3, logRiskBelow: -1 }, step: constant({ size: 1 }) }] }),
    DefinitionError,
    "phases[0].when: must be",
    "phases[0].when",
  ],
  [
    "a rule that does not fit the optimiser of a later phase",
    () =>
      start({
        step: marginPaced({ c: 1 }),
        phases: [
          { when: { step: 1 }, step: constant({ size: 1 }) },
          { when: { step: 2 }, optimizer: unnormalised },
          { when: { step: 3 }, step: marginPaced({ c: 1 }) },
        ],
      }),
    DefinitionError,
    "phases[2].step.rule: marginPaced is for a normalised optimiser, got steepest, whose steps scale with the gradient",
    "phases[2].step.rule",
  ],
];

describe("step rules and phases without a meaning are refused where they are built", () => {
  testRefusals(refusals);
});
