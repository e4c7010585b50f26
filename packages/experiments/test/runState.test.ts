import type { TrainWarning } from "@steepest/core";
import { canonicalJson, decodeJson, type KeptState, Training } from "@steepest/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { execute, isBeginningOf, type Row, type RunDefinition, type RunEnd, type RunState, runsOf } from "../src/index.js";
import { binary } from "./support/hosts.js";
import { noFiles, tiny } from "./support/tiny.js";

const run = (changes: object = {}, arm: object = {}): RunDefinition =>
  runsOf({ ...tiny, arms: { sign: { ...tiny.arms.sign!, ...arm } }, ...changes } as never)[0]!.run;

interface Made {
  readonly rows: readonly Row[];
  readonly warnings: readonly TrainWarning[];
  readonly end: RunEnd | undefined;
  readonly state: RunState | undefined;
}

/** A run from a state, up to where it is at rest after so many steps, or to its end, whose state is kept too. */
async function make(run: RunDefinition, from?: RunState, upTo = Number.POSITIVE_INFINITY): Promise<Made> {
  const [rows, warnings]: [Row[], TrainWarning[]] = [[], []];
  let state: RunState | undefined;
  let count = 0;
  const events = execute(run, { kernels: binary, files: noFiles, bestRatio: async () => 0.5 }, undefined, {
    from,
    atRest: (rest) => {
      if (state || (!rest.isEnd && rest.state().step < upTo)) return;
      state = rest.state();
      count = rows.length;
    },
  });
  for (;;) {
    const next = await events.next();
    if (next.done)
      return { rows: state && upTo < Number.POSITIVE_INFINITY ? rows.slice(0, count) : rows, warnings, end: next.value, state };
    if (state && upTo < Number.POSITIVE_INFINITY) return { rows, warnings, end: undefined, state };
    if (next.value.kind === "row") rows.push(next.value.row);
    else if (next.value.kind === "warning") warnings.push(next.value);
  }
}

/** A state as a file gives it back. */
const transported = ({ training, companion, ...state }: RunState): RunState => {
  const moved = ({ values, numbers }: KeptState): KeptState => ({
    values: decodeJson(canonicalJson(values)) as KeptState["values"],
    numbers,
  });
  return {
    ...(decodeJson(canonicalJson(state)) as Omit<RunState, "training" | "companion">),
    training: moved(training),
    companion: companion && moved(companion),
  };
};

const record = {
  ...tiny.record,
  probes: [...tiny.record.probes, "worstSoftMarginDrop", "linearAgreement", "testAccuracy", "direction.pathLength"],
};
const chattering = { step: { rule: "constant", size: 0.3 } };

describe("a run that is gone on with", () => {
  test.each([
    ["with margins of many kinds", run({ record })],
    ["with warnings", run({ record }, chattering)],
    ["in mini-batches", run({ record }, { batch: { size: 3, order: "shuffled" } })],
    ["in phases", run({ record }, { phases: [{ when: { step: 20 }, optimizer: tiny.arms.gradient!.optimizer }] })],
    [
      "with certificates at the first points below log risks",
      run({ record: { ...record, probes: [...record.probes, "kkt.bestTangentMarginRatio.l2"], certifyBelow: [2.5, 1, 0.4] } }),
    ],
  ])("%s has the rows, the warnings and the end of one without interruption", async (_, whole) => {
    const expected = await make(whole);
    expect(expected.rows.length).toBeGreaterThan(5);
    const first = await make(whole, undefined, 7);
    const second = await make(whole, transported(first.state!), 33);
    const third = await make(whole, transported(second.state!));
    expect([...first.rows, ...second.rows, ...third.rows]).toEqual(expected.rows);
    expect(third.end).toEqual(expected.end);
    expect([...first.warnings, ...second.warnings, ...third.warnings]).toEqual(expected.warnings);
  });

  test.each([20, 23, 59])("from the end of a run of %d steps is the longer run", async (steps) => {
    const whole = run({ record }, chattering);
    const short = { ...whole, stop: { steps } };
    expect(isBeginningOf(short, whole)).toBe(true);
    const begun = await make(short);
    expect(begun.state!.step).toBe(steps);
    const gone = await make(whole, transported(begun.state!));
    const expected = await make(whole);
    const shared = begun.rows.filter(({ step }) => step <= begun.state!.told.lastPoint);
    expect([...shared, ...gone.rows]).toEqual(expected.rows);
    expect(gone.end).toEqual(expected.end);
  });

  test("from its last state has nothing left to do, and the same end", async () => {
    const whole = run({ record });
    const { state, end, rows } = await make(whole);
    const again = await make(whole, state);
    expect(again.end).toEqual(end);
    expect([...rows.filter(({ step }) => step <= state!.told.lastPoint), ...again.rows]).toEqual(rows);
  });
});

test("the linear model beside a network makes no step again where a run goes on", async () => {
  const whole = run({ record });
  const first = await make(whole, undefined, 40);
  const advance = vi.spyOn(Training.prototype, "advance");
  onTestFinished(() => advance.mockRestore());
  await make(whole, transported(first.state!));
  const compared = first.rows.at(-1)!.step; // the linear model waits there
  expect(advance).toHaveBeenCalledTimes(60 - 40 + 60 - compared);
});

test("the beginning of a run is the run with a stop that is no later", () => {
  const at = (stop: object): RunDefinition => ({ ...run(), stop });
  const begins = (from: object, to: object) => isBeginningOf(at(from), at(to));
  expect(begins({ steps: 5 }, { steps: 5 })).toBe(true);
  expect(begins({ steps: 5 }, { steps: 6 })).toBe(true);
  expect(begins({ steps: 6 }, { steps: 5 })).toBe(false);
  expect(begins({ steps: 5 }, {})).toBe(true);
  expect(begins({}, { steps: 5 })).toBe(false);
  expect(begins({ steps: 5, logRiskBelow: -3 }, { steps: 5, logRiskBelow: -4 })).toBe(true);
  expect(begins({ steps: 5, logRiskBelow: -3 }, { steps: 5, logRiskBelow: -2 })).toBe(false);
  expect(begins({ steps: 5, logRiskBelow: -3 }, { steps: 5 })).toBe(true);
  expect(begins({ steps: 5 }, { steps: 9, logRiskBelow: -3 })).toBe(false);
  expect(isBeginningOf(at({ steps: 5 }), { ...at({ steps: 6 }), seed: 3 })).toBe(false);
});
