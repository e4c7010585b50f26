import { Training } from "@steepest/core";
import { expect, test } from "vitest";
import { armRun, catalog, drawData, trainOptions } from "../../src/index.js";
import { binary } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

/** The training of an arm of kkt-2 on seed 8, before its first step. */
async function begun(arm: string): Promise<Training> {
  const { run } = armRun(catalog.get("kkt-2")!.definition, arm, 8);
  const { train } = await drawData(run.dataset, run.seed, { kernels: binary, files: noFiles });
  return new Training(trainOptions({ ...run, record: { ...run.record, probes: ["logRisk"] } }, train, undefined), { kernels: binary });
}

function advanced(training: Training, steps: number): Float64Array {
  for (let k = 0; k < steps; k++) training.advance();
  return training.parameters();
}

test("coordinate descent comes to a kink where it takes one coordinate forth and back for ever, and along averaged gradients it goes on", async () => {
  const alone = await begun("coordinate");
  const [before, there, back] = [40_000, 1, 1].map((steps) => advanced(alone, steps)) as [Float64Array, Float64Array, Float64Array];
  expect([...before.keys()].filter((j) => before[j] !== there[j])).toHaveLength(1);
  expect(back).toEqual(before); // neither descent nor step rule remembers anything, so that the two steps repeat
  expect(alone.logRisk).toBeGreaterThan(-470);

  const averaged = await begun("averaged");
  advanced(averaged, 60_000);
  expect(averaged.logRisk).toBeLessThan(-600);
}, 60_000);
