import { describe, expect, test } from "vitest";
import * as core from "../src/index.js";
import { linearByHand } from "./handProblem.js";
import { hosts } from "./hosts.js";

const { norms, losses } = core;
const host = hosts[1]!;
const gradient = core.steepestDescent({ norm: norms.l2, normalized: true });
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: { log: -18 }, epsilonPlacement: "inside" } as const;
const someMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
const draw = { seed: 1, stream: 7, count: 3 };
const phases = [{ when: { step: 3 }, step: core.constant({ size: 1 }) }];
const trainOptions: core.TrainOptions = {
  ...linearByHand,
  testData: linearByHand.data,
  init: { law: "normalFanIn", scale: 1 },
  phases: [...phases, { when: { logRiskBelow: -9 }, optimizer: gradient }],
  batch: { size: 1, order: "cyclic" },
  stop: { steps: 3, logRiskBelow: -30 },
};

type Call = readonly unknown[];

/** The calls that made the examples of the registry of optimisers, by factory. */
function exampleCalls(): Record<string, readonly Call[]> {
  const recipes = Object.values(core.optimizers)
    .flatMap(({ examples }) => Object.values(examples(0)).map((part) => core.recipeOf(part)!))
    .filter(({ args }) => optionPaths(args).length > 0);
  return Object.fromEntries(
    recipes.map(({ factory }) => [factory, recipes.filter((recipe) => recipe.factory === factory).map(({ args }) => args)]),
  );
}

/** Calls of exported functions with options, in which every option occurs; those of factories of optimisers are added to their examples. */
const byHand: Readonly<Record<string, readonly Call[]>> = {
  activation: [[{ leakyRelu: 0.1 }], [{ reluPower: 2 }]],
  adaGrad: [[{ epsilon: 1, epsilonPlacement: "inside" }]],
  adam: [[someAdam]],
  adamW: [[{ ...someAdam, decay: 0.1 }]],
  backtracking: [[{ relativeSize: 0.1, tolerance: 0 }]],
  checkData: [["data", linearByHand.data, true]],
  checkInit: [[linearByHand.network, { law: "normalFanIn", scale: 1 }]],
  checkPhases: [[gradient, core.constant({ size: 1 }), trainOptions.phases, false]],
  checkTrainOptions: [[trainOptions]],
  constant: [[{ size: 1 }]],
  drawNormal: [[host.kernels, draw]],
  drawSubset: [[host.kernels, [1, 2, 3], draw]],
  drawUniform: [[host.kernels, draw]],
  heavyBall: [[{ momentum: 0.9, nesterov: false }]],
  linear: [[{ inputDim: 3 }]],
  lineSearch: [[{ size: 1, sufficientDecrease: 0.1 }]],
  lion: [[{ beta1: 0.9, beta2: 0.9 }]],
  lossBased: [[{ size: 1, rollback: true }]],
  marginPaced: [[{ c: 0.1, gradients: "bound" }]],
  mirrorDescent: [
    [{ potential: { kind: "quadratic" } }],
    [{ potential: { kind: "power", p: 3 } }],
    [{ potential: { kind: "hyperbolicEntropy", beta: 1 } }],
  ],
  mlp: [[{ widths: [2, 3, 1], activation: { leakyRelu: 0.1 }, frozenLayers: [0] }]],
  momentumDescent: [[{ norm: norms.l2, momentum: 0.9, nesterov: true }]],
  muon: [[someMuon]],
  muonAdam: [[{ muon: someMuon, adam: someAdam, rowScale: 1 }]],
  muonSignum: [[{ muon: someMuon, signum: { momentum: 0.9 }, rowScale: 1 }]],
  normOf: [
    [{ lp: 3 }],
    [{ max: ["l1", { lp: 3 }], weights: [1, 2] }],
    [{ sum: ["l1", "l2"], weights: [1, 2] }],
    [{ l2: ["l1", "l2"], weights: [1, 2] }],
    [{ weighted: "l2", diagonal: [1, 2] }],
  ],
  powerLaw: [[{ size: 1, exponent: 0.5 }]],
  progressiveRescaling: [[gradient, { period: 3, growth: 2 }]],
  recordPoints: [[host.kernels(0), { perDecade: 3, at: [1] }]],
  rmsProp: [[{ decay: 0.9, epsilon: 1, momentum: 0, epsilonPlacement: "inside" }]],
  scion: [[{ norm: norms.l2, momentum: 0.9, radius: 3 }]],
  shampoo: [[{ exponent: "sequentialHalf", accumulate: true, epsilon: 1 }]],
  signum: [[{ momentum: 0.9 }]],
  steepestDescent: [[{ norm: norms.linf, normalized: true, smoothing: "none" }]],
  Training: [[trainOptions, host]],
  train: [[trainOptions, { perDecade: 3, at: [1] }, host]],
  warmUp: [[{ size: 1, steps: 3 }]],
};

/** Exported functions without options: functions of values, norms, optimisers and texts, and errors. A new factory belongs above, or here for a reason. */
const withoutOptions = [
  ...["SteepestError", "ArenaFullError", "DataError", "DefinitionError", "DimensionError", "KernelLoadError", "EndedTraining"],
  ...["alignment", "certificate", "marginOf", "supportSamples", "sampleCountOf", "normShape", "initialise", "lossFrame"],
  ...["arrayNetwork", "arrayNorm", "arrayOptimizer", "bindNorm", "bindNormIn", "normScratch", "planNorm"],
  ...["l2Of", "lp", "maxOf", "sumOf", "weighted", "normExpressionFromText", "normFromText", "meanReduction"],
  ...["checkStart", "sampleShapeOf", "mostRecordPoints", "trainingBytes"], // estimates and checks of what is asked elsewhere
  ...["byLayer", "decoupledDecay", "checkStepRule", "drive", "plainNorm"], // drive hands its schedule to recordPoints; plainNorm has a test of its own
  ...["brandError", "isSteepestError", "packError", "unpackError", "canonicalJson", "decodeJson", "encodeNumber"],
  ...["contradictionText", "contradictionsOf", "nearest", "recipeOf", "recorded", "refuseUnknownKeys"],
  ...["memberOf", "sourceOf", "pythonSnippet"],
  ...["nestingOf", "completionOf", "parseCompletion", "refuseChanged", "requireUnchanged"],
];

