import { readFileSync } from "node:fs";
import { losses, norms } from "@steepest/core";
import { datasets, networks, optimizers, stepRules } from "@steepest/experiments";
import { expect, test } from "vitest";
import { askedMembers, membersOf } from "./members.mjs";

test.each([
  [["core/src/norm/registry.ts"], norms],
  [["core/src/loss/registry.ts"], losses],
  [["experiments/src/optimizer/members.ts", "experiments/src/optimizer/registry.ts"], optimizers],
  [["experiments/src/step/registry.ts"], stepRules],
  [["experiments/src/dataset/registry.ts"], datasets],
  [["core/src/network/registry.ts"], networks],
])("the members of %s are found in its text", (paths, registry) => {
  const texts = paths.map((path) => readFileSync(new URL(`../packages/${path}`, import.meta.url), "utf8"));
  expect(texts.flatMap(membersOf)).toEqual(expect.arrayContaining(Object.keys(registry)));
});

const ids = new Set(["xor", "steepest", "linear"]);

test.each([
  'if (data.kind === "xor") draw();',
  'if (optimizer.kind !== "steepest") return optimizer;',
  'const isXor = "xor" === kind;',
  '    case "xor":',
  'if (rulesFor(optimizer).includes("steepest")) go();',
  'const separated = new Set<RaceData["kind"]>(["moons", "xor"]);',
  'return networkOf(setup.kind) === "linear";',
])("a host that asks which member it has is found: %s", (code) => {
  expect(askedMembers(`\n${code}`, ids)).toEqual([{ line: 2, id: expect.stringMatching(/^(xor|steepest|linear)$/) }]);
});

test.each([
  'const start = { kind: "xor", noise: 0.1 };',
  'if (scale === "linear") return;',
  'if (data.kind === "file") return;',
  'const shown = "steepest" + name;',
])("a choice of one, or another word, is none: %s", (code) => {
  expect(askedMembers(code, ids)).toEqual([]);
});
