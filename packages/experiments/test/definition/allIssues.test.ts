import { canonicalJson, DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { catalog, datasets, parseDefinition, runsOf } from "../../src/index.js";
import { changed, tiny } from "../support/tiny.js";

function issuesOf(value: unknown): readonly { readonly message: string; readonly hint: string | undefined }[] {
  try {
    parseDefinition(value);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    return (error as DefinitionError).issues.map(({ message, hint }) => ({ message, hint }));
  }
  return [];
}

const messagesOf = (value: unknown): string[] => issuesOf(value).map(({ message }) => message);

/** A definition by a PyTorch user who has read no schema; nothing here is right but the brackets. */
const fromPyTorch = {
  name: "first try",
  dataset: { kind: "moon", n: 100, noise: "low" },
  network: { kind: "mlp", hidden: 64, activation: "ReLU", bias: true, init: { law: "kaiming", scale: 1 } },
  loss: { kind: "bce", reduction: "average" },
  arms: {
    sgd: { optimizer: { kind: "SGD", lr: 0.1 }, step: { rule: "constant", lr: 0.1 } },
    adam: { optimizer: { kind: "adam", betas: [0.9, 0.999], eps: 1e-8 }, step: { rule: "constant", size: -1 } },
    sign: { optimizer: { kind: "steepest", norm: "linf", normalized: true }, step: { rule: "constant", c: 1, size: 0.1 } },
  },
  seeds: 3,
  stop: { epochs: 10 },
  record: { probes: ["loss", "accuracy"], pointsPerDecade: 0 },
};

test("everything that is wrong is told at once, in the order of the file", () => {
  expect(issuesOf(fromPyTorch).map(({ message, hint }) => (hint === undefined ? message : `${message} -- ${hint}`))).toEqual([
    'name: unknown key -- written as "id"; an arm is named by its key in "arms"',
    `dataset.kind: must be one of ${Object.keys(datasets).join(", ")}, got "moon" -- did you mean "moons"?`,
    'dataset.n: unknown key -- written as "trainSize"',
    'dataset.noise: must be finite and >= 0, got "low" -- e.g. "noise": 0.1',
    'dataset.constant: is missing, must be finite and >= 0 -- e.g. "constant": 1',
    'network.hidden: must be an array, got 64 -- write "hidden": [64]',
    'network.activation: must be one of relu, identity, abs, silu, gelu, softplus, tanh, { "leakyRelu": 0.1 }, { "reluPower": 2 }, { "elu": 1 }, got "ReLU" -- did you mean "relu"?',
    'network.bias: unknown key -- homogeneous networks only: perceptrons have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one, and a dense layer of { "kind": "layers" } may have a "bias"',
    expect.stringMatching(/^network\.init\.law: must be one of uniformFanIn, .+, got "kaiming" -- uniformFanIn with "scale": 1 draws /),
    'loss.kind: must be one of exponential, logistic, squared, got "bce" -- write "logistic", the cross-entropy: of one score with labels -1 and 1, of several classes with labels 0, 1, ...',
    'loss.reduction: must be one of sum, mean, got "average"',
    expect.stringMatching(
      /^arms\.sgd\.optimizer\.kind: must be one of steepest, .+, got "SGD" -- gradient descent is \{ "kind": "steepest"/,
    ),
    'arms.sgd.step.lr: unknown key -- written as "size"',
    'arms.adam.optimizer.betas: unknown key -- written as "beta1" and "beta2"',
    'arms.adam.optimizer.eps: unknown key -- written as "epsilon"',
    "arms.adam.step.size: must be finite and > 0, got -1",
    'arms.sign.optimizer.smoothing: is required for the norm linf: expected "none" or "alignment"',
    'arms.sign.step.c: unknown key -- "c" belongs to marginPaced; known: rule, size',
    'seeds: must be an array, got 3 -- write "seeds": [3]',
    'stop.epochs: unknown key -- a run is measured in steps: "stop": { "steps": 5000 }',
    'record.probes[0]: there is no probe "loss" -- write "logRisk", log risk (sum over samples)',
    'record.probes[1]: there is no probe "accuracy" -- write "trainAccuracy", training accuracy',
    "record.pointsPerDecade: must be an integer from 1 to 10000, got 0",
  ]);
});

test("the message has a line for each, and the error's own details are the first one's", () => {
  const error = (() => {
    try {
      parseDefinition({ ...tiny, seeds: [-1], stop: { steps: -1 } });
    } catch (caught) {
      return caught as DefinitionError;
    }
    throw new Error("expected a DefinitionError");
  })();
  expect(error.message).toBe("seeds[0]: must be an integer >= 0, got -1\nstop.steps: must be an integer >= 0, got -1");
  expect(error).toMatchObject({ path: "seeds[0]", value: -1 });
});

test("one problem is one issue: the error itself", () => {
  expect(issuesOf({ ...tiny, seeds: [-1] })).toEqual([{ message: "seeds[0]: must be an integer >= 0, got -1", hint: undefined }]);
});

test("what does not fit together is told beside what is wrong elsewhere", () => {
  const arms = { ...tiny.arms, sign: { ...tiny.arms.sign, step: { rule: "lossBased", size: 1, rollback: false } } };
  const figure = [{ probe: "margin.l1", scale: "log" }];
  expect(messagesOf({ ...tiny, question: 3, arms, figure, dataset: { ...tiny.dataset, nonzerosPerNeuron: 5, testSize: -1 } })).toEqual([
    "question: must be a string, got 3",
    "dataset.nonzerosPerNeuron: must be at most inputDim = 4, got 5",
    "dataset.testSize: must be an integer >= 0, got -1",
    "arms.sign.step.rule: lossBased is for unnormalised steepest descent, got steepest, whose steps do not scale with the gradient",
    'figure[0].probe: there is no recorded probe "margin.l1"',
  ]);
});

test("of very many, fifty are shown", () => {
  const lines = messagesOf({ ...tiny, seeds: Array.from({ length: 200 }, (_, i) => -1 - i) });
  expect(lines).toHaveLength(50);
});

test("a hundred thousand mistakes are told as soon as one", () => {
  const rows = Array.from({ length: 100_000 }, () => [null, 1]);
  const dataset = { kind: "points", inputs: rows, labels: rows.map((_, i) => (i % 2 === 0 ? 1 : -1)), constant: 0 };
  expect(messagesOf({ ...tiny, dataset })).toEqual([
    "dataset.inputs[0][0]: must be a finite number, got null (also at dataset.inputs[1][0], dataset.inputs[2][0], dataset.inputs[3][0] and 99996 more)",
  ]);
  const unknown = Object.fromEntries(rows.slice(0, 10_000).map((_, i) => [`k${i}`, 1]));
  expect(messagesOf({ ...tiny, ...unknown })).toEqual([
    "k0: unknown key (also at k1, k2, k3 and 6 more)", // with another hint: "k" and a digit are near "id"
    "k10: unknown key (also at k11, k12, k13 and 9986 more)",
  ]);
});

describe("what decides no row may be left out", () => {
  const { source: _, question: __, claims: ___, figure: ____, ...needed } = tiny;

  test("claims are none then, and the figure shows the own margins and the log risk, as far as they are recorded", () => {
    const parsed = parseDefinition(needed);
    expect(parsed).toEqual({
      ...tiny,
      source: "",
      question: "which margin does each arm raise?",
      claims: [],
      figure: [
        { probe: "margin.l2", scale: "log" },
        { probe: "margin.linf", scale: "log" },
        { probe: "logRisk", scale: "linear" },
      ],
    });
    const own = { ...needed, record: { ...tiny.record, probes: ["margin.own", "margin.spectral"] } };
    expect(parseDefinition(own).figure).toEqual([{ probe: "margin.own", scale: "log" }]);
    expect(parseDefinition({ ...needed, record: { ...tiny.record, probes: ["trainAccuracy"] } }).figure).toEqual([]);
  });

  test("an empty figure stays empty, and $schema is for editors only", () => {
    const parsed = parseDefinition({ $schema: "./definition.schema.json", ...needed, figure: [] });
    expect(parsed.figure).toEqual([]);
    expect(parsed).not.toHaveProperty("$schema");
    expect(messagesOf({ ...needed, $schema: 3 })).toEqual(["$schema: must be a string, got 3"]);
  });

  test.each([...catalog])("runs of %s are hashed by what they were", (_, { definition }) => {
    expect(canonicalJson(runsOf(parseDefinition(definition)))).toBe(canonicalJson(runsOf(definition)));
  });
});

describe("names that some file system cannot hold", () => {
  const device = "must not be the name of a device on Windows (CON, PRN, AUX, NUL, COM0-9, LPT0-9), with or without an ending";
  const form = "must consist of letters and digits, with single dots, hyphens and underscores between them";

  test.each([
    ["CON", device],
    ["nul", device],
    ["Com1", device],
    ["lpt9.txt", device],
    ["aux.a.b", device],
    ["a.", form],
    ["a ", form],
    ["a/b", form],
    ["a\u0000b", form],
    ["é", form],
    ["x".repeat(101), "must be at most 100 characters long"],
  ])("%j is refused as an id and as an arm", (bad, message) => {
    expect(messagesOf({ ...tiny, id: bad })).toEqual([`id: ${message}`]);
    expect(messagesOf({ ...tiny, arms: { ...tiny.arms, [bad]: tiny.arms.sign } })).toEqual([
      `arms.${bad.replace("\u0000", "\\u0000")}: ${message}`,
    ]);
    const alone = { ...tiny, arms: { [bad]: tiny.arms.sign }, claims: [], figure: [] }; // no arm is left then, which is no second mistake
    expect(messagesOf(alone)).toEqual([`arms.${bad.replace("\u0000", "\\u0000")}: ${message}`]);
  });

  test.each(["con1", "console", "common", "auxiliary", "x".repeat(100), "a-.9-b"])("%j is none of them", (good) => {
    expect(messagesOf({ ...tiny, id: good, arms: { ...tiny.arms, [good]: tiny.arms.sign } })).toEqual([]);
  });

  test("two arms that differ in case only are refused", () => {
    expect(messagesOf({ ...tiny, arms: { ...tiny.arms, Sign: tiny.arms.sign } })).toEqual([
      'arms.Sign: differs from the arm "sign" in case only',
    ]);
  });

  test("an arm named __proto__ is refused, not dropped, wherever such a key stands", () => {
    const arms = JSON.parse(JSON.stringify({ ...tiny.arms, proto: tiny.arms.sign }).replace('"proto"', '"__proto__"'));
    expect(messagesOf({ ...tiny, arms })).toEqual(["arms.__proto__: is no name that can be kept"]);
    const alone = JSON.parse(JSON.stringify({ proto: tiny.arms.sign }).replace('"proto"', '"__proto__"'));
    expect(messagesOf({ ...tiny, arms: alone, claims: [], figure: [] })).toEqual(["arms.__proto__: is no name that can be kept"]);
    expect(messagesOf({ ...tiny, arms: {}, claims: [], figure: [] })).toEqual(["arms: must hold at least one arm"]);
    const published = JSON.parse('{"__proto__": [[1, 2]]}');
    expect(messagesOf(changed(tiny, "figure/0/published", published))).toContain(
      "figure[0].published.__proto__: is no name that can be kept",
    );
  });
});

test.each(["\u001b[2J", "two\nlines", "bell\u0007", "c1\u009b", "\u202eover", "\ud800"])("%j is refused in every text", (bad) => {
  const words = "must not hold control characters, line breaks included";
  expect(messagesOf(changed({ ...tiny, source: bad, question: bad }, "arms/sign/label", bad))).toEqual([
    `source: ${words} (also at question)`,
    `arms.sign.label: ${words}`,
  ]);
});

test.each(["β = (.9, .99), ε = 1e-8", "U(-0.01/√fan_in)", "日本語", "👩‍🔬"])("%j is a text", (good) => {
  expect(parseDefinition({ ...tiny, source: good }).source).toBe(good);
});

describe("probes of norm expressions", () => {
  const probing = (probe: string) => ({ ...tiny, claims: [], figure: [], record: { ...tiny.record, probes: ["logRisk", probe] } });
  const linear = (probe: string) => ({ ...probing(probe), network: { kind: "linear", init: tiny.network.init } });

  test.each([
    ["margin.lp(0.5)", "lp: must be a number with 1 < p < infinity, got 0.5"],
    ["norm.max(spectral,0.5*lp(1))", "lp: must be a number with 1 < p < infinity, got 1"],
    ["softMargin.lp(1.50)", 'write "softMargin.lp(1.5)"'],
    ["margin.l3", 'write "margin.lp(3)"'],
    ["margin.lp3", 'write "margin.lp(3)"'],
    ["norm.lp_2.5", 'write "norm.lp(2.5)"'],
    ["softMargin.lp2", 'write "softMargin.l2"'],
    ["margin", 'it is named by its norm: "margin.own", "margin.linf", "margin.lp(3)"'],
  ])("%s is refused with its cause", (probe, hint) => {
    expect(messagesOf(probing(probe))).toEqual([`record.probes[1]: there is no probe "${probe}"`]);
    expect(issuesOf(probing(probe)).map((issue) => issue.hint)).toEqual([hint]);
  });

  test("must fit the layers of the network, before any run starts", () => {
    expect(messagesOf(probing("margin.max(spectral,linf)"))).toEqual([]);
    expect(messagesOf(linear("margin.max(spectral,linf)"))).toEqual(["record.probes[1]: must hold one norm per trainable layer, 1, got 2"]);
  });
});

test("an object without its kind is read as the form that its words and keys are of", () => {
  const network = (written: object): string[] => issuesOf({ ...fromPyTorch, network: written }).map(({ message }) => message);
  const init = { law: "uniformFanIn", scale: 1 };
  expect(network({ type: "linear", hidden: [3], init })).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^network\.kind: is missing/),
      "network.type: unknown key",
      "network.hidden: unknown key",
    ]),
  );
  expect(network({ hidden: [3], bias: true, activation: "relu", init })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^network\.kind: is missing/), "network.bias: unknown key"]),
  );
  expect(network({ size: 3 })).toContainEqual(expect.stringMatching(/^network\.kind: is missing/));
});
