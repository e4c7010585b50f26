import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import * as core from "../../src/index.js";
import { checkTrainOptions, factories } from "../../src/internal.js";
import { type Call, callsWithOptions, callsWithoutOptions, someMuon, trainOptions } from "../support/exampleCalls.js";

const { norms, losses } = core;
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

/** The calls that made the examples of the registries of optimisers and layers, by factory. */
function exampleCalls(): Record<string, readonly Call[]> {
  const made = [...Object.values(core.optimizers), ...Object.values(core.layerKinds)].flatMap(({ examples }) =>
    Object.values<object>(examples(0)),
  );
  const recipes = made.map((part) => core.recipeOf(part)!).filter(({ args }) => optionPaths(args).length > 0);
  return Object.fromEntries(
    recipes.map(({ factory }) => [factory, recipes.filter((recipe) => recipe.factory === factory).map(({ args }) => args)]),
  );
}

const ofExamples = exampleCalls();
const calls: Readonly<Record<string, readonly Call[]>> = Object.fromEntries(
  Object.keys({ ...ofExamples, ...callsWithOptions }).map((name) => [
    name,
    [...(callsWithOptions[name] ?? []), ...(ofExamples[name] ?? [])],
  ]),
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
  /** Factories of registries that take nothing have no options. */
  const withoutArguments = Object.entries(factories).flatMap(([name, make]) => (make.length === 0 && name in core ? [name] : []));

  test("every function of the package is asked, or known to have no options", () => {
    const functions = Object.entries(core).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
    expect(functions.sort()).toEqual(
      [...new Set([...Object.keys(calls), ...Object.keys(callsWithoutOptions), ...withoutArguments])].sort(),
    );
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
      () => core.linear(untyped({ inputDim: 2, activation: "relu" })),
      () => core.dense(untyped({ units: 2, activation: "relu" })),
      () => core.conv2d(untyped({ channels: 2, size: 3, dilation: 2 })),
      () => core.maxPool(untyped({ size: 2, padding: 1 })),
      () => core.averagePool(untyped({ size: 2, padding: 1 })),
      () => core.globalPool(untyped({ of: "max", keepdim: true })),
      () => core.diagonal(untyped({ units: 2 })),
      () => core.maxout(untyped({ pieces: 2, units: 2 })),
      () => core.branches(untyped({ sum: [[], []], scale: 2 })),
      () => core.layers(untyped({ input: 2, layers: [core.dense({ units: 1 })], bias: true })),
      () => core.adam(untyped({ beta1: 0.9, beta2: 0.99, epsilon: 0, weightDecay: 0.1 })),
      () => core.muon(untyped({ ...someMuon, steps: 5 })),
      () => core.steepestDescent(untyped({ norm: norms.l2, normalized: true, momentum: 0.9 })),
      () => core.marginPaced(untyped({ c: 1, warmup: 3 })),
      () => core.constant(untyped({ size: 1, decay: 0.1 })),
      () => core.backtracking(untyped({ relativeSize: 1, tolerance: 0, shrink: 0.5 })),
      () => checkTrainOptions(untyped({ ...trainOptions, epochs: 3 })),
      () => checkTrainOptions(untyped({ ...trainOptions, data: { ...trainOptions.data, sampleWeight: [1, 2] } })),
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

  test("data that a caller hands over beside options: an expectation, and the choice for a layer", () => {
    const optimizer = core.signum({ momentum: 0 });
    expect(() => core.decoupledDecay(optimizer, 0.1, { margin: undefined, source: "mine", grow: true } as never)).toThrow(
      expect.objectContaining({ path: "expectation.grow", hint: "did you mean grows?" }),
    );
    const mine = core.byLayer("mine", () => ({ optimizer, scale: 1, scal: 2 }) as never, "a source");
    expect(() => mine.plan(new ArenaPlan(), { length: 2, blocks: [{ offset: 0, rows: 1, columns: 2 }] })).toThrow(
      expect.objectContaining({ path: "choose().scal", hint: "did you mean scale?" }),
    );
  });

  test("no options at all: what is expected is said", () => {
    for (const make of [core.adam, core.mlp, core.constant, core.muonSignum]) {
      expect(() => (make as () => unknown)()).toThrow(/^\w+: must be an object with .+, got undefined$/);
    }
    expect(() => checkTrainOptions({ ...trainOptions, loss: losses.logistic, stop: 3 as never })).toThrow(
      "stop: must be an object with steps",
    );
  });

  test.each([
    ["weightDecay", "decoupledDecay(optimizer, lambda)"],
    ["weight_decay", "decoupledDecay(optimizer, lambda)"],
    ["wd", "decoupledDecay(optimizer, lambda)"],
    ["eps", "written as epsilon"],
    ["betas", "written as beta1 and beta2"],
    ["lr", "step: constant({ size: 0.01 })"],
  ])("a word of another library is told by its name here: %s", (word, advice) => {
    expect(() => core.adam({ beta1: 0, beta2: 0, epsilon: 0, [word]: 1 } as never)).toThrow(
      expect.objectContaining({ path: `adam.${word}`, hint: expect.stringContaining(advice) }),
    );
  });
});
