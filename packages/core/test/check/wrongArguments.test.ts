import { describe, expect, test } from "vitest";
import * as core from "../../src/index.js";
import { type Call, callsWithOptions, callsWithoutOptions, methods } from "../support/exampleCalls.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

/** Values that JavaScript callers and files pass by mistake, by their names in failures. */
const wrong: Readonly<Record<string, unknown>> = {
  null: null,
  undefined,
  text: "l2x",
  empty: "",
  digit: "3",
  true: true,
  half: 1.5,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  minus: -1,
  huge: 2 ** 53,
  bigint: 3n,
  symbol: Symbol("s"),
  object: {},
  bare: Object.create(null),
  list: [],
  nulls: [null],
  numbers: [1, 2],
  function: () => 1,
};

type Path = readonly (string | number)[];

const isPart = (value: object): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(value)).some(
    ({ get, value: member }) => get !== undefined || typeof member === "function",
  );

const isData = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  (Array.isArray(value) || (Object.getPrototypeOf(value) === Object.prototype && !isPart(value)));

/** Every place within the arguments of a call, down to what is no plain data. */
function places(value: unknown, path: Path = []): Path[] {
  const inner = isData(value)
    ? Object.entries(value).flatMap(([key, member]) => places(member, [...path, Array.isArray(value) ? Number(key) : key]))
    : [];
  return path.length === 0 ? inner : [path, ...inner];
}

function replaced(holder: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = replaced((holder as Record<string, unknown>)[key], rest, value);
  return Array.isArray(holder) ? holder.with(key as number, inner) : { ...(holder as object), [key]: inner };
}

function run(name: string, args: Call): unknown {
  if (name in methods) return methods[name]!.call(...(args as never));
  const made = (core as unknown as Record<string, new (...args: Call) => unknown>)[name]!;
  if (/^[A-Z]/.test(name)) return new made(...args);
  const result = (made as unknown as (...args: Call) => unknown)(...args);
  if (name === "train" || name === "drive") (result as Iterator<unknown>).next();
  return result;
}

const examples = Object.entries({
  ...callsWithOptions,
  ...callsWithoutOptions,
  ...Object.fromEntries(Object.entries(methods).map(([name, { args }]) => [name, [args]])),
});

const anything = Object.keys(wrong);
const json = anything.filter((what) => !["undefined", "bigint", "symbol", "function"].includes(what));
const texts = ["text", "empty", "digit"];
const measured = ["half", "NaN", "Infinity", "minus", "huge"]; // risks and margins of runs that diverged are among them
const positive = ["half", "huge"];

