import { expect, test } from "vitest";
import {
  type ArmDefinition,
  type ExperimentDefinition,
  expectationFindings,
  expectationTexts,
  optimizers,
  type RunRecord,
  verdicts,
} from "../../src/index.js";
import { divergedAt, record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

const [l2, linf] = ["margin.l2", "margin.linf"];
const steps = [0, 10];
/** A run that separated the data at step 5 and went on to log risk -10. */
const run = (arm: string, seed: number, last: Readonly<Record<string, number>>) =>
  record(
    arm,
    seed,
    steps,
    { logRisk: [1, -10], ...Object.fromEntries(Object.entries(last).map(([probe, value]) => [probe, [0, value]])) },
    { separationStep: 5 },
  );
const definition = (arms: Record<string, ArmDefinition> = tiny.arms, probes = ["logRisk", l2, linf]): ExperimentDefinition => ({
  ...tiny,
  arms,
  record: { ...tiny.record, probes },
});
const largest = (which: ExperimentDefinition, records: readonly RunRecord[]) =>
  Object.fromEntries(expectationFindings(which, records).map((finding) => [finding.arm, finding.largest]));

test("each arm is found with the margin that theory expects, where that stands, and whether it is the largest at the same log risk", () => {
  const records = [run("gradient", 0, { [l2]: 2, [linf]: 5 }), run("sign", 0, { [l2]: 1, [linf]: 4 })];
  expect(expectationFindings(definition(), records)).toEqual([
    { arm: "gradient", expects: l2, source: expect.stringContaining("theorem 1"), largest: "yes, at log risk -10" },
    { arm: "sign", expects: linf, source: expect.stringContaining("theorem 1"), largest: "no: behind gradient, at log risk -10" },
  ]);
});

test("seed is compared with seed, and a tie is not the largest", () => {
  const records = [
    run("gradient", 0, { [l2]: 2, [linf]: 5 }),
    run("gradient", 1, { [l2]: 9, [linf]: 7 }),
    run("sign", 0, { [l2]: 2, [linf]: 6 }),
    run("sign", 1, { [l2]: 1, [linf]: 6 }),
  ];
  expect(largest(definition(), records)).toEqual({
    gradient: "no for 1 of 2 seeds: level with sign, at log risk -10",
    sign: "no for 1 of 2 seeds: behind gradient, at log risk -10",
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
    gradient: "yes, at log risk -10",
    sign: "yes, beside arms that expect the same, at log risk -10",
    later: "yes, beside arms that expect the same, at log risk -10",
  });
  expect(largest(definition({ sign: tiny.arms.sign!, later }), records.slice(1))).toEqual({
    sign: "nothing to compare with",
    later: "nothing to compare with",
  });
});

test("an arm that did not separate the data is not judged, and not ahead of those that did", () => {
  const unseparated = { ...run("sign", 0, { [l2]: 9, [linf]: 9 }), separationStep: undefined };
  expect(largest(definition(), [run("gradient", 0, { [l2]: 2 }), unseparated])).toEqual({
    gradient: "not judged: no rival separated",
    sign: "not judged: not separated",
  });
  const third = { ...tiny.arms, third: tiny.arms.sign! };
  expect(largest(definition(third), [run("gradient", 0, { [l2]: 2 }), unseparated, run("third", 0, { [l2]: 1 })])).toMatchObject({
    gradient: "yes, at log risk -10",
  });
});

test("the margins are compared where the arms have the same log risk, not where each of them stopped", () => {
  // sign goes on to log risk -100, where its l2 margin is larger; at -10, half way from -5 to -15, it is 2
  const gradient = run("gradient", 0, { [l2]: 2.5, [linf]: 1 });
  const columns = { logRisk: [1, -5, -15, -100], [l2]: [0, 1, 3, 30], [linf]: [0, 4, 8, 8] };
  const sign = record("sign", 0, [0, 5, 7, 10], columns, { separationStep: 5 });
  expect(largest(definition(), [gradient, sign])).toEqual({ gradient: "yes, at log risk -10", sign: "yes, at log risk -10" });
  const lower = run("gradient", 0, { [l2]: 1.9, [linf]: 5.9 });
  expect(largest(definition(), [lower, sign])).toEqual({ gradient: "no: behind sign, at log risk -10", sign: "yes, at log risk -10" });
  expect(largest(definition(), [run("gradient", 0, { [l2]: 1, [linf]: 6.1 }), sign]).sign).toBe("no: behind gradient, at log risk -10");
});

test("what was not recorded, has no value or diverged is said; a rival without a value is not ahead", () => {
  const [gradient, sign] = [run("gradient", 0, { [l2]: 2 }), run("sign", 0, { [l2]: 1, [linf]: 3 })];
  expect(largest(definition(undefined, ["logRisk", l2]), [gradient, sign])).toEqual({
    gradient: "yes, at log risk -10",
    sign: "not judged: margin.linf is not recorded",
  });
  expect(largest(definition(undefined, [l2, linf]), [gradient, sign]).gradient).toBe("not judged: logRisk is not recorded");
  expect(largest(definition(), [gradient, { ...sign, outcome: divergedAt(11) }])).toEqual({
    gradient: "not judged: no rival separated",
    sign: "not judged: diverged",
  });
  expect(largest(definition(), [run("gradient", 0, { [l2]: Number.NaN, [linf]: Number.NaN }), sign])).toEqual({
    gradient: "not judged: no value",
    sign: "yes, at log risk -10",
  });
  expect(largest(definition(), [gradient]).sign).toBe("not judged: no run");
});

test("seeds that cannot be judged are counted beside those that can", () => {
  const records = [0, 1, 2].flatMap((seed) => [run("gradient", seed, { [l2]: 2 }), run("sign", seed, { [l2]: 1, [linf]: 3 })]);
  const one = records.map((entry) => (entry.seed === 1 && entry.arm === "gradient" ? { ...entry, separationStep: undefined } : entry));
  expect(largest(definition(), one)).toEqual({
    gradient: "yes, at log risk -10; 1 of 3 seeds not judged: not separated",
    sign: "yes, at log risk -10; 1 of 3 seeds not judged: no rival separated",
  });
});

test("whoever has exactly as much is not called ahead, and is told beside those that are", () => {
  const arms = { ...tiny.arms, third: tiny.arms.sign!, fourth: tiny.arms.sign! };
  const records = [
    run("gradient", 0, { [l2]: 2, [linf]: 1 }),
    run("sign", 0, { [l2]: 2, [linf]: 3 }),
    run("third", 0, { [l2]: 3, [linf]: 3 }),
    run("fourth", 0, { [l2]: 1, [linf]: 3 }),
  ];
  expect(largest(definition(arms), records).gradient).toBe("no: behind third, level with sign, at log risk -10");
});

test("a log risk above -5 is too early, and the arm that came no deeper is named", () => {
  const at = (logRisk: number, seed = 0) => [
    record("gradient", seed, steps, { logRisk: [1, logRisk], [l2]: [0, 2], [linf]: [0, 1] }, { separationStep: 5 }),
    run("sign", seed, { [l2]: 1, [linf]: 3 }),
  ];
  expect(largest(definition(), at(-3.773))).toEqual({
    gradient: "not judged: too early, log risk -3.773 is as deep as gradient came",
    sign: "not judged: too early, log risk -3.773 is as deep as gradient came",
  });
  expect(largest(definition(), at(-5)).gradient).toBe("yes, at log risk -5");
  expect(largest(definition(), [...at(-4.9), ...at(-4.5, 1), ...at(-6, 2)]).sign).toBe(
    "yes, at log risk -6; 2 of 3 seeds not judged: too early, log risk -4.9 .. -4.5 is as deep as gradient came",
  );
});

test("perfect accuracy without separation is explained by the loss of one sample at score 0", () => {
  const unseparated = record("sign", 0, steps, { logRisk: [1, 0.4], [l2]: [0, 1], [linf]: [0, 1] }, { perfectAccuracyStep: 4 });
  const records = [run("gradient", 0, { [l2]: 2, [linf]: 1 }), unseparated];
  const told = (kind: "logistic" | "exponential") => largest({ ...definition(), loss: { kind, reduction: "sum" } }, records).sign;
  expect(told("exponential")).toBe("not judged: not separated (every sample was right, but the log risk never below 0)");
  // Python: log(log(2)) = -0.36651292058166435
  expect(told("logistic")).toBe("not judged: not separated (every sample was right, but the log risk never below -0.3665)");
});

test("the texts of the list come from the optimisers themselves, each source once", () => {
  expect(expectationTexts("steepest")).toEqual([
    expect.stringMatching(/^margin\.l2, margin\.linf, margin\.l1, margin\.spectral \(Tsilivis/),
  ]);
  expect(expectationTexts("adam")).toEqual([expect.stringMatching(/^margin\.linf \(.*epsilon/)]);
  for (const { schema, examples = [] } of Object.values(optimizers))
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
});

test("of arms whose steps do not see all samples nothing is expected, and the reason is said", () => {
  const { sign } = tiny.arms;
  const withBatch = (batch: ArmDefinition["batch"]): ArmDefinition => ({ ...sign!, ...(batch && { batch }) });
  const whole = { size: 10, order: "shuffled" } as const; // the training samples of the tiny experiment
  const arms = {
    whole: withBatch(whole),
    mini: withBatch({ ...whole, size: 9 }),
    drawn: withBatch({ ...whole, order: "withReplacement" }),
    fresh: withBatch({ fresh: 64 }),
    reduced: withBatch({ ...whole, size: 5, varianceReduced: {} }),
  };
  const findings = (changes: object = {}) =>
    Object.fromEntries(
      expectationFindings({ ...definition(arms), ...changes }, [run("whole", 0, { [linf]: 1 }), run("mini", 0, { [linf]: 2 })]).map(
        ({ arm, expects, source, largest }) => [arm, { expects, source, largest }],
      ),
    );
  const none = "not expected: steps see mini-batches";
  expect(findings()).toEqual({
    whole: { expects: linf, source: expect.stringContaining("theorem 1"), largest: "no: behind mini, at log risk -10" },
    mini: { expects: none, source: expect.stringContaining("2602.11557"), largest: "-" },
    drawn: { expects: none, source: expect.stringContaining("without momentum only full batches"), largest: "-" },
    fresh: { expects: none, source: expect.stringContaining("fresh samples at every step"), largest: "-" },
    reduced: { expects: none, source: expect.stringContaining("linear models only"), largest: "-" },
  });
  const linear = { network: { kind: "linear", init: tiny.network.init } };
  expect(findings(linear).reduced!.expects).toBe(linf);
  expect(findings(linear).mini!.expects).toBe(none);
});

test("a claim of what the theorems say is a conjecture where steps see mini-batches", () => {
  const arms = { ...tiny.arms, sign: { ...tiny.arms.sign!, batch: { fresh: 4 } } } as const;
  const claims = [
    { best: "sign", of: linf, at: "end" },
    { best: "gradient", of: l2, at: "end" },
  ] as const;
  const records = [0, 1].flatMap((seed) => Object.keys(arms).map((arm) => run(arm, seed, { [l2]: 1, [linf]: 1 })));
  const expected = verdicts({ ...definition(arms), claims }, records).map((verdict) => verdict.expected);
  expect(expected[0]).toMatch(/\(a conjecture: steps see mini-batches\)$/);
  expect(expected[1]).not.toContain("conjecture");
});
