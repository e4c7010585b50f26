import type { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { words } from "../../../core/src/check/foreignWords.js";
import { datasets, networks, optimizers, parseDefinition, stepRules } from "../../src/index.js";
import { changed, tiny } from "../support/tiny.js";

const plain = { ...tiny, claims: [], figure: [] };

function hintAt(at: string, value: unknown, word: string): string | undefined {
  try {
    parseDefinition(changed(plain, at, value));
  } catch (error) {
    return (error as DefinitionError).issues.find(({ message }) => message.includes(`.${word}: unknown key`))?.hint;
  }
  return undefined;
}

type Registry = Readonly<Record<string, { readonly schema: unknown; readonly examples: readonly unknown[] }>>;
const registries: readonly (readonly [at: string, Registry])[] = [
  ["arms/sign/optimizer", optimizers as unknown as Registry],
  ["arms/sign/step", stepRules as unknown as Registry],
  ["network", networks as unknown as Registry],
  ["dataset", datasets as unknown as Registry],
];
const keysOf = ({ schema }: Registry[string]): string[] => Object.keys((schema as { readonly shape: object }).shape);
const members = registries.flatMap(([at, registry]) => Object.keys(registry).map((kind) => ({ at, kind, registry })));

describe("words of other libraries as keys of a definition", () => {
  test.each(members)("$at $kind: what is advised is a key there, or of the kinds that are named", ({ at, kind, registry }) => {
    const [example] = registry[kind]!.examples;
    const own = keysOf(registry[kind]!);
    for (const word of words.keys()) {
      const hint = hintAt(at, { ...(example as object), [word]: 1 }, word);
      const [, named, owners] = /^written as ((?:"\w+"(?: and )?)+)(?:, of (.*))?/.exec(hint ?? "") ?? [];
      if (named === undefined) continue;
      for (const key of named.split(" and ").map((text) => JSON.parse(text) as string)) {
        for (const owner of owners?.split(", ") ?? []) expect(keysOf(registry[owner]!), `${word}: ${hint}`).toContain(key);
        if (owners === undefined) expect(own, `${word}: ${hint}`).toContain(key);
        else expect(own).not.toContain(key);
      }
    }
  });

  const withDecay = "heavyBall, momentum, signum, muon, adamW, lion, decoupledDecay, coupledDecay";
  const atArm = 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }';
  test.each([
    ["adamW", "weightDecay", 'written as "decay"'],
    ["muon", "weight_decay", 'written as "decay"'],
    ["signum", "wd", 'written as "decay"'],
    ["heavyBall", "wd", 'written as "decay"'],
    ["lion", "weight_decay", 'written as "decay"'],
    ["adam", "weight_decay", `written as "decay", of ${withDecay}`],
    ["rmsProp", "weight_decay", undefined],
    ["rmsProp", "alpha", 'written as "decay"'],
    ["adam", "betas", 'written as "beta1" and "beta2"'],
    ["lion", "betas", 'written as "beta1" and "beta2"'],
    ["muon", "betas", 'written as "beta1" and "beta2", of adam, adamW, lion, soap'],
    ["shampoo", "eps", 'written as "epsilon"'],
    ["lion", "eps", 'written as "epsilon", of adam, adamW, rmsProp, adaGrad, shampoo, soap'],
    ["adam", "lr", atArm],
    ["muon", "ns_steps", 'written as "orthogonalization"'],
    ["steepest", "momentum", expect.stringMatching(/^"momentum" belongs to heavyBall, momentum, signum/)],
  ])("optimizer %s, %s", (kind, word, hint) => {
    const [example] = optimizers[kind as keyof typeof optimizers].examples;
    const got = hintAt("arms/sign/optimizer", { ...example, [word]: 1 }, word);
    if (hint === undefined) expect(got ?? "").not.toMatch(/decay"(?!,? of)/);
    else expect(got).toEqual(hint);
  });

  test.each([
    ["arms/sign/step", { rule: "constant", lr: 0.1 }, "lr", 'written as "size"'],
    ["dataset", { kind: "points", n: 3 }, "n", /^written as "trainSize", of /],
    ["network", { kind: "linear", width: 3 }, "width", /^written as "hidden", of mlp$/],
    ["network/init", { law: "normalFanIn", std: 1 }, "std", /^written as "scale"/],
    ["arms/sign/batch", { lr: 3 }, "lr", atArm],
    ["arms/sign/batch", { batch_size: 3 }, "batch_size", 'written as "size"'],
  ] as const)("%s: %j", (at, value, word, hint) => expect(hintAt(at, value, word)).toMatch(hint));
});

describe("words of other libraries as values", () => {
  const firstHint = (at: string, value: unknown): string | undefined => {
    try {
      parseDefinition(changed(plain, at, value));
    } catch (error) {
      return (error as DefinitionError).issues[0]?.hint;
    }
    return undefined;
  };
  const places = [
    "arms/sign/optimizer/norm",
    "network/activation",
    "network/init/law",
    "loss/kind",
    "loss/reduction",
    "dataset/kind",
    "network/kind",
    "arms/sign/step/rule",
  ];

  test.each(places)("%s: what is advised to write is accepted there", (at) => {
    for (const word of words.keys()) {
      const [, written] = /^write ("\w+"|\{ "\w+": [\d.]+ \})/.exec(firstHint(at, word) ?? "") ?? [];
      if (written === undefined) continue;
      const refusals = firstHint(at, JSON.parse(written)) ?? "";
      expect(refusals, `${word}: ${written}`).not.toMatch(/^(write|did you mean|must be one of)/);
    }
  });

  test("a word of activations is none of data or step rules", () => {
    expect(firstHint("dataset/kind", "linear") ?? "").not.toMatch(/identity/);
    expect(firstHint("arms/sign/step/rule", "max") ?? "").not.toMatch(/linf/);
    expect(firstHint("network/activation", "linear")).toBe('write "identity"');
  });
});
