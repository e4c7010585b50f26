import { describe, expect, test } from "vitest";
import {
  type BatchRule,
  backtracking,
  constant,
  DefinitionError,
  lineSearch,
  lossBased,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { batchBase as base } from "../support/teacherStudent.js";

const unit = steepestDescent({ norm: norms.linf, normalized: true });

describe("refusals of mini-batches", () => {
  const refuse = (change: Partial<TrainOptions>) => {
    try {
      new Training({ ...base, ...change }, hosts[1]!);
    } catch (error) {
      expect(error).toBeInstanceOf(DefinitionError);
      return error as DefinitionError;
    }
    throw new Error("was accepted");
  };
  test.each([
    [51, "batch.size: must be at most the number of samples, 50, got 51"],
    [0, "batch.size: must be an integer >= 1, got 0"],
    [Number.NaN, "batch.size: must be an integer >= 1, got NaN"],
    [2.5, "batch.size: must be an integer >= 1, got 2.5"],
    [undefined as unknown as number, "batch.size: must be an integer >= 1, got undefined"],
  ])("a size of %s", (size, message) => {
    expect(refuse({ batch: { size, order: "cyclic" } })).toMatchObject({ message, path: "batch.size" });
  });

  test("an unknown order", () => {
    expect(refuse({ batch: { size: 5, order: "random" as "cyclic" } })).toMatchObject({
      message: 'batch.order: must be one of cyclic, shuffled, withReplacement, got "random"',
      path: "batch.order",
    });
  });

  test.each([
    ["backtracking", unit, backtracking({ relativeSize: 0.02, tolerance: 0 })],
    ["lineSearch", unit, lineSearch({ size: 1, sufficientDecrease: 1e-4 })],
    ["lossBased", base.optimizer, lossBased({ size: 1, rollback: true })],
  ] as const)("%s, which judges its steps, at the start or in a phase", (id, optimizer, step) => {
    const batch: BatchRule = { size: 5, order: "cyclic" };
    const refused = (path: string) => ({
      message: `${path}: ${id} judges steps by the risk of all samples, which mini-batches do not see`,
      path,
    });
    expect(refuse({ batch, optimizer, step })).toMatchObject(refused("step.rule"));
    const later = { batch, optimizer, phases: [{ when: { step: 3 }, step }], step: constant({ size: 1 }) };
    expect(refuse(later)).toMatchObject(refused("phases[0].step.rule"));
    expect(new Training({ ...base, optimizer, step }, hosts[1]!).outcome).toBeUndefined();
  });
});