const isPart = (value: object): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(value)).some(
    ({ get, value: member }) => get !== undefined || typeof member === "function",
  );

/** Every object of options within `value`, by its path. */
function optionPaths(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || (!Array.isArray(value) && isPart(value))) return [];
  const inner = Object.entries(value).flatMap(([key, member]) => optionPaths(member, [...path, key]));
  return Array.isArray(value) ? inner : [path, ...inner];
}

const at = (value: unknown, path: readonly PropertyKey[]): object =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value) as object;

const calls: Readonly<Record<string, readonly Call[]>> = Object.fromEntries(
  Object.entries({ ...exampleCalls(), ...byHand }).map(([name]) => [name, [...(byHand[name] ?? []), ...(exampleCalls()[name] ?? [])]]),
);

/** A copy with one more key in the object at a path. */
function withKey(value: unknown, [key, ...rest]: readonly PropertyKey[], added: string): unknown {
  if (key === undefined) return { ...(value as object), [added]: 1 };
  const changed = withKey((value as Record<PropertyKey, unknown>)[key], rest, added);
  return Array.isArray(value) ? value.with(Number(key), changed) : { ...(value as object), [key]: changed };
}

function run(name: string, args: Call): void {
  const made = (core as unknown as Record<string, new (...args: Call) => unknown>)[name]!;
  if (name === "Training") new made(...args);
  else {
    const result = (made as unknown as (...args: Call) => unknown)(...args);
    if (name === "train") (result as Iterator<unknown>).next();
  }
}

function refusal(name: string, args: Call): core.SteepestError | undefined {
  try {
    run(name, args);
  } catch (error) {
    if (error instanceof core.DefinitionError) return error;
    throw error;
  }
  return undefined;
}

describe("what a factory does not know is refused", () => {
  test("every function of the package is asked, or known to have no options", () => {
    const functions = Object.entries(core).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
    expect(functions.sort()).toEqual([...Object.keys(calls), ...withoutOptions].sort());
  });

  describe.each(Object.entries(calls))("%s", (name, examples) => {
    test.each(examples.map((args, i) => ({ call: i + 1, args })))("call $call", ({ args }) => {
      expect(refusal(name, args)).toBeUndefined();
      const paths = optionPaths(args);
      expect(paths.length).toBeGreaterThan(0);
      for (const path of paths) {
        for (const key of Object.keys(at(args, path))) {
          const error = refusal(name, withKey(args, path, `${key}s`) as Call);
          expect(error?.message, `${path.map(String).join(".")}.${key}s`).toContain(`unknown option "${key}s"`);
          expect(error?.hint).toBe(`did you mean ${key}?`);
        }
        const far = refusal(name, withKey(args, path, "xxxxxxxxxx") as Call);
        expect(far?.message).toContain('unknown option "xxxxxxxxxx", expected one of ');
        expect(far?.hint).toBeUndefined();
      }
    });
  });

  test("the ten that were taken in silence", () => {
    const untyped = (value: object) => value as never;
    const silent: (() => unknown)[] = [
      () => core.mlp(untyped({ widths: [2, 1], activation: "relu", bias: true })),
      () => core.linear(untyped({ inputDim: 2, bias: true })),
      () => core.adam(untyped({ beta1: 0.9, beta2: 0.99, epsilon: 0, weightDecay: 0.1 })),
      () => core.muon(untyped({ ...someMuon, steps: 5 })),
      () => core.steepestDescent(untyped({ norm: norms.l2, normalized: true, momentum: 0.9 })),
      () => core.marginPaced(untyped({ c: 1, warmup: 3 })),
      () => core.constant(untyped({ size: 1, decay: 0.1 })),
      () => core.backtracking(untyped({ relativeSize: 1, tolerance: 0, shrink: 0.5 })),
      () => core.checkTrainOptions(untyped({ ...trainOptions, epochs: 3 })),
      () => core.checkTrainOptions(untyped({ ...trainOptions, data: { ...trainOptions.data, sampleWeight: [1, 2] } })),
    ];
    for (const make of silent) expect(make).toThrow(core.DefinitionError);
  });

  test("a norm in plain TypeScript: a mistyped projectBall is refused, an instance may have fields of its own", () => {
    const plain = { id: "mine", norm: Math.hypot, dualNorm: Math.hypot, lmo: (g: Float64Array) => g } as never as core.PlainNorm;
    expect(() => core.plainNorm({ ...plain, projectOntoBall: 1 } as never)).toThrow('plainNorm: unknown option "projectOntoBall"');
    class Scaled {
      readonly id = "scaled";
      readonly scale = 3;
      norm = () => this.scale;
      dualNorm = () => this.scale;
      lmo = (g: Float64Array) => g;
    }
    expect(core.plainNorm(new Scaled()).id).toBe("scaled");
  });

  test("no options at all: what is expected is said", () => {
    for (const make of [core.adam, core.mlp, core.constant, core.muonSignum]) {
      expect(() => (make as () => unknown)()).toThrow(/^\w+: must be an object with .+, got undefined$/);
    }
    expect(() => core.checkTrainOptions({ ...trainOptions, loss: losses.logistic, stop: 3 as never })).toThrow(
      "stop: must be an object with steps",
    );
  });
});
