import { DefinitionError, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { datasets, optimizers, parseDefinition, stepRules } from "../../src/index.js";
import { changed, tiny } from "../support/tiny.js";

/** [path, value, message after its path, path where it differs, hint] */
type Refused = readonly [at: string, value: unknown, message: string, hint?: string | undefined, path?: string];

const mnist = (digits: unknown): unknown => ({ kind: "mnistPair", digits, trainSize: 100 });
const size = "arms/gradient/step/size";
const claims = "claims";
const kinds = [...Object.keys(optimizers), "module"].join(", ");
const folderName = "must consist of letters and digits, with single dots, hyphens and underscores between them";

const refused: Readonly<Record<string, readonly Refused[]>> = {
  "unknown keys": [
    ["stpo", 1, "unknown key", 'did you mean "stop"?'],
    ["arms/gradient/step/sise", 1, "unknown key", 'did you mean "size"?'],
    ["arms/gradient/step", { rule: "constant", sise: 1 }, "unknown key", 'did you mean "size"?', "arms.gradient.step.sise"],
    ["arms/gradient/stop", { step: 1 }, "unknown key", 'did you mean "steps"?', "arms.gradient.stop.step"],
    [
      "dataset/digits",
      [3, 6],
      "unknown key",
      '"digits" belongs to mnistPair; known: kind, inputDim, teacherWidth, nonzerosPerNeuron, minTeacherScore, trainSize, testSize, contradictions, labelNoise',
    ],
  ],
  "unknown names": [
    [
      "dataset/kind",
      "teacherstudent",
      `must be one of ${Object.keys(datasets).join(", ")}, got "teacherstudent"`,
      'did you mean "teacherStudent"?',
    ],
    ["dataset/kind", "imagenet", `must be one of ${Object.keys(datasets).join(", ")}, got "imagenet"`],
    [
      "arms/gradient/step/rule",
      "constnat",
      `must be one of ${Object.keys(stepRules).join(", ")}, got "constnat"`,
      'did you mean "constant"?',
    ],
    ["arms/gradient/optimizer/kind", "adm", `must be one of ${kinds}, got "adm"`, 'did you mean "adam"?'],
    [
      "arms/gradient/optimizer/norm",
      "Spectrall",
      `must be one of ${Object.keys(norms).join(", ")}, { "lp": 3 }, { "max": ["spectral", "linf"] }, { "sum": ["spectral", "linf"] }, { "l2": ["spectral", "linf"] }, { "weighted": "l1", "diagonal": [1, 2, 0.5] }, { "module": "./my-norm.mjs" }, got "Spectrall"`,
      'did you mean "spectral"?',
    ],
    [
      "loss/kind",
      "hinge",
      'must be one of exponential, logistic, squared, got "hinge"',
      'not among them: losses with an exponential tail are "logistic" and "exponential", and "squared" is one of targets',
    ],
    ["loss/reduction", undefined, "is missing, must be one of sum, mean", 'e.g. "reduction": "sum"'],
  ],
  numbers: [
    [size, 0, "must be finite and > 0, got 0"],
    [size, Number.NaN, "must be finite and > 0, got NaN"],
    [size, -0.1, "must be finite and > 0, got -0.1"],
    [size, "0.1", 'must be finite and > 0, got "0.1"', 'write "size": 0.1'],
    [size, Infinity, "must be finite and > 0, got Infinity"],
    [size, undefined, "is missing, must be finite and > 0", 'e.g. "size": 0.01'],
    ["network/hidden", [0], "must be an integer >= 1, got 0", undefined, "network.hidden[0]"],
    ["network/hidden", [6, 1.5], "must be an integer >= 1, got 1.5", undefined, "network.hidden[1]"],
    ["network/init/scale", -1, "must be finite and >= 0, got -1"],
    ["dataset", mnist([3, 3]), "must be two different digits, got [3,3]", undefined, "dataset.digits"],
    ["dataset", mnist([3, 10]), "must be a digit from 0 to 9, got 10", undefined, "dataset.digits[1]"],
    ["dataset", mnist([3]), "must hold at least 2 entries, got [3]", undefined, "dataset.digits"],
    ["dataset/nonzerosPerNeuron", 5, "must be at most inputDim = 4, got 5"],
    ["dataset/trainSize", 1, "must be an integer >= 2, got 1"],
    ["seeds", [], "must hold at least 1 entry, got []"],
    ["seeds", [0, -1], "must be an integer >= 0, got -1", undefined, "seeds[1]"],
    ["seeds", [2, 2], "must not hold a seed twice"],
    ["record/pointsPerDecade", 0, "must be an integer from 1 to 10000, got 0"],
    ["record/at", [0.5], "must be an integer >= 0, got 0.5", undefined, "record.at[0]"],
    [
      "arms/sign/optimizer",
      { kind: "adam", beta1: 1, beta2: 0, epsilon: 0 },
      "must be in [0, 1), got 1",
      undefined,
      "arms.sign.optimizer.beta1",
    ],
    [
      "arms/sign/optimizer",
      { kind: "adam", beta1: 0, beta2: 0, epsilon: -1 },
      "must be finite and >= 0, got -1",
      undefined,
      "arms.sign.optimizer.epsilon",
    ],
    [
      "arms/sign/optimizer",
      { kind: "rmsProp", decay: 1, epsilon: 0, momentum: 0 },
      "must be in [0, 1), got 1",
      undefined,
      "arms.sign.optimizer.decay",
    ],
    [
      "arms/sign/optimizer",
      { kind: "adaGrad" },
      "is missing, must be finite and >= 0",
      'e.g. "epsilon": 1e-8',
      "arms.sign.optimizer.epsilon",
    ],
    [
      "arms/sign/optimizer",
      { kind: "mirrorDescent", potential: { kind: "power", p: 1 } },
      "must be finite and > 1, got 1",
      undefined,
      "arms.sign.optimizer.potential.p",
    ],
    [
      "arms/sign/optimizer",
      { kind: "mirrorDescent", potential: { kind: "entropy" } },
      'must be one of quadratic, power, hyperbolicEntropy, got "entropy"',
      undefined,
      "arms.sign.optimizer.potential.kind",
    ],
  ],
  "other values": [
    ["source", 3, "must be a string, got 3", 'e.g. "source": "JMLR 27 (2026), figure 2"'],
    ["arms/sign/optimizer/normalized", "yes", 'must be a boolean, got "yes"', 'e.g. "normalized": true'],
    ["stop", undefined, "is missing, must be an object", 'e.g. "stop": { "steps": 5000 }'],
    ["stop", {}, "must hold steps or logRiskBelow", 'e.g. "stop": { "steps": 5000 }'],
    ["arms", {}, "must hold at least one arm", expect.stringMatching(/^e\.g\. "arms": \{ "sign": \{ "optimizer": /)],
    ["arms/a..b", tiny.arms.sign, folderName],
    ["id", "../elsewhere", folderName],
    ["id", "", folderName],
  ],
  "what does not fit together": [
    ["arms/sign/optimizer/smoothing", undefined, 'is required for the norm linf: expected "none" or "alignment"'],
    ["arms/gradient/optimizer/smoothing", "none", "has no meaning for the norm l2: remove it"],
    ["arms/gradient/optimizer/smoothing", "alignment", "has no meaning for the norm l2: remove it"],
    [
      "arms/gradient/step",
      { rule: "marginPaced", c: 1 },
      "marginPaced is for a normalised optimiser, got steepest, whose steps scale with the gradient",
      "set normalized: true (steepest), or use constant, powerLaw, warmUp, cosine or linearDecay sizes, or lossBased",
      "arms.gradient.step.rule",
    ],
    [
      "arms/sign/step",
      { rule: "lossBased", size: 1, rollback: false },
      "lossBased is for unnormalised steepest descent, got steepest, whose steps do not scale with the gradient",
      "set normalized: false (steepest), or use constant, powerLaw, warmUp, cosine or linearDecay sizes, or marginPaced",
      "arms.sign.step.rule",
    ],
    [
      "network/init/scale",
      0,
      "must be > 0 for a network of degree 2, got 0",
      "theta = 0 is a stationary point: the gradient vanishes there and training can never start",
    ],
    [
      "network/activation",
      { reluPower: 1.3 },
      "must be a multiple of 1/2 in [1, 32], got 1.3",
      "the power is computed by multiplications and one square root, so that it is the same bits everywhere",
      "network.activation.reluPower",
    ],
    [
      "arms/sign",
      { optimizer: { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 5 }, step: { rule: "constant", size: 0.5 } },
      "must be at most 0.2 for adamW, whose decay is 5, got 0.5",
      "a step of constant multiplies the weights by 1 - size x decay: below 0 it turns them around, and they leave the ball that decay keeps them in",
      "arms.sign.step.size",
    ],
    [
      "arms/sign",
      { optimizer: { kind: "scion", norm: "linf", momentum: 0, radius: 3 }, step: { rule: "warmUp", size: 2, steps: 9 } },
      "must be at most 1 for scion, whose decay is 1, got 2",
      "a step of warmUp multiplies the weights by 1 - size x decay: below 0 it turns them around, and they leave the ball that decay keeps them in",
      "arms.sign.step.size",
    ],
    ["network/frozenLayers", [2], "there is no layer 2, the last is 1"],
    ["network/frozenLayers", [0, 1], "at least one layer must be trainable"],
  ],
  "phases and mini-batches": [
    [
      "arms/sign/phases",
      [{ when: "seperation", step: { rule: "constant", size: 1 } }],
      'must be "perfectAccuracy", "separation", { "logRiskBelow": number } or { "step": integer >= 0 }, got "seperation"',
      undefined,
      "arms.sign.phases[0].when",
    ],
    ["arms/sign/phases", [{ when: { step: 3 } }], "must hold an optimizer or a step", undefined, "arms.sign.phases[0]"],
    [
      "arms/sign/phases",
      [{ when: "separation", step: { rule: "constant", size: 0 } }],
      "must be finite and > 0, got 0",
      undefined,
      "arms.sign.phases[0].step.size",
    ],
    ["arms/sign/phases", [{ when: "separation", stpe: {} }], "unknown key", 'did you mean "step"?', "arms.sign.phases[0].stpe"],
    [
      "arms/sign/phases",
      [{ when: "separation", step: { rule: "marginPaced", c: 1, gradients: "bound" } }],
      'must be at most 0.1 with gradients: "bound", got 1',
      'larger steps lose separation; set gradients: "exact" for c up to 1',
      "arms.sign.phases[0].step.c",
    ],
    [
      "arms/sign/phases",
      [
        { when: "separation", step: { rule: "constant", size: 1 } },
        { when: { logRiskBelow: -5 }, step: { rule: "lossBased", size: 1, rollback: false } },
      ],
      "lossBased is for unnormalised steepest descent, got steepest, whose steps do not scale with the gradient",
      "set normalized: false (steepest), or use constant, powerLaw, warmUp, cosine or linearDecay sizes, or marginPaced",
      "arms.sign.phases[1].step.rule",
    ],
    [
      "arms/sign",
      {
        ...tiny.arms.sign,
        step: { rule: "marginPaced", c: 1 },
        phases: [{ when: "separation", optimizer: { kind: "steepest", norm: "l2", normalized: false } }],
      },
      "marginPaced is for a normalised optimiser, got steepest, whose steps scale with the gradient",
      "set normalized: true (steepest), or use constant, powerLaw, warmUp, cosine or linearDecay sizes, or lossBased",
      "arms.sign.phases[0].step.rule",
    ],
    [
      "arms/sign/phases",
      [{ when: "separation", optimizer: { kind: "steepest", norm: { max: ["linf"] }, normalized: true } }],
      "must hold one norm per trainable layer, 2, got 1",
      undefined,
      "arms.sign.phases[0].optimizer.norm.max",
    ],
    [
      "arms/sign",
      {
        ...tiny.arms.sign,
        phases: [
          {
            when: "separation",
            optimizer: { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.5 },
            step: { rule: "powerLaw", size: 3, exponent: 1 },
          },
        ],
      },
      "must be at most 2 for adamW, whose decay is 0.5, got 3",
      "a step of powerLaw multiplies the weights by 1 - size x decay: below 0 it turns them around, and they leave the ball that decay keeps them in",
      "arms.sign.phases[0].step.size",
    ],
    [
      "arms/sign/batch",
      { size: 5 },
      "is missing, must be one of cyclic, shuffled, withReplacement",
      'e.g. "order": "shuffled"',
      "arms.sign.batch.order",
    ],
    ["arms/sign/batch", { size: 0, order: "cyclic" }, "must be an integer >= 1, got 0", undefined, "arms.sign.batch.size"],
    ["arms/sign/batch", { size: 11, order: "cyclic" }, "must be at most dataset.trainSize = 10, got 11", undefined, "arms.sign.batch.size"],
    [
      "arms/gradient",
      {
        ...tiny.arms.gradient,
        batch: { size: 5, order: "shuffled" },
        phases: [{ when: "separation", step: { rule: "lineSearch", size: 1, sufficientDecrease: 0.5 } }],
      },
      "lineSearch judges steps by the risk of all samples, which mini-batches do not see",
      "remove batch, or use another rule",
      "arms.gradient.phases[0].step.rule",
    ],
  ],
  "probes and claims": [
    ["record/probes", ["margin.linff"], 'there is no probe "margin.linff"', 'did you mean "margin.linf"?', "record.probes[0]"],
    ["record/probes", ["logRisk", "logRisk"], "must not hold a probe twice"],
    [claims, [{ best: "sing", of: "margin.linf", at: "end" }], 'there is no arm "sing"', 'did you mean "sign"?', "claims[0]"],
    [
      claims,
      [{ best: "sign", of: "margin.l1", at: "end" }],
      'there is no recorded probe "margin.l1"',
      'did you mean "margin.l2"?',
      "claims[0]",
    ],
    [
      claims,
      [{ best: "sign", of: "margin.l2", at: { peakOf: "alignment" } }],
      'there is no recorded probe "alignment"',
      "known: logRisk, trainAccuracy, margin.l2, margin.linf",
      "claims[0]",
    ],
    [
      claims,
      [{ best: "sign", of: "margin.l2", at: "edn" }],
      'must be a step, "end", "peak", { "peakOf": probe } or { "logRiskBelow": number }, got "edn"',
      undefined,
      "claims[0].at",
    ],
    [
      claims,
      [{ left: { arm: "sign", probe: "margin.l2", at: 9 }, relation: "=", right: 1 }],
      'must be one of >, >=, <, <=, got "="',
      'did you mean ">"?',
      "claims[0].relation",
    ],
    [
      claims,
      [{ quantity: { arm: "sign", probe: "margin.l2", at: 9 }, published: 1, within: { factor: 1 } }],
      "must be finite and > 1, got 1",
      undefined,
      "claims[0].within.factor",
    ],
    [
      claims,
      [{ best: "sign", of: "margin.l2", at: "end", among: ["gradeint"] }],
      'there is no arm "gradeint"',
      'did you mean "gradient"?',
      "claims[0]",
    ],
    ["figure/0/probe", "margin.l1", 'there is no recorded probe "margin.l1"', 'did you mean "margin.l2"?'],
    ["figure/0/published", { nobody: [[1, 2]] }, 'there is no arm "nobody"', "known: gradient, sign"],
  ],
};

function refusal(value: unknown): DefinitionError {
  try {
    parseDefinition(value);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    return error as DefinitionError;
  }
  throw new Error("expected a DefinitionError");
}

const cases = Object.entries(refused).map(([what, rows]) => ({
  what,
  rows: rows.map(([at, value, message, hint, path]) => ({
    at,
    value,
    message,
    expected: { path: path ?? at.replaceAll("/", ".").replace(/\.(\d+)/g, "[$1]"), hint },
  })),
}));

describe.each(cases)("refuses $what", ({ rows }) => {
  test.each(rows)("$at: $message", ({ at, value, message, expected }) => {
    const error = refusal(changed(tiny, at, value));
    expect(error.message).toBe(`${expected.path}: ${message}`);
    expect({ path: error.path, hint: error.hint }).toEqual(expected);
  });
});

test.each([
  [null, "null"],
  [3, "3"],
  [[], "[]"],
  ["x", '"x"'],
])("refuses %j instead of a definition", (value, shown) => {
  expect(refusal(value).message).toBe(`definition: must be an object, got ${shown}`);
});

test("a monotone claim about a log risk needs the log risk in the rows", () => {
  const claim = { arm: "sign", probe: "margin.l2", after: { logRiskBelow: -5 }, relation: "nondecreasing", relativeSlack: 0 };
  const definition = { ...tiny, record: { ...tiny.record, probes: ["margin.l2", "margin.linf"] }, figure: [], claims: [claim] };
  expect(refusal(definition).message).toBe('claims[0]: there is no recorded probe "logRisk"');
});

test.each([
  ["marginPaced", { rule: "marginPaced", c: 0.1, gradients: "bound" }],
  ["backtracking", { rule: "backtracking", relativeSize: 0.1, tolerance: 0 }],
])("refuses %s, whose steps are shares of ||theta||, where that starts at 0", (rule, step) => {
  const fromZero = changed(tiny, "network", { kind: "linear", init: { law: "normalFanIn", scale: 0 } }) as typeof tiny;
  const refused = refusal(changed(fromZero, "arms/sign/step", step));
  expect(refused.message).toBe(`arms.sign.step.rule: ${rule} makes steps relative to ||theta||, which is 0 at the start`);
  expect(refused.hint).toBe('start elsewhere (init.scale > 0), or use marginPaced with gradients: "exact"');
  const later = changed(fromZero, "arms/sign/phases", [{ when: "separation", step }]);
  expect(parseDefinition(later)).toEqual(later);
});

test.each([
  ["no hidden layer", "network/hidden", []],
  ["zero weights where the degree is 1", "network", { kind: "linear", init: { law: "normalFanIn", scale: 0 } }],
  ["an arm that stops earlier", "arms/sign/stop", { logRiskBelow: -16.1 }],
  ["a stop by the log risk alone", "stop", { logRiskBelow: -10 }],
  ["a frozen layer", "network/frozenLayers", [0]],
  ["no test samples", "dataset/testSize", 0],
  ["step 0 as a record point", "record/at", [0, 7]],
  ["a smoothed direction", "arms/sign/optimizer/smoothing", "alignment"],
  ["a look", "arms/sign/look", { color: 2, dash: 0 }],
  ["mini-batches", "arms/sign/batch", { size: 10, order: "withReplacement" }],
  ["a pooled data set", "dataset", { kind: "mnistPair", digits: [3, 6], trainSize: 10, pool: 2 }],
  [
    "phases at every kind of condition",
    "arms/sign/phases",
    [
      { when: "perfectAccuracy", step: { rule: "marginPaced", c: 1 } },
      { when: "separation", optimizer: { kind: "steepest", norm: "l2", normalized: true } },
      { when: { logRiskBelow: -5 }, step: { rule: "backtracking", relativeSize: 0.5, tolerance: 1e-5 } },
      { when: { step: 40 }, optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" } },
    ],
  ],
])("accepts %s", (_, at, value) => {
  const definition = changed(tiny, at, value);
  expect(parseDefinition(definition)).toEqual(definition);
});
