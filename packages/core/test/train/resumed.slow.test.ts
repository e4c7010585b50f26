import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, Training, type TrainOptions } from "../../src/index.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";
import { everyBatch, everyStepRule, measuredRun, type Part, runInParts } from "../support/interrupted.js";

const sequences = Number(process.env.STEEPEST_SEQUENCES ?? 10_000);
const seed = Number(process.env.STEEPEST_SEED ?? 0);
const optimizers = Object.entries(everyOptimizer);
const rules = Object.entries(everyStepRule);
const batches = Object.entries(everyBatch);

const index = (list: readonly unknown[]) => fc.nat({ max: list.length - 1 });
const when: fc.Arbitrary<Condition> = fc.oneof(
  fc.nat({ max: 40 }).map((step) => ({ step })),
  fc.constantFrom<Condition>("perfectAccuracy", "separation", { logRiskBelow: 0 }, { logRiskBelow: -3 }),
);
const phase = fc.record({ when, optimizer: fc.option(index(optimizers)), step: fc.option(index(rules)) });
const part: fc.Arbitrary<Part> = fc.record({ upTo: fc.nat({ max: 44 }), how: fc.constantFrom("break", "stop") });

/** Any run: optimiser, step rule, phases, samples, and where it is broken off or stopped. */
const anyRun = fc.record({
  optimizer: index(optimizers),
  step: index(rules),
  phases: fc.array(phase, { maxLength: 3 }),
  batch: fc.option(index(batches)),
  seed: fc.nat({ max: 1000 }),
  perDecade: fc.integer({ min: 1, max: 12 }),
  steps: fc.integer({ min: 1, max: 45 }),
  logRiskBelow: fc.option(fc.integer({ min: -8, max: 2 }), { nil: undefined }),
  host: index(hosts),
  parts: fc.array(part, { minLength: 1, maxLength: 5 }),
});

/** The options of a run, if its parts fit each other. */
function optionsOf(run: typeof anyRun extends fc.Arbitrary<infer R> ? R : never): TrainOptions | undefined {
  const phases = run.phases
    .filter(({ optimizer, step }) => optimizer !== null || step !== null)
    .map(({ when: moment, optimizer, step }) => ({
      when: moment,
      ...(optimizer !== null && { optimizer: optimizers[optimizer]![1] }),
      ...(step !== null && { step: rules[step]![1] }),
    }));
  const options = measuredRun(optimizers[run.optimizer]![1], rules[run.step]![1], {
    phases,
    seed: run.seed,
    stop: { steps: run.steps, logRiskBelow: run.logRiskBelow },
    ...(run.batch !== null && { batch: batches[run.batch]![1] }),
  });
  try {
    new Training(options, hosts[run.host]!);
    return options;
  } catch {
    return undefined;
  }
}

test(`${sequences} random sequences of interruptions, resumptions and extensions change no bit of a run, seed ${seed}`, () => {
  let made = 0;
  for (let round = 0; made < sequences; round++) {
    for (const run of fc.sample(anyRun, { numRuns: 500, seed: seed + round })) {
      const options = optionsOf(run);
      if (!options || made >= sequences) continue;
      made++;
      const schedule = { perDecade: run.perDecade };
      const parts = run.parts.filter(({ upTo }) => upTo < run.steps).sort((a, b) => a.upTo - b.upTo);
      const host = hosts[run.host]!;
      expect(runInParts(options, schedule, host, parts), JSON.stringify({ seed: seed + round, run })).toEqual(
        runInParts(options, schedule, host, []),
      );
    }
  }
  expect(made).toBe(sequences);
}, 3_600_000);
