import { expect, test } from "vitest";
import { type ArmDefinition, type ExperimentDefinition, expectationFindings, expectationTexts, optimizers } from "../src/index.js";
import { divergedAt, record } from "./record.js";
import { tiny } from "./tiny.js";

const [l2, linf] = ["margin.l2", "margin.linf"];
const steps = [0, 10];
const run = (arm: string, seed: number, last: Readonly<Record<string, number>>) =>
  record(arm, seed, steps, Object.fromEntries(Object.entries(last).map(([probe, value]) => [probe, [0, value]])));
const definition = (arms: Record<string, ArmDefinition> = tiny.arms, probes = [l2, linf]): ExperimentDefinition => ({
  ...tiny,
  arms,
  record: { ...tiny.record, probes },
});
const largest = (which: ExperimentDefinition, records: ReturnType<typeof run>[]) =>
  Object.fromEntries(expectationFindings(which, records).map((finding) => [finding.arm, finding.largest]));

test("each arm is found with the margin that theory expects, where that stands, and whether it ended as the largest", () => {
  const records = [run("gradient", 0, { [l2]: 2, [linf]: 5 }), run("sign", 0, { [l2]: 1, [linf]: 4 })];
  expect(expectationFindings(definition(), records)).toEqual([
    { arm: "gradient", expects: l2, source: expect.stringContaining("theorem 1"), largest: "yes" },
    { arm: "sign", expects: linf, source: expect.stringContaining("theorem 1"), largest: "no: behind gradient" },
  ]);
});

test("seed is compared with seed, and a tie is not ahead", () => {
  const records = [
    run("gradient", 0, { [l2]: 2, [linf]: 5 }),
    run("gradient", 1, { [l2]: 9, [linf]: 7 }),
    run("sign", 0, { [l2]: 2, [linf]: 6 }),
    run("sign", 1, { [l2]: 1, [linf]: 6 }),
  ];
  expect(largest(definition(), records)).toEqual({
    gradient: "no for 1 of 2 seeds: behind sign",
    sign: "no for 1 of 2 seeds: behind gradient",
  });
});

test("arms that expect the same are not ranked; an arm is judged by the optimiser it ends with", () => {
  const later = { ...tiny.arms.gradient!, phases: [{ when: "separation", optimizer: tiny.arms.sign!.optimizer }] } as const;
  const records = [
    run("gradient", 0, { [l2]: 2, [linf]: 1 }),
    run("sign", 0, { [l2]: 1, [linf]: 4 }),
    run("later", 0, { [l2]: 1, [linf]: 8 }),
  ];
  expect(largest(definition({ ...tiny.arms, later }), records)).toEqual({
    gradient: "yes",
    sign: "yes, beside arms that expect the same",
    later: "yes, beside arms that expect the same",
  });
  expect(largest(definition({ sign: tiny.arms.sign!, later }), records.slice(1))).toEqual({
    sign: "nothing to compare with",
    later: "nothing to compare with",
  });
});

test("what was not recorded, or has no end, is said; a rival without an end is not ahead", () => {
  const records = [run("gradient", 0, { [l2]: 2 }), { ...run("sign", 0, { [l2]: 9 }), outcome: divergedAt(11) }];
  expect(largest(definition(undefined, [l2]), records)).toEqual({ gradient: "yes", sign: "not recorded" });
  expect(largest(definition(), records)).toMatchObject({ sign: "no: has no end" });
});

test("the texts of the list come from the optimisers themselves, each source once", () => {
  expect(expectationTexts("steepest")).toEqual([
    expect.stringMatching(/^margin\.l2, margin\.linf, margin\.l1, margin\.spectral \(Tsilivis/),
  ]);
  expect(expectationTexts("adam")).toEqual([expect.stringMatching(/^margin\.linf \(.*epsilon/)]);
  for (const { schema, examples = [] } of Object.values(optimizers))
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
});
