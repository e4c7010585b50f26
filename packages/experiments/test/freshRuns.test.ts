import { expect, test } from "vitest";
import { type ExperimentDefinition, parseDefinition, type RunDefinition, runsOf } from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary, twin } from "./support/hosts.js";
import { changed, tiny } from "./support/tiny.js";

const classes = { kind: "oneHotTeacher", inputDim: 6, classes: 5, trainSize: 40, testSize: 30 } as const;
const online = (batch: object, dataset: object = classes): RunDefinition => {
  const value = changed(changed(tiny, "dataset", dataset) as ExperimentDefinition, "arms/gradient/batch", batch);
  return runsOf(
    parseDefinition(
      changed(
        changed(value as ExperimentDefinition, "network", {
          kind: "linear",
          init: { law: "normalFanIn", scale: 0 },
        }) as ExperimentDefinition,
        "arms/gradient/step/size",
        0.01,
      ),
    ),
  )[0]!.run;
};

test("a run on fresh samples has the same rows from the binary and from the twin; other batches are other runs", async () => {
  const [fast, plain] = [await collect(online({ fresh: 8 }), binary), await collect(online({ fresh: 8 }), twin)];
  expect(fast).toEqual(plain);
  expect(fast.end.outcome).toEqual({ kind: "finished", step: 60, reason: "steps" });
  const rows = async (batch: object) => (await collect(online(batch), binary)).rows.at(-1);
  expect(await rows({ fresh: 9 })).not.toEqual(fast.rows.at(-1));
  expect(await rows({ size: 8, order: "shuffled" })).not.toEqual(fast.rows.at(-1));
  expect(await rows({ fresh: 8, lookEvery: 100 })).toEqual(fast.rows.at(-1));
});

test.each([
  [{ kind: "mnist", classes: [3, 6], trainSize: 10 }, "mnist"],
  [
    {
      kind: "points",
      inputs: [
        [1, 2],
        [2, 1],
      ],
      labels: [1, -1],
      constant: 0,
    },
    "points",
  ],
])("%o has no fresh samples, and says so before anything is drawn", (dataset, kind) => {
  expect(() => online({ fresh: 8 }, dataset)).toThrow(
    `arms.gradient.batch.fresh: ${kind} has no more samples than its own, fresh ones are drawn of generated data only`,
  );
});

test.each([
  [{ fresh: 8, lookEvery: 0 }, "arms.gradient.batch.lookEvery: must be an integer >= 1, got 0"],
  [{ fresh: 0 }, "arms.gradient.batch.fresh: must be an integer >= 1, got 0"],
  [{ fresh: 8, order: "shuffled" }, "arms.gradient.batch"],
  [{ size: 41, order: "shuffled" }, "arms.gradient.batch.size: must be at most dataset.trainSize = 40, got 41"],
])("batches of %o are refused", (batch, message) => {
  expect(() => online(batch)).toThrow(message);
});
