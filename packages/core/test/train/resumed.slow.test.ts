import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, DefinitionError, type TrainOptions } from "../../src/index.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";
import { everyBatch, everyStepRule, measuredRun, type Part, runInParts, type Shown } from "../support/interrupted.js";

const sequences = Number(process.env.STEEPEST_SEQUENCES ?? 10_000);
const seed = Number(process.env.STEEPEST_SEED ?? 0);
const optimizers = Object.entries(everyOptimizer);
const rules = Object.entries(everyStepRule);
const batches = Object.entries(everyBatch);

const index = (list: readonly unknown[]) => fc.nat({ max: list.length - 1 });
const when: fc.Arbitrary<Condition> = fc.oneof(
  fc.nat({ max: 25 }).map((step) => ({ step })),
  fc.constantFrom<Condition>("perfectAccuracy", "separation", { logRiskBelow: 0 }, { logRiskBelow: -3 }),
);
const phase = fc.record({ when, optimizer: fc.option(index(optimizers)), step: fc.option(index(rules)) });
const part: fc.Arbitrary<Part> = fc.record({ upTo: fc.nat({ max: 29 }), how: fc.constantFrom("break", "stop") });

/** Any run: optimiser, step rule, phases, samples, and where it is broken off or stopped. */
const anyRun = fc.record({
  optimizer: index(optimizers),
  step: index(rules),
  phases: fc.array(phase, { maxLength: 3 }),
  batch: fc.option(index(batches)),
  seed: fc.nat({ max: 1000 }),
  perDecade: fc.integer({ min: 1, max: 9 }),
  steps: fc.integer({ min: 1, max: 30 }),
  logRiskBelow: fc.option(fc.integer({ min: -8, max: 2 }), { nil: undefined }),
  measured: fc.nat({ max: 3 }),
  host: index(hosts),
  parts: fc.array(part, { minLength: 1, maxLength: 5 }),
});

type AnyRun = typeof anyRun extends fc.Arbitrary<infer R> ? R : never;

function optionsOf(run: AnyRun): TrainOptions {
  const phases = run.phases
    .filter(({ optimizer, step }) => optimizer !== null || step !== null)
    .map(({ when: moment, optimizer, step }) => ({
      when: moment,
      ...(optimizer !== null && { optimizer: optimizers[optimizer]![1] }),
      ...(step !== null && { step: rules[step]![1] }),
    }));
  return measuredRun(optimizers[run.optimizer]![1], rules[run.step]![1], {
    phases,
    seed: run.seed,
    stop: { steps: run.steps, logRiskBelow: run.logRiskBelow },
    ...(run.batch !== null && { batch: batches[run.batch]![1] }),
    ...(run.measured > 0 && { measure: [] }),
  });
}

/** The run without interruption; undefined if its parts do not fit each other. */
function wholeRun(options: TrainOptions, perDecade: number, host: (typeof hosts)[number]): Shown | undefined {
  try {
    return runInParts(options, { perDecade }, host, []);
  } catch (error) {
    if (error instanceof DefinitionError) return undefined;
    throw error;
  }
}

test(`${sequences} random sequences of interruptions, resumptions and extensions change no bit of a run, seed ${seed}`, () => {
  let made = 0;
  for (let round = 0; made < sequences; round++) {
    for (const run of fc.sample(anyRun, { numRuns: 500, seed: seed + round })) {
      if (made >= sequences) break;
      const options = optionsOf(run);
      const host = hosts[run.host]!;
      const whole = wholeRun(options, run.perDecade, host);
      if (!whole) continue;
      made++;
      const parts = run.parts.filter(({ upTo }) => upTo < run.steps).sort((a, b) => a.upTo - b.upTo);
      expect(runInParts(options, { perDecade: run.perDecade }, host, parts), JSON.stringify({ seed: seed + round, run })).toEqual(whole);
    }
  }
  expect(made).toBe(sequences);
}, 3_600_000);
