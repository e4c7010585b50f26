import { DefinitionError } from "@steepest/core";
import type { Rest, RunState } from "@steepest/experiments";
import { expect, test } from "vitest";
import type { JobMessage } from "../../src/study/messages.js";
import { checkpointOf, keptWeights, runStateOf } from "../../src/study/runCheckpoint.js";
import { StateKeeper } from "../../src/study/stateKeeper.js";

const state: RunState = {
  step: 3,
  training: { values: { "run.step": 3 }, numbers: { parameters: Float64Array.of(1, -0) } },
  measured: { values: { ahead: [1] }, numbers: { parameters: Float64Array.of(2) } },
  told: { lastPoint: 2, warnings: [] },
  warnings: [],
};
const rest = (isEnd = false): Rest => ({ isEnd, state: () => state });

function keeping(seconds: number | undefined) {
  const posted: JobMessage[] = [];
  return { posted, keeper: new StateKeeper(seconds, (message) => posted.push(message)) };
}

test("a state is posted when it is time, at the end, and before the run is given up", () => {
  const { posted, keeper } = keeping(60);
  keeper.atRest(rest());
  keeper.look(performance.now() + 59_000);
  keeper.atRest(rest());
  expect(posted).toEqual([]);
  keeper.look(performance.now() + 61_000);
  keeper.atRest(rest());
  keeper.atRest(rest());
  expect(posted).toEqual([{ kind: "state", state, isEnd: false, kept: [] }]);
  keeper.atRest(rest(true));
  expect(posted).toHaveLength(2);
  expect(posted[1]).toMatchObject({ isEnd: true });
  expect(keeper.mayEnd).toBe(false);
  keeper.wantLast();
  expect(keeper.mayEnd).toBe(false);
  keeper.atRest(rest());
  expect(keeper.mayEnd).toBe(true);
  expect(posted).toHaveLength(3);
});

test("where none is wanted, none is posted, and nothing waits for one", () => {
  const { posted, keeper } = keeping(undefined);
  keeper.look(1e12);
  keeper.atRest(rest(true));
  keeper.wantLast();
  expect(keeper.mayEnd).toBe(true);
  expect(posted).toEqual([]);
});

test("a run whose optimiser says nothing of its state goes on, and that is said once", () => {
  const { posted, keeper } = keeping(0);
  const state = (): never => {
    throw DefinitionError.at("optimizer", "mine does not say what its steps leave behind");
  };
  for (let round = 0; round < 2; round++) {
    keeper.look(performance.now() + 1);
    keeper.atRest({ isEnd: false, state });
  }
  expect(posted).toMatchObject([{ kind: "unkept", error: { code: "DEFINITION" } }]);
  expect(keeper.mayEnd).toBe(true);
});

test("a checkpoint holds all of a state, and the best weights so far", () => {
  const checkpoint = checkpointOf(state);
  expect(Object.keys(checkpoint.numbers)).toEqual(["training.parameters", "measured.parameters"]);
  expect(runStateOf(checkpoint)).toEqual(state);
  expect(keptWeights(checkpoint)).toEqual([]);
  const whole = { ...state, companion: { values: { "run.step": 2 }, numbers: { parameters: Float64Array.of(7) } } };
  const rule = { kind: "best", probe: "margin.l2", better: "larger" } as const;
  const kept = [{ rule, step: 3, value: -0, tensors: { layer1: { shape: [1, 2], values: Float64Array.of(1, Number.MIN_VALUE) } } }];
  expect(runStateOf(checkpointOf(whole, kept))).toEqual(whole);
  expect(keptWeights(checkpointOf(whole, kept))).toEqual(kept);
});