/** The values above that are right after all, by the place that they stand at; the first that matches decides. Everywhere else none is. */
const right: readonly (readonly [place: RegExp, what: readonly string[]])[] = [
  // what a caller keeps there is the caller's
  [/^(isSteepestError|recipeOf) 0$/, anything],
  [/^canonicalJson 0$/, json],
  [/^canonicalJson 0\.a$/, [...json, "undefined"]],
  [/^drawSubset 1\.\d$/, anything],
  [/^[A-Z]\w+Error [12]/, anything], // details of errors: an error about them would hide the first
  [/^[A-Z]\w+Error 0$/, anything],
  [/^(normShape 0\.blocks\.0\.(layer|name|degree|fanIn|group)|normShape 0\.totalCount)$/, anything], // of which no shape is made
  [/^sampleShapeOf 0\.labels\.\d$/, anything], // counted, not looked at
  [/^sampleShapeOf 0\.labels$/, ["numbers"]],
  [/^EndedTraining 3\./, anything], // a point of the training itself
  [/^EndedTraining 3$/, ["undefined", "object", "bare"]],
  [/\.stop$/, ["object", "bare", "undefined"]],
  [/^drive 4$/, ["undefined", "object", "bare"]],
  [/^drive 4\.told\.lastPoint$/, ["minus"]],
  [/^drive 4\.told\.warnings$/, ["list"]],
  [/^drive 4\.told\.warnings\.0$/, texts],
  // texts
  [/^(byLayer|decodeJson|pythonSnippet|Training\.kktResidual) 0$/, texts],
  [/^pythonSnippet 1\.text$|^byLayer 2$|^decoupledDecay 2\.source$|^kktResidual 0\.norm$/, texts],
  // functions
  [/^(arrayNorm [12]|byLayer 1)$/, ["function"]],
  [/^(dense|conv2d|diagonal) 0\.weights$/, [...texts, "undefined"]], // names of shared weights
  // true or false
  [/(nesterov|rollback|accumulate|normalized|trainable|bias|frozen)$/, ["true", "undefined"]],
  [/^diagonal 0$/, ["undefined", "object", "bare"]],
  // lists
  [/^branches 0\.sum\.\d$/, ["list"]],
  [/(\.weights|\.at|\.diagonal|sampleMargins|frozenLayers|\.phases)$|^(maxOf|sumOf|l2Of) 1$/, ["undefined", "list", "numbers"]],
  [
    /^weighted 1$|^supportSamples 0$|^contradictionText 0\.(zero|opposed|opposed\.0)$|^array\w+\(\)\.\w+ [01]$|\.blocks$/,
    ["list", "numbers", ...positive],
  ],
  // numbers
  [/^(Training|train|arrayNetwork|contradictionText|contradictionsOf|EndedTraining) .*labels\.\d$/, ["minus"]],
  [/^(alignment|kktResidual) 0\.(normOfTheta|dualNormOfGhat)$|^marginOf 2$/, ["half", "NaN", "Infinity", "huge"]],
  [/^(kktResidual 0\.(sampleMargins|weights)|supportSamples 0)\.\d$|^(marginOf 1|encodeNumber 0)$/, measured],
  [/^arrayOptimizer\(\)\.(aim 2|move 1\.(size|logScale))$/, measured],
  [/(\.epsilon\.log|logRiskBelow)$/, [...positive, "minus", "undefined"]],
  [
    /\.(stop\.steps|epsilonPlacement|smoothing|gradients|testData|batch|homogeneity)$|^linear 0\.outputs$|^(conv2d|maxPool|averagePool) 0\.(stride|padding)$|^(trainingBytes|decoupledDecay) 2$|^drive (3|4\.told)$|2\.margin$/,
    ["undefined"],
  ],
  [/^trainingBytes 0\.track$/, ["undefined", "list"]],
  [/^(arrayOptimizer 1|(bindNorm|bindNormIn|planNorm) 2|normScratch 1)\.(length|blocks\.0\.(offset|rows|columns))$/, ["huge"]], // sizes may be estimates
  [/^pythonSnippet 1\.needs/, anything],
  [/^normShape 0\.(parameterCount|blocks\.0\.(offset|outputs|inputs))$/, ["huge"]],
  [/^trainingBytes [12]\.\w+$/, positive], // estimates of any magnitude
  [/\.reluPower$/, ["half"]],
  [/\.(radius|final)$/, [...positive, "undefined"]],
  [/\.warmUp$|^directionOf 1$/, ["undefined"]],
  [/\.coefficients\.\d\.\d$|^coupledDecay 1\.log$/, [...positive, "minus"]],
  [/^clipped 1\.length$|^coupledDecay 1$|\.randomSpectrum\.high$/, positive],
  [/\.randomSpectrum\.low$/, ["half"]],
  [/\.(leakyRelu|epsilon|decay|scale|rowScale|growth|p|beta|lp|size|exponent|relativeSize|tolerance|sufficientDecrease)$/, positive],
  [
    /(\.(weights|diagonal)|^(maxOf|sumOf|l2Of|weighted) 1)\.\d$|^(lp 0|decoupledDecay 1|supportSamples 1|marginOf 3)$|^kktResidual 0\.degree$/,
    positive,
  ],
];

/** A complaint about the answer to a wrong value; undefined if there is none. */
function complaint(name: string, args: Call, path: Path, what: string): string | undefined {
  const place = `${name} ${path.join(".")}`;
  const isRight = right.find(([pattern]) => pattern.test(place))?.[1].includes(what) ?? false;
  try {
    run(name, replaced(args, path, wrong[what]) as Call);
  } catch (error) {
    if (name === "decodeJson" && error instanceof SyntaxError) return undefined; // documented: as JSON.parse
    if (/^[A-Z]\w+Error 0$/.test(place) && error instanceof TypeError) return undefined; // no Error takes what is no text at all
    if (!core.isSteepestError(error)) return `${place}, ${what}: a bare ${String(error)}`;
    return error.path === undefined ? `${place}, ${what}: no path in "${error.message}"` : undefined;
  }
  return isRight ? undefined : `${place}, ${what}: accepted`;
}

describe("a wrong argument, at every place of every function, is refused with a typed error that names the place", () => {
  test.each(examples)("%s", (name, calls) => {
    for (const args of calls) expect(() => run(name, args)).not.toThrow();
    expect(
      calls.flatMap((args) => places(args).flatMap((path) => anything.flatMap((what) => complaint(name, args, path, what) ?? []))),
    ).toEqual([]);
  });
});

