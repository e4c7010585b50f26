import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { families } from "../../../src/check/families.js";
import { openSubjects } from "../../../src/check/subjects.js";
import { temporaryFolder } from "../../support/study.js";

/** A module of a definition, of signed momentum with these lines in the place of its own. */
const moduleOf = (memory: string, direction: string): string => {
  const path = join(temporaryFolder(), "mine.mjs");
  const text = `export default ({ momentum = 0.9 } = {}) => ({ id: "mine", norm: "linf", lengthUnit: "unit", memory: ${memory}, direction: ${direction} });`;
  writeFileSync(path, text);
  return path;
};
const mean = '{ mean: { size: "parameters", degree: 1, keeps: momentum } }';
const average =
  "({ gradient, memory: { mean } }) => gradient.map((g, i) => { mean[i] = momentum * mean[i] + (1 - momentum) * g; return -Math.sign(mean[i]); })";

/** The laws of a module that do not hold. */
async function violated(path: string, moduleOptions?: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { asked } = await openSubjects({ choice: path, moduleOptions, chosen: families, patienceSeconds: 1 });
  const results = asked.flatMap((subject) => subject.check(undefined, { seed: 1, profile: "smoke" }));
  expect(results.map(({ family }) => family)).toEqual(results.map(() => "updates"));
  return results.filter(({ verdict }) => verdict === "violated").map(({ law }) => law);
}

test("an optimiser of a module obeys every law of updates, with options and without", async () => {
  expect(await violated(moduleOf(mean, average))).toEqual([]);
  expect(await violated(moduleOf(mean, average), { momentum: 0.5 })).toEqual([]);
});

test.each<[string, string, string, string[]]>([
  ["an epsilon without a unit", "{}", "({ gradient }) => gradient.map((g) => -g / (Math.abs(g) + 1e-3))", ["update-in-any-unit"]],
  [
    "a memory of squares that says the degree 1",
    '{ mean: { size: "parameters", degree: 1, keeps: 0.9 } }',
    "({ gradient, memory: { mean } }) => gradient.map((g, i) => { mean[i] = 0.9 * mean[i] + g * g; return -g / Math.sqrt(mean[i] || 1); })",
    ["update-in-any-unit"],
  ],
  [
    "a count that no memory holds",
    "{}",
    "(() => { const counts = new WeakMap(); return ({ gradient, memory }) => { const n = (counts.get(memory) ?? 0) + 1; counts.set(memory, n); return gradient.map((g) => -n * Math.sign(g)); }; })()",
    ["update-remembers-its-state"],
  ],
])("%s is refuted", async (_name, memory, direction, laws) => {
  expect(await violated(moduleOf(memory, direction))).toEqual(laws);
});

test("options of what takes none are refused", async () => {
  const path = join(temporaryFolder(), "mine.mjs");
  writeFileSync(path, 'export default { id: "mine", lengthUnit: "unit", direction: ({ gradient }) => gradient };');
  await expect(violated(path, { momentum: 0.5 })).rejects.toThrow(/--options: are for a function, and the default export of .* is none/);
});
