import { type KernelFactory, norms, type Optimizer, Training, type TrainOptions } from "@steepest/core";
import { referenceKernels } from "@steepest/reference";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Advance } from "../../src/message/message.js";
import { ServedRun } from "../../src/worker/servedRun.js";
import { cases } from "../fixture/cases.js";

const host = { kernels: referenceKernels };

/** An optimiser that calls `onStep` at every step with the number of steps made so far. */
function watched(optimizer: Optimizer, onStep: (steps: number) => void): Optimizer {
  let steps = 0;
  const bind: Optimizer["bind"] = (bindings) => {
    const bound = optimizer.bind(bindings);
    const move: typeof bound.move = (size) => {
      onStep(++steps);
      return bound.move(size);
    };
    return { ...bound, move };
  };
  return { ...optimizer, bind };
}

/** Separation step of `cases.sign`; the point after it is at step 100. */
const separationStep = 15;

const next = (reader: number, perDecade = 1) => ({ kind: "next", run: 1, reader, schedule: { perDecade } }) as const;

describe("a run in a worker", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => void vi.useRealTimers());

  /** Number of steps made after step 20, at which `stop` is called, where the next point is far and every step takes the given time. */
  async function stepsAfter(stop: (run: ServedRun) => void, stepMilliseconds: number): Promise<number> {
    let made = 0;
    const optimizer = watched(cases.sign.optimizer, (steps) => {
      made = steps;
      vi.advanceTimersByTime(stepMilliseconds);
      if (steps === 20) stop(run);
    });
    const run = new ServedRun({ ...cases.endless, optimizer }, host);
    for (let step = 0; step < separationStep; step = (await run.next(step, next(1))).point!.step);
    expect(await run.next(100, next(1))).toEqual({ ended: false, outcome: undefined });
    return made - 20;
  }

  test.each([
    ["is called off", (run: ServedRun) => run.callOff(100)],
    ["is given up", (run: ServedRun) => run.giveUp()],
  ])("that %s stops when the event loop turns: after 15 ms, or the step it is at", async (_, stop) => {
    expect(await stepsAfter(stop, 1)).toBeLessThanOrEqual(15 + 2); // the clock is read every 2 ms
    expect(await stepsAfter(stop, 5)).toBeLessThanOrEqual(3);
    expect(await stepsAfter(stop, 40)).toBe(0);
  });
});

test("a call-off that comes after its answer means nothing any more", async () => {
  const run = new ServedRun(cases.endless, host);
  expect(await run.next(1, next(1))).toMatchObject({ point: { step: 0 } });
  run.callOff(1);
  expect(await run.next(1, next(1))).toMatchObject({ point: { step: 1 } });
});

test("a run that has ended lets go of its memory, and answers every reader and question as before", async () => {
  const taken: number[] = [];
  const kernels: KernelFactory = (byteLength) => {
    if (byteLength > 0) taken.push(byteLength);
    return referenceKernels(byteLength);
  };
  const options: TrainOptions = { ...cases.chatter, stop: { steps: 30 } };
  const run = new ServedRun(options, { kernels });
  const heard = async (reader: number): Promise<Advance[]> => {
    const answers: Advance[] = [];
    for (let call = 1; !answers.at(-1)?.ended; call++) answers.push(await run.next(call, next(reader)));
    return answers;
  };
  const first = await heard(1);
  const training = new Training(options, host);
  while (!training.outcome) training.advance();
  expect(run.parameters()).toEqual(training.parameters());
  expect(taken).toHaveLength(1);
  expect(run.kktResidual("spectral")).toEqual(training.kktResidual(norms.spectral));
  expect(taken).toHaveLength(2); // a KKT residual takes its own
  expect(taken[1]).toBeLessThan(taken[0]!);
  const again = await heard(2);
  expect(again[0]).toMatchObject({ point: { step: 30 }, outcome: { kind: "finished" } });
  expect(again[0]).toEqual(first.findLast(({ point }) => point));
  expect(again.filter(({ warning }) => warning)).toMatchObject([{ warning: { what: "chatter", step: 30 } }]);
  expect(again.at(-1)).toEqual(first.at(-1));
});

test.each([
  ["called off", (run: ServedRun) => run.callOff(7)],
  ["given up with its run", (run: ServedRun) => run.giveUp()],
])("a certificate that is %s stops computing", async (_, stop) => {
  // the module of certificates, which never ends but by its signal
  const module = `export const stamp = "unbundled"; export function highsAt() {}
    export async function certifyRun(_run, { signal }) {
      signal.throwIfAborted();
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }`;
  const files = { script: `data:text/javascript,${encodeURIComponent(module)}`, solver: "" };
  const run = new ServedRun(cases.endless, host);
  const answer = run.certificate(7, { norm: "l2", options: {}, files });
  const ended = expect(answer).rejects.toMatchObject({ name: "AbortError" });
  run.callOff(8); // another call
  await new Promise((resolve) => setTimeout(resolve, 50)); // by then the module is loaded, but on a busy machine
  stop(run);
  await ended;
});
