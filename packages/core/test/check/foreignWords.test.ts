import { describe, expect, test } from "vitest";
import { words } from "../../src/check/foreignWords.js";
import * as core from "../../src/index.js";
import { callsWithOptions } from "../support/exampleCalls.js";

const factories = Object.entries(callsWithOptions).filter(([name]) => !["Training", "train"].includes(name));
const make = (name: string, args: readonly unknown[]): unknown =>
  (core as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!(...args);

/** The refusal of a word in the options of a factory; undefined where it is an option of it. */
function refused(name: string, word: string): { readonly hint: string | undefined; readonly known: readonly string[] } | undefined {
  const [call] = callsWithOptions[name]!;
  const at = call!.findLastIndex((arg) => typeof arg === "object" && arg !== null && Object.getPrototypeOf(arg) === Object.prototype);
  try {
    make(name, call!.with(at, { ...(call![at] as object), [word]: 1 }));
  } catch (error) {
    if (!(error instanceof core.DefinitionError)) throw error;
    const [, known] = /unknown option ".*", expected one of (.*)$/.exec(error.message) ?? [];
    if (known !== undefined) return { hint: error.hint, known: known.split(", ") };
  }
  return undefined;
}

const optionsOf = (name: string): readonly string[] => refused(name, "xxxxxxxxxx")?.known ?? [];

describe("words of other libraries", () => {
  test.each(factories.map(([name]) => name))(
    "in the options of %s: what is advised is an option there, or of the factories that are named",
    (name) => {
      for (const word of words.keys()) {
        const { hint = "", known } = refused(name, word) ?? { known: [] };
        const [, here] = /^written as (.*)$/.exec(hint) ?? [];
        for (const option of here?.split(" and ") ?? []) expect(known, `${word}: ${hint}`).toContain(option);
        const [, owners, named = word] = /^(?:an option|options) of ([\w, ]+?)(?:: (.*))?$/.exec(hint) ?? [];
        for (const owner of owners?.split(/, | and /) ?? []) {
          for (const option of named.split(" and ")) expect(optionsOf(owner), `${word}: ${hint}`).toContain(option);
        }
        if (owners !== undefined) for (const option of named.split(" and ")) expect(known).not.toContain(option);
      }
    },
  );

  const decoupled = "decoupled decay wraps an optimizer: decoupledDecay(optimizer, lambda), which with adam is adamW";
  const ofRule = "the step rule holds it: step: constant({ size: 0.01 })";
  test.each([
    ["adamW", "weightDecay", "written as decay"],
    ["adamW", "weight_decay", "written as decay"],
    ["adamW", "WD", "written as decay"],
    ["adam", "weightDecay", decoupled],
    ["muon", "weight_decay", decoupled],
    ["signum", "wd", decoupled],
    ["heavyBall", "wd", decoupled],
    ["lion", "weight_decay", decoupled],
    ["rmsProp", "weight_decay", decoupled], // its `decay` is alpha, of the second moments
    ["rmsProp", "alpha", "written as decay"],
    ["rmsProp", "rho", "written as decay"],
    ["adam", "betas", "written as beta1 and beta2"],
    ["adamW", "betas", "written as beta1 and beta2"],
    ["lion", "betas", "written as beta1 and beta2"],
    ["lion", "b1", "written as beta1"],
    ["muon", "betas", "options of adam, adamW and lion: beta1 and beta2"],
    ["adam", "eps", "written as epsilon"],
    ["shampoo", "eps", "written as epsilon"],
    ["lion", "eps", "an option of adam, adamW, rmsProp, adaGrad and shampoo: epsilon"],
    ["adam", "lr", ofRule],
    ["muon", "learning_rate", ofRule],
    ["constant", "lr", "written as size"],
    ["lossBased", "learningRate", "written as size"],
    ["lossBased", "roll", "written as rollback"],
    ["marginPaced", "lr", ofRule],
    ["steepestDescent", "momentum", "an option of momentumDescent, heavyBall, signum, muon, scion and rmsProp"],
    ["muon", "steps", "written as orthogonalization"],
    ["muon", "std", undefined], // its `scale` is a length of steps, not one of weights
  ])("%s, %s", (name, word, hint) => expect(refused(name, word)?.hint).toBe(hint));
});