const { norms, losses } = core;
const host = hosts[1]!;
const untyped = (value: unknown): never => value as never;
const gradient = core.steepestDescent({ norm: norms.l2, normalized: true });
const start = (change: object): unknown => new core.Training({ ...linearByHand, ...change }, host);
type Case = readonly [what: string, build: () => unknown, message: string, path: string, hint?: string];
const cases: readonly Case[] = [
  [
    "reduction avg",
    () => start({ loss: { ...losses.logistic, reduction: "avg" } }),
    'loss.reduction: must be one of sum, mean, got "avg"',
    "loss.reduction",
  ],
  [
    "a watch as a text",
    () => start({ watchSoftMargin: "false" }),
    'watchSoftMargin: must be true or false, got "false"',
    "watchSoftMargin",
  ],
  [
    "the mean of a text",
    () => core.meanReduction(untyped("x")),
    'loss: must be a loss such as losses.logistic, got "x"',
    "loss",
    "losses holds them",
  ],
  [
    "the factory, not the optimizer",
    () => core.decoupledDecay(untyped(core.adam), 0.1),
    "got the function adam",
    "optimizer",
    "call the function, and pass what it returns",
  ],
  ["no loss", () => start({ loss: null }), "loss: must be a loss such as losses.logistic, got null", "loss", "losses holds them"],
  [
    "a loss by its name",
    () => start({ loss: "logistic" }),
    'must be a loss such as losses.logistic, got "logistic"',
    "loss",
    "losses holds them",
  ],
  ["an optimizer by its name", () => start({ optimizer: "adam" }), 'got "adam"', "optimizer", "optimizers are made by factories"],
  ["a network by its name", () => start({ network: "mlp" }), 'got "mlp"', "network", "networks are made by mlp, linear and layers"],
  ["a step as a number", () => start({ step: 0.1 }), "got 0.1", "step", "step rules are made by factories"],
  [
    "norms by their names",
    () => start({ track: ["l2"] }),
    'track[0]: must be a norm such as norms.linf, got "l2"',
    "track[0]",
    "norms holds them by id",
  ],
  ["phases that are no list", () => start({ phases: {} }), "phases: must be a list of phases, got {}", "phases"],
  [
    "a combination of names",
    () => core.maxOf(untyped(["l2"])),
    'max[0]: must be a norm such as norms.linf, got "l2"',
    "max[0]",
    "norms holds them by id",
  ],
  ["a norm from a number", () => core.normFromText(untyped(5)), "norm: must be a text, got 5", "norm"],
  [
    "weights as a text",
    () => core.normOf(untyped({ max: ["l1"], weights: "1" })),
    'max.weights: must be a list of numbers, got "1"',
    "max.weights",
  ],
  [
    "record points as a number",
    () => core.recordPoints(host.kernels(0), untyped({ perDecade: 3, at: 5 })),
    "record.at: must be a list of numbers, got 5",
    "record.at",
  ],
  [
    "no host",
    () => core.train(linearByHand, { perDecade: 3 }, untyped(undefined)).next(),
    "host: must be an object, got undefined",
    "host",
  ],
  [
    "inputs as a list",
    () => start({ data: { ...linearByHand.data, inputs: [1, 0, 0, 1] } }),
    "data.inputs: must be a Float64Array, got [1, 0, 0, 1]",
    "data.inputs",
    "Float64Array.from(values)",
  ],
  [
    "parameters as a list",
    () => start({ init: [3, -4] }),
    "init: must be a Float64Array, got [3, -4]",
    "init",
    "Float64Array.from(values)",
  ],
  ...[1.5, -1, Number.NaN, 2 ** 32].map(
    (stream): Case => [
      `stream ${stream}`,
      () => core.drawUniform(host.kernels, { seed: 1, stream, count: 3 }),
      `drawUniform.stream: must be an integer in [0, 2^32), got ${stream}`,
      "drawUniform.stream",
    ],
  ),
  [
    "count -1",
    () => core.drawSubset(host.kernels, [1, 2], { seed: 1, stream: 1, count: -1 }),
    "must be an integer >= 0, got -1",
    "drawSubset.count",
  ],
  [
    "count as a text",
    () => core.drawNormal(host.kernels, untyped({ seed: 1, stream: 1, count: "3" })),
    'an integer >= 0, got "3"',
    "drawNormal.count",
  ],
  [
    "an optimizer of another kind in a phase",
    () => start({ phases: [{ when: "separation", optimizer: null }] }),
    "got null",
    "phases[0].optimizer",
  ],
  [
    "kernels that are none",
    () =>
      core.drawNormal(
        untyped(() => 1),
        { seed: 1, stream: 1, count: 3 },
      ),
    "must be kernels with their memory, got 1",
    "kernels",
    "loadKernels()",
  ],
];

describe("what was taken in silence, or ended in a bare TypeError", () => {
  for (const [what, build, message, path, hint] of cases) {
    test(what, () => {
      expect(build).toThrow(core.DefinitionError);
      expect(build).toThrow(message);
      expect(build).toThrow(expect.objectContaining({ path, ...(hint !== undefined && { hint: expect.stringContaining(hint) }) }));
    });
  }
});

test("what was right is right: the optimizer that a factory made, streams up to 2^32 - 1, no draws at all", () => {
  expect(core.decoupledDecay(gradient, 0.1).decay).toBe(0.1);
  expect(core.drawUniform(host.kernels, { seed: 1, stream: 2 ** 32 - 1, count: 2 })).toHaveLength(2);
  expect(core.drawNormal(host.kernels, { seed: 1, stream: 0, count: 0 })).toHaveLength(0);
});
